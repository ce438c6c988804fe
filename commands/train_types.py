"""Trains the type judgement on data/types/cases and writes data/types/model.npz and docs/type-reliability.md.

    python desk.py train-types            train and write
    python desk.py train-types --check    only print the cross-validated figures

One reproducible run of a few minutes: no chance is involved. Cross-validation never parts cases of one event.
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
    GRAM,
    Settings,
    Table,
    best_temperature,
    by_name,
    chances,
    fit,
    folds,
    known_names,
    named_numbers,
    pulls,
    scores,
    tabulate,
    weigh,
    worth,
)
from storage import content
from storage.content import DATA, ROOT, read_jsonl

FOLDS = 5
KIND_ONLY = ("signal:deed_",)
FRESH = ("fifth", "accounts", "desk_", "night_", "edge_", "dusk_")
LEAST_CASES = 5
"""A piece of wording is known where it stands in so many cases."""
TYPE_SETTINGS = Settings(strictness=3.3, leave_out=KIND_ONLY)
KIND_SETTINGS = Settings(strictness=3.0)
OVERLAY_SETTINGS = Settings(strictness=10.0, leave_out=KIND_ONLY)
PROVISIONAL_BELOW = 0.6
SMALLEST = 0.0005


@dataclass(frozen=True)
class Training:
    cases: list[dict[str, Any]]
    table: Table


def read_training() -> tuple[Training, Training]:
    """The cases to learn from, and those held back, which nothing is learned from. `fresh` marks those by other hands, whose
    words were not in view when the words and signals were chosen."""
    cases, held = _cases("cases"), _cases("held")
    rows = _rows(cases)
    names = known_names(rows, LEAST_CASES)
    return Training(cases, tabulate(rows, names)), Training(held, tabulate(_rows(held), names))


def _cases(folder: str) -> list[dict[str, Any]]:
    return [
        case | {"file": path.stem, "fresh": path.stem.startswith(FRESH)}
        for path in sorted((DATA / "types" / folder).glob("*.jsonl"))
        for case in read_jsonl(path)
    ]


def _rows(cases: list[dict[str, Any]]) -> list[dict[str, float]]:
    lexicon = content.type_lexicon()
    return [named_numbers(TypeIntake.from_mapping(case), lexicon) for case in cases]


def one_hot(labels: Iterable[Iterable[str]], classes: tuple[str, ...]) -> np.ndarray:
    return np.array([[float(name in marks) for name in classes] for marks in labels])


@dataclass(frozen=True)
class Learnt:
    """Weights, and the worth of the pieces of wording they go with."""

    weights: np.ndarray
    worths: np.ndarray

    def scores(self, table: Table) -> np.ndarray:
        return scores(weigh(table, self.worths), self.weights)


@dataclass(frozen=True)
class Task:
    """What is learned: `targets` (cases × classes), of those cases only that are `asked`. A piece of wording counts by how
    unevenly it is spread over the classes of `spread`. With `even`, all classes are taken as equally likely beforehand:
    how many cases of each were written says nothing."""

    targets: np.ndarray
    spread: np.ndarray
    settings: Settings
    exclusive: bool
    asked: np.ndarray
    even: bool = False

    def learn(self, table: Table, keep: np.ndarray) -> Learnt:
        """From the cases to `keep`."""
        chosen = keep & self.asked
        worths = worth(table.only(chosen), self.spread[chosen])
        mine = weigh(table.only(chosen), worths)
        weights = fit(mine, self.targets[chosen], pulls(mine, self.settings), exclusive=self.exclusive)
        if self.even:
            weights[-1] -= np.log(self.targets[chosen].mean(axis=0))
        return Learnt(weights, worths)


def tasks(training: Training) -> dict[str, Task]:
    everywhere = np.ones(len(training.cases), dtype=bool)
    credit = np.array([case["credit_kind"] is not None for case in training.cases])
    types = one_hot(([case["label"]] for case in training.cases), TYPES)
    kinds = one_hot(([case["credit_kind"]] for case in training.cases), CREDIT_KINDS)
    marks = one_hot(([case["label"], *case["secondary"]] for case in training.cases), TYPES)
    return {
        "type": Task(types, types, TYPE_SETTINGS, True, everywhere),
        "kind": Task(kinds, kinds, KIND_SETTINGS, True, credit, even=True),
        "overlay": Task(marks, types, OVERLAY_SETTINGS, False, everywhere),
    }


def cross_validate(training: Training, known: dict[str, Task]) -> dict[str, np.ndarray]:
    """Scores of each case in each task, from weights learned without its event."""
    fold = folds([case["event"] for case in training.cases], FOLDS)
    found = {name: np.zeros(task.targets.shape) for name, task in known.items()}
    for number in range(FOLDS):
        out = fold == number
        for name, task in known.items():
            found[name][out] = task.learn(training.table, ~out).scores(training.table.only(out))
    return found


def accuracy(task: Task, found: np.ndarray) -> float:
    return float(np.mean(found[task.asked].argmax(axis=1) == task.targets[task.asked].argmax(axis=1)))


def write_model(table: Table, learnt: dict[str, Learnt], temperature: float, overlay_from: float) -> None:
    heavy = {
        name: {feature: row for feature, row in by_name(table, one.weights).items() if np.abs(row).max() >= SMALLEST}
        for name, one in learnt.items()
    }
    pieces = [name.removeprefix(GRAM) for name in table.names[: table.pieces]]
    worths = {"worth": learnt["type"].worths, "kind_worth": learnt["kind"].worths}
    numbers = {"temperature": temperature, "provisional_below": PROVISIONAL_BELOW, "overlay_from": overlay_from}
    np.savez_compressed(DATA / "types" / "model.npz", **packed(heavy, pieces, worths, numbers))


def best_overlay_threshold(task: Task, found: np.ndarray) -> tuple[float, float]:
    """The mark above which overlays agree best with the cases, and the F1 there, cross-validated."""
    beside = task.spread == 0  # the type itself is no overlay
    wanted, marks = (task.targets > 0)[beside], chances(found, exclusive=False)[beside]

    def f1(threshold: float) -> float:
        over = marks >= threshold
        return 2 * int(np.sum(over & wanted)) / max(1, int(np.sum(over)) + int(np.sum(wanted)))

    best = max((float(t) for t in np.arange(0.2, 0.71, 0.05)), key=f1)
    return best, f1(best)


def main(name: str, arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog=name, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print the figures, write nothing")
    parser.add_argument("--misses", type=int, default=0, help="print the first N cases judged wrongly")
    args = parser.parse_args(arguments)
    training, held_back = read_training()
    known = tasks(training)
    found = cross_validate(training, known)
    fresh = np.array([case["fresh"] for case in training.cases])  # else the confidence would be that of familiar words
    temperature = best_temperature(found["type"][fresh], known["type"].targets[fresh].argmax(axis=1))
    overlay_from, overlay_f1 = best_overlay_threshold(known["overlay"], found["overlay"])
    all_of_them = np.ones(len(training.cases), dtype=bool)
    learnt = {name: task.learn(training.table, all_of_them) for name, task in known.items()}
    held = Figures(held_back.cases, chances(learnt["type"].scores(held_back.table) / temperature, exclusive=True))
    every = Figures(training.cases, chances(found["type"] / temperature, exclusive=True))
    kinds = accuracy(known["kind"], found["kind"])
    accounts, border = held.split(lambda case: case["file"] in ("accounts", "desks"))
    text = reliability(border, accounts, every, kinds, overlay_f1, PROVISIONAL_BELOW)
    print(text)
    for case, got in every.misses()[: args.misses]:
        print("  miss", case["id"], case["label"], "got", got, "|", case["text"][:50])
    if not args.check:
        write_model(training.table, learnt, temperature, overlay_from)
        (ROOT / "docs" / "type-reliability.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main("train-types", sys.argv[1:]))
