"""The tone's content: corpus, lexicon, tables and the words its reasons are told in."""

import json
from collections import Counter
from difflib import SequenceMatcher

import numpy as np
import pytest

from monitoring.tone import ToneInput, judge
from monitoring.tone.model import TONES
from storage.content import DATA, read_jsonl, read_yaml, tone_model, words

FOLDER = DATA / "tone"
ROWS = [row for path in sorted((FOLDER / "corpus").glob("*.jsonl")) for row in read_jsonl(path)]
KINDS = Counter(row["kind"] for row in ROWS)
HARD = ("negation", "negated_praise", "quoted_accusation", "competitor", "rumor_refuted", "rumor_confirmed", "rumor_open", "regulator_clear",
        "check_open", "sarcasm", "number", "recall_start", "recall_done", "lawsuit_won", "lawsuit_lost", "calm_harm", "both_sides",
        "notice", "schedule", "praise", "growth", "rescue", "award", "neg_words", "euphemism", "official_notice")  # fmt: skip


def test_the_corpus_is_large_and_holds_every_hard_kind() -> None:
    assert len(ROWS) >= 2500
    assert {kind for kind in HARD if KINDS[kind] < 15} == set()


def test_every_row_is_whole() -> None:
    for row in ROWS:
        assert set(row) == {"title", "summary", "tone", "gravity", "kind", "lang"}, row
        assert row["tone"] in TONES
        assert row["gravity"] in (0, 1, 2, 3)
        assert row["lang"] in ("zh", "en")
        assert 4 <= len(row["title"]) <= 90, row


def test_no_headline_stands_twice() -> None:
    assert {title for title, count in Counter(row["title"] for row in ROWS).items() if count > 1} == set()


def test_no_tone_is_rare_in_the_corpus() -> None:
    shares = Counter(row["tone"] for row in ROWS)
    assert min(shares.values()) / len(ROWS) > 0.2


def test_a_harmful_term_is_not_also_a_good_one() -> None:
    hazards, reliefs = (_terms(name) for name in ("hazards", "reliefs"))
    assert hazards & reliefs == set()


@pytest.mark.parametrize("name", ["hazards", "reliefs"])
def test_a_term_is_of_one_kind(name: str) -> None:
    kinds = read_yaml(FOLDER / "lexicon" / f"{name}.yaml").values()
    counts = Counter(term for table in kinds for term in set(table["words"].split()))
    assert {term for term, count in counts.items() if count > 1} == set()


def test_every_reason_has_its_words() -> None:
    model = tone_model()
    items = [ToneInput(row["title"], row["summary"]) for row in ROWS]
    told = judge(items, [0.5] * len(items), [[] for _ in items], model)
    keys = {f"tone.reason.{reason.key}" for judgement in told for reason in judgement.reasons}
    assert {key for key in keys if not words("zh").has(key) or not words("en").has(key)} == set()


def test_the_tables_belong_to_one_training() -> None:
    about = json.loads((FOLDER / "model" / "weights.json").read_text(encoding="utf-8"))
    model = tone_model()
    assert model.version == about["version"]
    assert np.all(np.diff(model.grams.keys.astype(np.int64)) > 0)
    assert about["figures"]["macro_f1"] > 0.8
    assert about["figures"]["negative_called_positive"] < 0.05


@pytest.mark.parametrize("name", ["hazards", "reliefs", "neutral", "operators", "numbers"])
def test_terms_are_simplified(name: str) -> None:
    table = tone_model().spelling
    assert {term for term in _terms(name) if term.translate(table) != term} == set()


def _terms(name: str) -> set[str]:
    return {term for table in read_yaml(FOLDER / "lexicon" / f"{name}.yaml").values() for term in table["words"].split()}


def test_no_two_rows_of_different_tone_are_the_same_but_for_a_name() -> None:
    """Near copies across voices would make cross-validation easier than the world is."""
    by_start: dict[str, list[dict[str, str]]] = {}
    for row in ROWS:
        by_start.setdefault(row["title"][-6:], []).append(row)
    near = [
        (a["title"], b["title"]) for rows in by_start.values() for n, a in enumerate(rows) for b in rows[:n]
        if a["tone"] != b["tone"] and SequenceMatcher(None, a["title"], b["title"]).ratio() > 0.95
    ]  # fmt: skip
    assert near == []
