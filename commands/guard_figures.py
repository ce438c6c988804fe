"""How reliable the guard is: thresholds and figures from sentences it had not learnt, and docs/guard-reliability.md."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from statements.guard.judge import decide
from statements.guard.models import LABELS
from words import LANGUAGES

OUTPUTS = ("any", "block", *LABELS)
FIXED = {"grave": 0.6, "label": 0.4}
MOST_FALSE = {"block": 0.04, "any": 0.06}
LOOK_ALIKE = 1 / 3
"""Of the safe sentences of a text that a person drafts, about so many look like a violation."""
STEPS = np.arange(0.60, 0.96, 0.01)
Row = dict[str, Any]
Limits = Mapping[str, float]


@dataclass(frozen=True)
class Judged:
    """Labelled sentences and what was found in each: label → severity."""

    rows: Sequence[Row]
    found: Sequence[Mapping[str, str]]

    def of(self, language: str) -> "Judged":
        return self.that(lambda row: row["lang"] == language)

    def that(self, holds: Callable[[Row], bool]) -> "Judged":
        pairs = [(row, got) for row, got in zip(self.rows, self.found, strict=True) if holds(row)]
        return Judged([row for row, _ in pairs], [got for _, got in pairs])

    def safe(self, alike: bool) -> "Judged":
        """The safe ones: those written to look `alike` a violation, or the plain ones."""
        return self.that(lambda row: not row["labels"] and bool(row.get("pair_id")) is alike)

    @property
    def figures(self) -> dict[str, float]:
        both = list(zip(self.rows, self.found, strict=True))
        safe = [got for row, got in both if not row["labels"]]
        grave = [got for row, got in both if row["severity"] == "block"]
        return {
            "block recall": share("block" in got.values() for got in grave),
            "false blocks on safe": share("block" in got.values() for got in safe),
            "any flag on safe": share(bool(got) for got in safe),
            "groups all right": self.groups_right(),
            "label macro-F1": float(np.mean([f1 for _, _, _, f1, _ in self.by_label()])),
        }

    def groups_right(self) -> float:
        groups: dict[str, list[bool]] = defaultdict(list)
        for row, got in zip(self.rows, self.found, strict=True):
            if row.get("pair_id"):
                groups[row["pair_id"]].append(bool(got) == bool(row["labels"]))
        return share(all(hits) for hits in groups.values() if len(hits) > 1)

    def by_label(self) -> list[tuple[str, float, float, float, float]]:
        """Label, precision, recall, F1, and the share of its sentences that were flagged under whatever label."""
        both = list(zip(self.rows, self.found, strict=True))
        told = []
        for name in LABELS:
            mine = [got for row, got in both if name in row["labels"]]
            hits, named = sum(name in got for got in mine), sum(name in got for _, got in both)
            f1 = 2 * hits / max(1, len(mine) + named)
            told.append((name, hits / max(1, named), hits / max(1, len(mine)), f1, share(bool(got) for got in mine)))
        return told


def share(hits: Any) -> float:
    held = [bool(hit) for hit in hits]
    return sum(held) / len(held) if held else 0.0


def judged(rows: Sequence[Row], logits: Any, limits: Limits) -> Judged:
    """What the guard would find with `limits`, from `logits` (sentences, outputs)."""
    return Judged(rows, [decide(one, OUTPUTS, limits, row["lang"]) for row, one in zip(rows, logits, strict=True)])


def choose(rows: Sequence[Row], logits: Any) -> dict[str, float]:
    """For each language the lowest limits that keep false blocks and false flags rare on these sentences.

    First one limit for blocks and flags alike; then the one for flags is lowered while both stay rare. Rows without a
    `pair_id` stand for what a whole statement holds, the others were written to look like a violation. The former are few,
    so those of both languages count for each.
    """
    limits = dict(FIXED) | balance(rows, logits)
    chosen: dict[str, float] = {}
    for language in LANGUAGES:
        mine = np.array([not row["labels"] and (row["lang"] == language or not row.get("pair_id")) for row in rows])
        safe, told = [row for row, taken in zip(rows, mine, strict=True) if taken], logits[mine]
        block = next((step for step in STEPS if rare(safe, told, limits | _at(step, step))), STEPS[-1])
        lower = (step for step in STEPS if step <= block and rare(safe, told, limits | _at(block, step)))
        chosen |= _at(block, next(lower, block), (language,))
    return limits | chosen


def _at(block: float, flag: float, languages: Sequence[str] = LANGUAGES) -> dict[str, float]:
    pairs = [(f"block.{language}", block) for language in languages] + [(f"any.{language}", flag) for language in languages]
    return {name: round(float(value), 2) for name, value in pairs}


def rare(safe: Sequence[Row], logits: Any, limits: Limits) -> bool:
    got = judged(safe, logits, limits)
    blocks, flags = expected(got, "false blocks on safe"), expected(got, "any flag on safe")
    return blocks <= MOST_FALSE["block"] and flags <= MOST_FALSE["any"]


def expected(got: Judged, figure: str) -> float:
    """A figure on safe sentences of which one in three looks like a violation."""
    alike, plain = got.safe(True), got.safe(False)
    if not (alike.rows and plain.rows):
        return float((alike if alike.rows else plain).figures[figure])
    return float(LOOK_ALIKE * alike.figures[figure] + (1 - LOOK_ALIKE) * plain.figures[figure])


def balance(rows: Sequence[Row], logits: Any) -> dict[str, float]:
    """What to add to each label's logit so that macro-F1 over violating sentences is highest (coordinate ascent)."""
    wrong = np.array([bool(row["labels"]) for row in rows])
    gold = np.array([[name in row["labels"] for name in LABELS] for row in rows])[wrong]
    scores, raised = logits[wrong][:, 2:], np.zeros(len(LABELS))
    for _ in range(2):
        for at in range(len(LABELS)):
            tried = [(_macro_f1(scores, raised + step * np.eye(len(LABELS))[at], gold), -abs(step), step) for step in _MOVES]
            raised[at] += max(tried)[2]
    return {f"bias.{name}": round(float(value), 2) for name, value in zip(LABELS, raised, strict=True)}


_MOVES = np.arange(-1.0, 1.01, 0.2)


def _macro_f1(scores: Any, raised: Any, gold: Any) -> float:
    lifted = scores + raised
    named = 1 / (1 + np.exp(-lifted)) >= FIXED["label"]
    named[np.arange(len(lifted)), lifted.argmax(axis=1)] = True
    return float(np.mean(2 * (named & gold).sum(axis=0) / np.maximum(1, named.sum(axis=0) + gold.sum(axis=0))))
