"""`train-guard`: learns the guard's weights from data/guard/sentences and says how good they are on sentences left out.

Plain: trains on everything, writes data/guard/network.npz. --folds N: grouped cross-validation, pairs kept together.
--curve FILE: recall on the labelled FILE against the share of our own sentences learnt from. --test FILE: with all.
"""

import argparse
import json
import zlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from statements.guard.features import SCOPE, Unit, units
from statements.guard.fit import Design, both, design, fit, probabilities
from statements.guard.models import LABELS
from statements.guard.network import packed
from statements.guard.normalise import normalise
from statements.guard.split import sentences
from storage import content
from words import LANGUAGES

OUTPUTS = ("any", "block", *LABELS)
THRESHOLDS = {"block": 0.72, "any": 0.72, "grave": 0.45, "label": 0.3}
LONGEST = {"zh": 40, "en": 110}  # characters of a sentence that is put behind another, or before it
Row = dict[str, Any]


def main(name: str, arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog=name, description=__doc__)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--curve", type=Path)
    parser.add_argument("--test", type=Path)
    asked = parser.parse_args(arguments)
    rows = own_sentences()
    learnt = encode(rows)
    if asked.folds:
        cross_validate(rows, learnt, asked.folds)
    elif asked.curve:
        curve(rows, learnt, list(content.read_jsonl(asked.curve)))
    elif asked.test:
        test(rows, learnt, list(content.read_jsonl(asked.test)))
    else:
        write(content.DATA / "guard" / "network.npz", rows, learnt)
    return 0


def own_sentences() -> list[Row]:
    """Every labelled sentence that ships with the desk, in a fixed order."""
    folder = content.DATA / "guard" / "sentences"
    return [row for path in sorted(folder.glob("*.jsonl")) for row in content.read_jsonl(path)]


def encode(rows: Sequence[Row]) -> Design:
    return design([_bag(row["text"]) for row in rows])


def _bag(text: str) -> list[Unit]:
    lexicon = content.guard().lexicon
    plain = normalise(text, lexicon.variants).text
    return [unit for sentence in sentences(plain) for unit in units(plain, sentence, lexicon)]


def targets(rows: Sequence[Row]) -> Any:
    wanted = [[bool(r["labels"]), r["severity"] == "block", *(name in r["labels"] for name in LABELS)] for r in rows]
    return np.array(wanted, dtype=np.float64)


def write(path: Path, rows: Sequence[Row], learnt: Design) -> None:
    weights, bias = learn(rows, learnt)
    np.savez_compressed(path, **packed(OUTPUTS, weights, bias, THRESHOLDS))
    print(f"{path.name} {len(rows)} sentences {path.stat().st_size} bytes")


def test(rows: Sequence[Row], learnt: Design, others: Sequence[Row]) -> None:
    print(json.dumps(figures(others, probabilities(encode(others), *learn(rows, learnt)))))


def cross_validate(rows: Sequence[Row], learnt: Design, folds: int) -> None:
    fold = np.array([group(row, at) % folds for at, row in enumerate(rows)])
    told = np.zeros((len(rows), len(OUTPUTS)))
    for out in range(folds):
        kept = [row for row, at in zip(rows, fold, strict=True) if at != out]
        told[fold == out] = probabilities(learnt.only(fold == out), *learn(kept, learnt.only(fold != out)))
    print(json.dumps(figures(rows, told)))


def curve(rows: Sequence[Row], learnt: Design, others: Sequence[Row]) -> None:
    unseen = encode(others)
    order = np.array([group(row, at) % 1000 for at, row in enumerate(rows)])
    for share in (0.05, 0.1, 0.25, 0.5, 0.75, 1.0):
        part = order < share * 1000
        kept = [row for row, taken in zip(rows, part, strict=True) if taken]
        told = probabilities(unseen, *learn(kept, learnt.only(part)))
        print(json.dumps({"sentences": int(part.sum()), **figures(others, told)}))


def group(row: Row, at: int) -> int:
    """A number that is the same for the sentences of one minimal pair; `at` stands in where there is no pair."""
    return zlib.crc32(f"{row.get('pair_id') or at}".encode())


def learn(rows: Sequence[Row], learnt: Design) -> tuple[Any, Any]:
    """Weights and bias from the sentences and from the longer ones made of them."""
    longer = lengthened(rows)
    return fit(both(learnt, encode(longer)), np.concatenate([targets(rows), targets(longer)]))


def lengthened(rows: Sequence[Row]) -> list[Row]:
    """Some sentences again with a safe one before them, so that correct boilerplate neither saves nor damns what follows.

    The safe ones hold no class whose reach goes beyond its clause (a condition, an attribution, a finding).
    """
    made = []
    for language in LANGUAGES:
        mine = [row for row in rows if row["lang"] == language]
        heads = [row["text"].rstrip("。. ") for row in mine if _may_lead(row)]
        for row in mine:
            number = zlib.crc32(row["text"].encode())
            if heads and number % 2 == 0 and len(row["text"]) <= LONGEST[language]:
                made.append({**row, "text": _joined(heads[number // 7 % len(heads)], row["text"], language, number)})
    return made


def _may_lead(row: Row) -> bool:
    plain = not row["labels"] and row["text"].rstrip()[-1:] in "。." and 6 <= len(row["text"]) <= LONGEST[row["lang"]]
    return plain and not {tag.name for tag in content.guard().lexicon.tags(row["text"])} & set(SCOPE)


def _joined(head: str, text: str, language: str, number: int) -> str:
    if language == "zh":
        return f"{head}，{text}"
    return head + (", and ", "; ", ", but ")[number % 3] + text[:1].lower() + text[1:]


def figures(rows: Sequence[Row], told: Any) -> dict[str, float]:
    """Shares: block recall, false blocks and false flags on safe ones, pair groups all right, recall at 3.5 % false."""
    block = np.array([row["severity"] == "block" for row in rows])
    safe = np.array([not row["labels"] for row in rows])
    score = told[:, :2].mean(axis=1)
    blocked, flagged = score >= THRESHOLDS["block"], told[:, 0] >= THRESHOLDS["any"]
    limit = np.sort(score[safe])[::-1][int(0.035 * safe.sum())]
    pairs: dict[str, list[bool]] = defaultdict(list)
    for row, hit in zip(rows, flagged | blocked, strict=True):
        if row.get("pair_id"):
            pairs[row["pair_id"]].append(bool(hit) == bool(row["labels"]))
    found = {
        "block_recall": blocked[block].mean(),
        "false_block": blocked[safe].mean(),
        "false_any": (flagged | blocked)[safe].mean(),
        "pairs": np.mean([all(hits) for hits in pairs.values() if len(hits) > 1]),
        "recall_at_3.5": (score[block] > limit).mean(),
    }
    return {name: round(float(value), 3) for name, value in found.items()}
