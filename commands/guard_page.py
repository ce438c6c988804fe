"""The page docs/guard-reliability.md: what the guard finds, what it flags for nothing, and what it still misses."""

from collections.abc import Sequence
from dataclasses import dataclass

from commands.guard_figures import Judged, Limits
from words import LANGUAGES

NAMES = {"zh": "Chinese", "en": "English"}
HEAD = """# How far the liability guard can be relied on

Written by `python desk.py train-guard`; do not edit by hand. The guard reads a sentence clause by clause; "block" means
that it may not stand, "flag" a block or a warning. All sentences are invented, written by hand for this project, most of
them in groups whose members look alike and differ in what matters, so they are harder than an ordinary statement.

- **Left out**: every sentence of `data/guard/sentences` ({learnt}), judged by weights that had not seen its group
  (cross-validation in five folds). The limits are chosen here, each language by itself: the lowest that leave at most 4 %
  of safe sentences blocked and 6 % flagged where one in three looks like a violation and the rest are those of whole
  statements. Of {ordinary} safe sentences of whole statements (`data/guard/statements`, never learnt from) {blocked} are
  blocked and {flagged} flagged; of safe sentences written to look like a violation, as in this table, more are.
- **Kept apart**: `data/guard/apart` ({apart}), groups taken by a hash as they were written. Nothing is learnt from them,
  nothing is chosen by them. They share their author with what was learnt, so a stranger's sentences may be harder.

"""
WHY = """
## What still fails, and why

- **Fault without a fault word.** "The grease in that gearbox was the colour it had been six years ago" admits a lapse
  only to somebody who knows what grease should look like. The guard knows words and their order, not the world.
- **Figures of speech**: attacks, belittling and denials that are put as a picture, a question or politeness.
- **Privacy without a name**, where each word is harmless and only together they point at one person.
- **Which label**: a sentence that rightly is stopped may be given a neighbouring label, most of all blame for admission
  (who is at fault turns on whose staff or supplier it is) and silence for coldness.
- **English more than Chinese**, because its word classes are told apart by fewer characters.

A sentence that passes is therefore not cleared: people clear it. See `statements/guard/` for how a finding is reached.
"""


@dataclass(frozen=True)
class Point:
    """Block recall at 4 % false blocks after learning from `sentences`."""

    sentences: int
    recall: float
    zh: float
    en: float


def page(left_out: Judged, apart: Judged, ordinary: Judged, points: Sequence[Point], limits: Limits) -> str:
    parts = [
        HEAD.format(learnt=f"{len(left_out.rows):,}", apart=f"{len(apart.rows):,}", **_ordinary(ordinary)),
        _summary(left_out, apart),
        _labels(left_out, apart),
        _curve(points),
        _limits(limits),
        WHY,
    ]
    return "".join(parts)


def _summary(left_out: Judged, apart: Judged) -> str:
    columns = [told for one in (left_out, apart) for told in (one, *map(one.of, LANGUAGES))]
    heads = [f"{name}{tongue}" for name in ("left out", "apart") for tongue in ("", ", zh", ", en")]
    rows = [[name, *(f"{told.figures[name]:.3f}" for told in columns)] for name in left_out.figures]
    return _table(["", *heads], [["sentences", *(f"{len(told.rows):,}" for told in columns)], *rows])


def _ordinary(told: Judged) -> dict[str, str]:
    figures = told.figures
    blocked, flagged = (f"{100 * figures[name]:.1f} %" for name in ("false blocks on safe", "any flag on safe"))
    return {"ordinary": str(len(told.rows)), "blocked": blocked, "flagged": flagged}


def _labels(left_out: Judged, apart: Judged) -> str:
    text = "\n## By label\n\nPrecision and recall of the label itself; \"stopped\" is the share flagged under whatever label.\n"
    for language in LANGUAGES:
        told = {row[0]: row for row in left_out.of(language).by_label()}
        fresh = {row[0]: row for row in apart.of(language).by_label()}
        rows = [
            [name, *(f"{value:.2f}" for value in (row[1], row[2], row[4], fresh[name][4])), _number(left_out, language, name)]
            for name, row in told.items()
        ]
        heads = ["label", "precision", "recall", "stopped", "stopped, apart", "sentences"]
        text += f"\n### {NAMES[language]}\n\n{_table(heads, rows)}"
    return text


def _number(told: Judged, language: str, label: str) -> str:
    return str(sum(label in row["labels"] for row in told.of(language).rows))


def _curve(points: Sequence[Point]) -> str:
    rows = [[f"{one.sentences:,}", f"{one.recall:.3f}", f"{one.zh:.3f}", f"{one.en:.3f}"] for one in points]
    text = "\n## More sentences, more found\n\n"
    text += "Block recall on a fifth that is left out, where 4 % of its safe sentences would be blocked.\n\n"
    return text + _table(["learnt from", "recall", "Chinese", "English"], rows)


def _limits(limits: Limits) -> str:
    chosen = [[name, f"{value:.2f}"] for name, value in limits.items() if not name.startswith("bias.")]
    text = "\n## Limits in use\n\nProbabilities from which a sentence is blocked or flagged.\n\n"
    return text + _table(["limit", "value"], chosen)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
