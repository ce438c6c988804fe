"""`train-guard`: learns the guard's weights and limits from data/guard/sentences, and says how far they can be relied on.

Writes data/guard/network.npz and docs/guard-reliability.md. The limits are chosen in grouped cross-validation (pairs kept
together); data/guard/apart is never learnt from nor chosen by. --test FILE: figures on a labelled FILE, nothing written.
--curve FILE: the same against the share of our own sentences learnt from. --weights-only: keep the limits, skip the page.
"""

import argparse
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from commands.guard_figures import OUTPUTS, Limits, Row, choose, judged
from commands.guard_page import Point, page
from statements.guard.features import SCOPE, Unit, units
from statements.guard.fit import Design, both, design, fit, pooled, rarity
from statements.guard.models import LABELS
from statements.guard.network import packed
from statements.guard.normalise import normalise
from statements.guard.split import sentences
from storage import content
from words import LANGUAGES

ROOT = Path(__file__).parents[1]
FOLDS = 5
SHARES = (0.05, 0.1, 0.25, 0.5, 0.75, 1.0)
LONGEST = {"zh": 40, "en": 110}  # characters of a sentence that is put behind another, or before it


@dataclass(frozen=True)
class Corpus:
    """Labelled sentences, encoded; `fold` (sentences,) keeps a group together. Longer ones stay in their parts' fold."""

    rows: Sequence[Row]
    design: Design
    fold: Any
    longer: Sequence[Row]
    longer_design: Design
    longer_fold: Any

    def learn(self, kept: Any, longer_kept: Any, outputs: int = len(OUTPUTS)) -> tuple[Any, Any]:
        """Weights and bias of the first `outputs` from the sentences and longer sentences that are kept (masks)."""
        together = both(self.design.only(kept), self.longer_design.only(longer_kept))
        wanted = np.concatenate([targets(self.rows)[kept], targets(self.longer)[longer_kept]])[:, :outputs]
        scale = rarity(together)
        weights, bias = fit(together.weighed(scale), wanted)
        return weights * scale[:, None], bias

    def without(self, out: int) -> tuple[Any, Any]:
        return self.learn(self.fold != out, self.longer_fold != out)


def main(name: str, arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog=name, description=__doc__)
    parser.add_argument("--curve", type=Path)
    parser.add_argument("--test", type=Path)
    parser.add_argument("--weights-only", action="store_true")
    asked = parser.parse_args(arguments)
    mine = corpus(sentences_in("sentences"))
    if asked.test or asked.curve:
        others = list(content.read_jsonl(asked.test or asked.curve))
        for share in SHARES if asked.curve else (1.0,):
            print(json.dumps(measured(mine, others, share, limits_in_use())))
        return 0
    learnt = mine.learn(mine.fold >= 0, mine.longer_fold >= 0)
    limits = limits_in_use() if asked.weights_only else report(mine, learnt)
    write(content.DATA / "guard" / "network.npz", len(mine.rows), learnt, limits)
    return 0


def limits_in_use() -> Limits:
    network = content.guard().network
    return network.thresholds if network else {}


def report(mine: Corpus, learnt: tuple[Any, Any]) -> Limits:
    """Chooses the limits, and writes the page that says how good they are."""
    told, ordinary = cross_validated(mine), statement_sentences()
    plain = pooled(encode(ordinary), *learnt)
    limits = limits_from(mine.rows, told, ordinary, plain)
    apart = sentences_in("apart")
    outside = pooled(encode(apart), *learnt)
    points = [point(mine, share) for share in SHARES]
    left_out, fresh = judged(mine.rows, told, limits), judged(apart, outside, limits)
    text = page(left_out, fresh, judged(ordinary, plain, limits), points, limits)
    (ROOT / "docs" / "guard-reliability.md").write_text(text, encoding="utf-8")
    return limits


def limits_from(rows: Sequence[Row], told: Any, ordinary: Sequence[Row], plain: Any) -> dict[str, float]:
    """Limits by the sentences of groups, violating and safe, and by the safe ones of whole statements."""
    grouped = np.array([bool(row["labels"] or row.get("pair_id")) for row in rows])
    kept = [row for row, taken in zip(rows, grouped, strict=True) if taken]
    return choose([*kept, *ordinary], np.concatenate([told[grouped], plain]))


def statement_sentences() -> list[Row]:
    """The safe sentences of our whole statements, as rows without a group."""
    found = []
    for path in sorted((content.DATA / "guard" / "statements").glob("*.jsonl")):
        for row in content.read_jsonl(path):
            at_fault = [(v["start"], v["end"]) for v in row["violations"]]
            pieces = [p for p in sentences(row["text"]) if not any(p.start < end and start < p.end for start, end in at_fault)]
            found += [{"lang": row["lang"], "text": p.text, "labels": [], "severity": "none", "pair_id": None} for p in pieces]
    return found


def sentences_in(folder: str) -> list[Row]:
    """Every labelled sentence in a folder of data/guard, in a fixed order."""
    return [row for path in sorted((content.DATA / "guard" / folder).glob("*.jsonl")) for row in content.read_jsonl(path)]


def corpus(rows: Sequence[Row]) -> Corpus:
    fold = np.array([group(row, at) % FOLDS for at, row in enumerate(rows)])
    parts = [lengthened([row for row, at in zip(rows, fold, strict=True) if at == out]) for out in range(FOLDS)]
    longer = [row for part in parts for row in part]
    longer_fold = np.repeat(np.arange(FOLDS), [len(part) for part in parts])
    return Corpus(rows, encode(rows), fold, longer, encode(longer), longer_fold)


def encode(rows: Sequence[Row]) -> Design:
    return design([_bag(row["text"]) for row in rows])


def _bag(text: str) -> list[Unit]:
    lexicon = content.guard().lexicon
    plain = normalise(text, lexicon.variants).text
    return [unit for sentence in sentences(plain) for unit in units(plain, sentence, lexicon)]


def targets(rows: Sequence[Row]) -> Any:
    wanted = [[bool(r["labels"]), r["severity"] == "block", *(name in r["labels"] for name in LABELS)] for r in rows]
    return np.array(wanted, dtype=np.float64).reshape(len(rows), len(OUTPUTS))


def write(path: Path, number: int, learnt: tuple[Any, Any], limits: Limits) -> None:
    np.savez_compressed(path, **packed(OUTPUTS, *learnt, limits))
    print(f"{path.name} {number} sentences {path.stat().st_size} bytes")


def cross_validated(mine: Corpus) -> Any:
    """(sentences, outputs): each sentence's logits from weights learnt without its group."""
    told = np.zeros((len(mine.rows), len(OUTPUTS)))
    for out in range(FOLDS):
        told[mine.fold == out] = pooled(mine.design.only(mine.fold == out), *mine.without(out))
    return told


def measured(mine: Corpus, others: Sequence[Row], share: float, limits: Limits) -> dict[str, Any]:
    """Figures on other people's sentences from weights learnt from a share of ours."""
    kept, longer_kept = part(mine.rows, share), part(mine.longer, share)
    told = pooled(encode(others), *mine.learn(kept, longer_kept))
    figures = {"recall at 4 % false": recall_at(others, told), **judged(others, told, limits).figures}
    return {"sentences": int(kept.sum()), **{name: round(value, 3) for name, value in figures.items()}}


def point(mine: Corpus, share: float) -> Point:
    """One point of the learning curve: the first fold judged from a share of the others."""
    kept = (mine.fold != 0) & part(mine.rows, share)
    longer_kept = (mine.longer_fold != 0) & part(mine.longer, share)
    told = pooled(mine.design.only(mine.fold == 0), *mine.learn(kept, longer_kept, outputs=2))
    left = [row for row, at in zip(mine.rows, mine.fold, strict=True) if at == 0]
    by_language = [recall_at([r for r in left if r["lang"] == name], told[[r["lang"] == name for r in left]]) for name in LANGUAGES]
    return Point(int(kept.sum()), recall_at(left, told), *by_language)


def part(rows: Sequence[Row], share: float) -> Any:
    """Which rows belong to a share of all, whole groups at a time."""
    return np.array([zlib.crc32(f"share {row.get('pair_id') or row['text']}".encode()) % 1000 < share * 1000 for row in rows])


def recall_at(rows: Sequence[Row], told: Any, false: float = 0.04) -> float:
    """Block recall where just so many of the safe sentences would be blocked."""
    score = (1 / (1 + np.exp(-told[:, :2]))).mean(axis=1)
    safe = np.array([not row["labels"] for row in rows])
    limit = np.sort(score[safe])[::-1][int(false * safe.sum())]
    return float((score[[row["severity"] == "block" for row in rows]] > limit).mean())


def group(row: Row, at: int) -> int:
    """A number that is the same for the sentences of one minimal pair; `at` stands in where there is no pair."""
    return zlib.crc32(f"{row.get('pair_id') or at}".encode())


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
