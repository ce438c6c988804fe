"""Trains the type judgement on data/types/cases and writes data/types/model.npz and docs/type-reliability.md.

    python desk.py train-types            train and write
    python desk.py train-types --check    only print the cross-validated figures

One reproducible run of about a minute: no chance is involved. Cross-validation never parts cases of one event.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from commands.type_figures import Figures, reliability
from incidents.types import CREDIT_KINDS, TYPES, TypeIntake
from incidents.types.build import packed
from incidents.types.learn import (
    Rows,
    Settings,
    as_matrix,
    best_temperature,
    chances,
    fit,
    folds,
    learnable,
    named_numbers,
    pull_of,
    rarities,
    weighed,
)
from storage import content
from storage.content import DATA, ROOT, read_jsonl

FOLDS = 10
KIND_ONLY = ("signal:deed_",)
FRESH = ("fifth", "accounts", "desk_")
LEAST_CASES = 5
"""A piece of wording is known where it stands in so many cases."""
TYPE_SETTINGS = Settings(strictness=3.3, leave_out=KIND_ONLY)
KIND_SETTINGS = Settings(strictness=1.0, gram_pull=4.0)
OVERLAY_SETTINGS = Settings(strictness=10.0, leave_out=KIND_ONLY)
PROVISIONAL_BELOW = 0.6
SMALLEST = 0.0005


@dataclass(frozen=True)
class Training:
    cases: list[dict[str, Any]]
    rows: Rows

    @property
    def events(self) -> list[str]:
        return [case["event"] for case in self.cases]

    def weighed(self, rarity: dict[str, float]) -> "Training":
        return Training(self.cases, weighed(self.rows, rarity))

    def only(self, keep: Iterable[bool]) -> "Training":
        chosen = list(keep)
        return Training(
            [case for case, kept in zip(self.cases, chosen, strict=True) if kept],
            [row for row, kept in zip(self.rows, chosen, strict=True) if kept],
        )


def read_training(folder: str = "cases") -> Training:
    """The cases to learn from, or those `held` back, which nothing is learned from; `fresh` marks those by other hands,
    whose words were not in view when the words and signals were chosen."""
    cases = [
        case | {"file": path.stem, "fresh": path.stem.startswith(FRESH)}
        for path in sorted((DATA / "types" / folder).glob("*.jsonl"))
        for case in read_jsonl(path)
    ]
    lexicon = content.type_lexicon()
    return Training(cases, [named_numbers(TypeIntake.from_mapping(case), lexicon) for case in cases])


def one_hot(labels: Iterable[Iterable[str]], classes: tuple[str, ...]) -> np.ndarray:
    return np.array([[float(name in marks) for name in classes] for marks in labels])


def type_targets(training: Training) -> np.ndarray:
    return one_hot(([case["label"]] for case in training.cases), TYPES)


def kind_targets(training: Training) -> np.ndarray:
    return one_hot(([case["credit_kind"]] for case in training.cases), CREDIT_KINDS)


def overlay_targets(training: Training) -> np.ndarray:
    return one_hot(([case["label"], *case["secondary"]] for case in training.cases), TYPES)


def learn(rows: Rows, targets: np.ndarray, settings: Settings, *, exclusive: bool) -> dict[str, np.ndarray]:
    names = learnable(rows, settings)
    weights = fit(as_matrix(rows, names), targets, pull_of(names, settings), exclusive=exclusive)
    return dict(zip([*names, "bias"], weights, strict=True))


def apply(rows: Rows, weights: dict[str, np.ndarray]) -> np.ndarray:
    """Scores, cases × classes."""
    names = [name for name in weights if name != "bias"]
    return as_matrix(rows, names) @ np.array([*(weights[name] for name in names), weights["bias"]])


def cross_validate(training: Training, targets: np.ndarray, settings: Settings, *, exclusive: bool) -> np.ndarray:
    """Scores of each case from weights learned without its event."""
    fold = folds(training.events, FOLDS)
    scores = np.zeros(targets.shape)
    for number in range(FOLDS):
        rest, out = training.only(fold != number), training.only(fold == number)
        if out.rows:
            weights = learn(rest.rows, targets[fold != number], settings, exclusive=exclusive)
            scores[fold == number] = apply(out.rows, weights)
    return scores


def kind_accuracy(training: Training) -> float:
    credit = training.only(case["credit_kind"] is not None for case in training.cases)
    scores = cross_validate(credit, kind_targets(credit), KIND_SETTINGS, exclusive=True)
    return float(np.mean(scores.argmax(axis=1) == kind_targets(credit).argmax(axis=1)))


def write_model(training: Training, rarity: dict[str, float], temperature: float, overlay_from: float) -> None:
    credit = training.only(case["credit_kind"] is not None for case in training.cases)
    tables = {
        "type": learn(training.rows, type_targets(training), TYPE_SETTINGS, exclusive=True),
        "kind": learn(credit.rows, kind_targets(credit), KIND_SETTINGS, exclusive=True),
        "overlay": learn(training.rows, overlay_targets(training), OVERLAY_SETTINGS, exclusive=False),
    }
    numbers = {"temperature": temperature, "provisional_below": PROVISIONAL_BELOW, "overlay_from": overlay_from}
    heavy = {table: {name: w for name, w in weights.items() if np.abs(w).max() >= SMALLEST} for table, weights in tables.items()}
    np.savez_compressed(DATA / "types" / "model.npz", **packed(heavy, rarity, numbers))


def best_overlay_threshold(training: Training) -> tuple[float, float]:
    """The mark above which overlays agree best with the cases, and the F1 there, cross-validated."""
    scores = cross_validate(training, overlay_targets(training), OVERLAY_SETTINGS, exclusive=False)
    beside = type_targets(training) == 0
    wanted, marks = (overlay_targets(training) > 0)[beside], chances(scores, exclusive=False)[beside]

    def f1(threshold: float) -> float:
        found = marks >= threshold
        return 2 * int(np.sum(found & wanted)) / max(1, int(np.sum(found)) + int(np.sum(wanted)))

    best = max((float(t) for t in np.arange(0.2, 0.71, 0.05)), key=f1)
    return best, f1(best)


def read_figures(training: Training, held: Training) -> tuple[Figures, Figures, float]:
    """Figures on the held-back cases, cross-validated figures on all others, and the temperature.

    The temperature is fitted on the fresh cases alone, so that the confidence is not that of familiar words.
    """
    scores = cross_validate(training, type_targets(training), TYPE_SETTINGS, exclusive=True)
    right = type_targets(training).argmax(axis=1)
    fresh = np.array([case["fresh"] for case in training.cases])
    temperature = best_temperature(scores[fresh], right[fresh])
    chance = chances(scores / temperature, exclusive=True)
    weights = learn(training.rows, type_targets(training), TYPE_SETTINGS, exclusive=True)
    unseen = chances(apply(held.rows, weights) / temperature, exclusive=True)
    return Figures(held.cases, unseen), Figures(training.cases, chance), temperature


def main(name: str, arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog=name, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print the figures, write nothing")
    parser.add_argument("--misses", type=int, default=0, help="print the first N cases judged wrongly")
    args = parser.parse_args(arguments)
    raw = read_training()
    rarity = rarities(raw.rows, LEAST_CASES)
    training = raw.weighed(rarity)
    held, every, temperature = read_figures(training, read_training("held").weighed(rarity))
    kinds = kind_accuracy(training)
    overlay_from, overlay_f1 = best_overlay_threshold(training)
    accounts, border = held.split(lambda case: case["file"] in ("accounts", "desks"))
    text = reliability(border, accounts, every, kinds, overlay_f1, PROVISIONAL_BELOW)
    print(text)
    for case, got in every.misses()[: args.misses]:
        print("  miss", case["id"], case["label"], "got", got, "|", case["text"][:50])
    if not args.check:
        write_model(training, rarity, temperature, overlay_from)
        (ROOT / "docs" / "type-reliability.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main("train-types", sys.argv[1:]))
