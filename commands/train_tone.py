"""Trains the tone model from data/tone/corpus and writes its plain tables: `python desk.py train-tone [--check]`.

The same corpus and lexicon give the same tables, byte for byte. --check trains and reports, and writes nothing.
"""

import argparse
import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from monitoring.sentiment import cut, score
from monitoring.tone import evidence, grammar, grams, gravity, judging, words
from monitoring.tone.model import TONES, ToneModel
from monitoring.tone.text import spell
from settings import Settings
from storage import content
from storage.models_cache import snow_tables

GRAM_SCALE = 4.0
"""How readily the fit trusts a character n-gram against a piece of grammar."""
STRENGTH = 0.2
"""Inverse of the penalty on weights (L2)."""
LEAST_ROWS = 2
"""In how many rows a gram must stand."""
NEWS = ("news.negative", "news.neutral", "news.positive")
FOLDS = 5
CERTAIN_RIGHT = 0.935
"""Share of right answers, by cross-validation, from which the desk says it is certain."""


@dataclass(frozen=True)
class Row:
    title: str
    summary: str
    tone: int
    gravity: int
    kind: str
    group: str


@dataclass(frozen=True)
class Fit:
    """What a fit needs to answer for new rows."""

    classifier: LogisticRegression
    features: list[str]
    grams: list[str]
    words: dict[str, tuple[float, float, float]]


@dataclass(frozen=True)
class Prepared:
    """A row's evidence, computed once for all folds."""

    named: dict[str, float]
    level: int
    grams: Counter[str]
    cut: list[str]


def read_corpus(folder: Path) -> list[Row]:
    """The Chinese rows of the corpus; a row's group is its file (one author's voice)."""
    rows = []
    for path in sorted(folder.glob("*.jsonl")):
        for row in content.read_jsonl(path):
            if row["lang"] == "zh":
                rows.append(Row(row["title"], row["summary"], TONES.index(row["tone"]), row["gravity"], row["kind"], path.stem))
    return rows


def prepare(rows: Sequence[Row], snow: Sequence[float | None], words_of: Sequence[list[str]], model: ToneModel) -> list[Prepared]:
    prepared = []
    for row, number, its_words in zip(rows, snow, words_of, strict=True):
        text = f"{spell(row.title, model.spelling)}\n{spell(row.summary, model.spelling)}"
        marks = grammar.read(text, text.index("\n"), model.lexicon)
        signs = grammar.signs(marks, text)
        named = evidence.features(marks, signs, text)
        level, _ = gravity.gravity(signs, text, model.lexicon.gravity)
        named["snow"] = judging.snow_evidence(number, len(text))
        prepared.append(Prepared(named, level, Counter(grams.all_grams(grams.gram_text(text))), its_words))
    return prepared


def _news(rows: Sequence[Prepared], tones: Sequence[int], asked: Sequence[Prepared]) -> np.ndarray:
    table = words.train([r.cut for r in rows], [TONES[t] for t in tones])
    return np.array([words.score(r.cut, table) for r in asked])


def _news_out_of_fold(rows: Sequence[Prepared], tones: np.ndarray) -> np.ndarray:
    """Each row's score by a classifier that has not seen it, so that the fit trusts it no more than it deserves."""
    found = np.zeros((len(rows), 3))
    for fold in range(FOLDS):
        held = np.arange(len(rows)) % FOLDS == fold
        seen = [r for r, h in zip(rows, held, strict=True) if not h]
        found[held] = _news(seen, tones[~held], [r for r, h in zip(rows, held, strict=True) if h])
    return found


def _matrix(rows: Sequence[Prepared], news: np.ndarray, features: Sequence[str], kept: Sequence[str]) -> csr_matrix:
    place = {name: i for i, name in enumerate(features)}
    gram_place = {gram: i for i, gram in enumerate(kept)}
    named = np.zeros((len(rows), len(features)))
    data, column, start = [], [], [0]
    for i, row in enumerate(rows):
        for name, amount in row.named.items():
            if name in place:
                named[i, place[name]] = amount
        root = max(sum(row.grams.values()), 1) ** 0.5
        for gram, count in row.grams.items():
            if gram in gram_place:
                data.append(GRAM_SCALE * count / root)
                column.append(gram_place[gram])
        start.append(len(data))
    for tone, name in enumerate(NEWS):
        named[:, place[name]] = news[:, tone]
    return hstack([csr_matrix(named), csr_matrix((data, column, start), shape=(len(rows), len(kept)))]).tocsr()


def fit(rows: Sequence[Prepared], tones: np.ndarray) -> Fit:
    features = [*sorted({name for row in rows for name in row.named}), *NEWS]
    seen = Counter(gram for row in rows for gram in row.grams)
    kept = sorted(gram for gram, count in seen.items() if count >= LEAST_ROWS)
    matrix = _matrix(rows, _news_out_of_fold(rows, tones), features, kept)
    classifier = LogisticRegression(C=STRENGTH, max_iter=400, tol=1e-5, class_weight="balanced").fit(matrix, tones)
    return Fit(classifier, features, kept, words.train([r.cut for r in rows], [TONES[t] for t in tones]))


def chances(fitted: Fit, rows: Sequence[Prepared]) -> np.ndarray:
    news = np.array([words.score(r.cut, fitted.words) for r in rows])
    return fitted.classifier.predict_proba(_matrix(rows, news, fitted.features, fitted.grams))


def cross_validate(rows: Sequence[Prepared], tones: np.ndarray, groups: Sequence[str]) -> np.ndarray:
    """Chances for each row from a fit that has seen no row of its group."""
    found = np.zeros((len(rows), 3))
    for seen, held in GroupKFold(min(FOLDS + 1, len(set(groups)))).split(rows, tones, groups):
        found[held] = chances(fit([rows[i] for i in seen], tones[seen]), [rows[i] for i in held])
    return found


def answers(found: np.ndarray, rows: Sequence[Prepared]) -> np.ndarray:
    """The tone the desk would say for each row, decided as it decides."""
    return np.array([judging.decide(chance, row.level) for chance, row in zip(found.tolist(), rows, strict=True)])


def certain_at(found: np.ndarray, got: np.ndarray, tones: np.ndarray, rows: Sequence[Prepared]) -> tuple[float, float, float]:
    """For each tone the lowest chance from which at least CERTAIN_RIGHT of the answers are right."""
    limits = []
    told = np.array(
        [judging.is_certain((1.0, 1.0, 1.0), tone, row.named, (0.0, 0.0, 0.0)) for tone, row in zip(got, rows, strict=True)]
    )
    for tone in range(3):
        mine = (got == tone) & told
        chance, right = found[mine, tone], (tones == tone)[mine]
        order = np.argsort(-chance)
        share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
        good = np.flatnonzero(share >= CERTAIN_RIGHT)
        limits.append(round(float(chance[order][good[-1]]), 3) if len(good) else 0.99)
    return limits[0], limits[1], limits[2]


def figures(
    found: np.ndarray, got: np.ndarray, tones: np.ndarray, limits: Sequence[float], rows: Sequence[Prepared]
) -> dict[str, float]:
    sure = np.array([judging.is_certain(c, t, row.named, limits) for c, t, row in zip(found, got, rows, strict=True)])
    f1 = [2 * ((got == t) & (tones == t)).sum() / max(((got == t).sum() + (tones == t).sum()), 1) for t in range(3)]
    shares = {
        "macro_f1": np.mean(f1),
        "accuracy": (got == tones).mean(),
        "negative_called_positive": (got[tones == 0] == 2).mean(),
        "neutral_called_negative": (got[tones == 1] == 0).mean(),
        "certain_share": sure.mean(),
        "accuracy_when_certain": (got == tones)[sure].mean(),
    }
    return {name: round(float(share), 4) for name, share in shares.items()}


def gravity_figures(rows: Sequence[Row], prepared: Sequence[Prepared]) -> dict[str, float]:
    """How often grave harm (2 or 3) is found, and how often it is seen where the row tells of none."""
    grave = [made.level >= 2 for row, made in zip(rows, prepared, strict=True) if row.gravity >= 2]
    none = [made.level >= 2 for row, made in zip(rows, prepared, strict=True) if row.gravity == 0]
    return {"grave_found": round(float(np.mean(grave)), 4), "grave_imagined": round(float(np.mean(none)), 4)}


def write(fitted: Fit, limits: Sequence[float], report: dict[str, float], folder: Path) -> None:
    """The model as three plain tables and what it was measured at."""
    folder.mkdir(exist_ok=True)
    weights = fitted.classifier.coef_
    count = len(fitted.features)
    named = {name: [round(float(w), 4) for w in weights[:, i]] for i, name in enumerate(fitted.features)}
    digest = hashlib.sha256(weights.round(4).tobytes()).hexdigest()[:12]
    about = {"version": digest, "bias": [round(float(b), 4) for b in fitted.classifier.intercept_], "certain_at": list(limits),
             "figures": report, "features": named}  # fmt: skip
    (folder / "weights.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    rows = ((gram, weights[:, count + i] * GRAM_SCALE) for i, gram in enumerate(fitted.grams))
    _write_table(folder / "grams.tsv", ((g, w) for g, w in rows if np.abs(w).max() >= 0.01))
    _write_table(folder / "words.tsv", ((w, np.array(v)) for w, v in fitted.words.items()))


def _write_table(path: Path, rows) -> None:
    lines = (
        f"{json.dumps(name, ensure_ascii=False)[1:-1]}\t" + "\t".join(str(round(float(x) * 1000)) for x in row)
        for name, row in rows
    )
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def main(name: str, arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog=name, description=__doc__)
    parser.add_argument("--check", action="store_true", help="train and report, write nothing")
    asked = parser.parse_args(list(arguments))
    folder = content.DATA / "tone"
    rows = read_corpus(folder / "corpus")
    snow, cut = snow_and_words([f"{row.title}\n{row.summary}" if row.summary else row.title for row in rows])
    prepared = prepare(rows, snow, cut, content.tone_model())
    tones = np.array([row.tone for row in rows])
    found = cross_validate(prepared, tones, [row.group for row in rows])
    got = answers(found, prepared)
    limits = certain_at(found, got, tones, prepared)
    report = figures(found, got, tones, limits, prepared) | gravity_figures(rows, prepared)
    print(f"{len(rows)} rows", *(f"{name} {value:.3f}" for name, value in report.items()), sep="\n")
    if not asked.check:
        write(fit(prepared, tones), limits, report, folder / "model")
    return 0


def snow_and_words(texts: Sequence[str]) -> tuple[list[float | None], list[list[str]]]:
    """SnowNLP's own score and words of each text."""
    tables = snow_tables(Settings.from_environment(os.environ).home / "cache")
    return [float(number) for number in score(texts, tables)], cut(texts, tables)


if __name__ == "__main__":
    sys.exit(main("train-tone", sys.argv[1:]))
