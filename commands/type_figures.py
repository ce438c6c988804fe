"""How reliable the type judgement is: figures from cross-validation, and the page docs/type-reliability.md."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from incidents.types import TYPES

BANDS = ((0.2, 0.4), (0.4, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.0))


@dataclass(frozen=True)
class Figures:
    """`chances`: cases × TYPES, each from weights learned without the case's event."""

    cases: list[dict[str, Any]]
    chances: np.ndarray

    @property
    def got(self) -> list[str]:
        return [TYPES[i] for i in self.chances.argmax(axis=1)]

    @property
    def sure(self) -> np.ndarray:
        return np.asarray(self.chances.max(axis=1))

    @property
    def hit(self) -> np.ndarray:
        return np.array([got == case["label"] for got, case in zip(self.got, self.cases, strict=True)])

    def misses(self) -> list[tuple[dict[str, Any], str]]:
        return [(case, got) for case, got in zip(self.cases, self.got, strict=True) if got != case["label"]]

    def macro_f1(self) -> float:
        pairs = [(case["label"], got) for case, got in zip(self.cases, self.got, strict=True)]
        return float(np.mean([_f1(name, pairs) for name in TYPES]))

    def table(self, provisional_below: float) -> dict[str, float]:
        hard = np.array([case["hard"] for case in self.cases])
        english = np.array([not re.search(r"[\u4e00-\u9fff]", case["text"]) for case in self.cases])
        also = [got in (case["label"], *case["secondary"]) for got, case in zip(self.got, self.cases, strict=True)]
        settled = self.sure >= provisional_below
        return {
            "accuracy": float(self.hit.mean()),
            "macro-F1": self.macro_f1(),
            "accuracy, hard cases": float(self.hit[hard].mean()),
            "accuracy, English": float(self.hit[english].mean()),
            "type is the label or one of its overlays": float(np.mean(also)),
            "Brier score of the confidence": float(np.mean((self.sure - self.hit) ** 2)),
            "share called provisional": float(1 - settled.mean()),
            "accuracy when not provisional": float(self.hit[settled].mean()),
        }

    def curve(self) -> list[tuple[str, int, float, float]]:
        """Band of confidence, cases in it, mean confidence, share right."""
        rows = []
        for low, high in BANDS:
            inside = (self.sure >= low) & ((self.sure < high) | (high == 1.0))
            if inside.any():
                rows.append(
                    (f"{low:.1f}-{high:.1f}", int(inside.sum()), float(self.sure[inside].mean()), float(self.hit[inside].mean()))
                )
        return rows


def _f1(name: str, pairs: list[tuple[str, str]]) -> float:
    both = sum(label == got == name for label, got in pairs)
    return 2 * both / max(1, sum(label == name for label, _ in pairs) + sum(got == name for _, got in pairs))


def reliability(fresh: Figures, every: Figures, kinds: float, overlay_f1: float, provisional_below: float) -> str:
    """The page as Markdown."""
    first, second = fresh.table(provisional_below), every.table(provisional_below)
    lines = [PAGE.format(fresh=len(fresh.cases), every=len(every.cases), below=provisional_below)]
    lines += [f"| {name} | {first[name]:.3f} | {second[name]:.3f} |" for name in first]
    lines += [f"| kind of credit, where credit | | {kinds:.3f} |", f"| overlays, F1 | | {overlay_f1:.3f} |", "", CURVE]
    lines += [f"| {band} | {count} | {sure:.2f} | {right:.2f} |" for band, count, sure, right in fresh.curve()]
    lines += ["", MATRIX, "| |" + "|".join(TYPES) + "|", "|---" * 6 + "|"]
    lines += [_confusions(name, fresh) for name in TYPES]
    return "\n".join(lines) + "\n"


def _confusions(name: str, figures: Figures) -> str:
    got = [g for g, case in zip(figures.got, figures.cases, strict=True) if case["label"] == name]
    return "| " + " | ".join([name, *(str(got.count(other)) for other in TYPES)]) + " |"


PAGE = """# How far the type judgement can be relied on

Written by `python desk.py train-types`; do not edit by hand. Cross-validation in ten folds, cases of one event never parted.

The words that count as evidence (data/types/words.yaml) were chosen with some of the cases in view, so figures on those
flatter. Read the first column: {fresh} cases written afterwards. The second column is all {every}. All cases are
invented and written for this project; real intakes will be harder. Below a confidence of {below} the desk says
"provisional" and asks one question.

| | cases written after the words | all cases |
|---|---|---|"""

CURVE = """## Is the confidence honest?

Cases written after the words. In an honest band the last two columns agree.

| confidence | cases | mean confidence | share right |
|---|---|---|---|"""

MATRIX = """## What is taken for what

Rows are the labels, columns the judgement.
"""
