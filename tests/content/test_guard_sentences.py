"""The hand-written sentences the liability guard learns from: valid, labelled by the policy, equal in length."""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "data" / "guard"
GATHERED = ("lead_", "desk_")
FILES = sorted((FOLDER / "sentences").glob("*.jsonl"))
APART = sorted((FOLDER / "apart").glob("*.jsonl"))
FIELDS = {"lang", "text", "labels", "severity", "pair_id", "industry", "voice"}
ALWAYS_BLOCK = {
    "admission", "blame_shift", "absolute_promise", "compensation_commitment", "denial_premature", "privacy", "attack",
}  # fmt: skip
BLOCK_OR_WARN = {"speculation", "minimising", "no_comment"}
ALWAYS_WARN = {"jargon_cold"}
LABELS = ALWAYS_BLOCK | BLOCK_OR_WARN | ALWAYS_WARN
LANGUAGES = ("zh", "en")
PAIR = r"[A-Z]{2}\d{4,5}|(lead|desk)_(zh|en)_\d\d-\d{4}|h[ez]-\d{4}"
LONGEST = {"zh": 130, "en": 600}
LEAST_PER_LABEL = {"zh": 80, "en": 40}
LEAST_PER_LABEL_OF_FAULT = {"zh": 200, "en": 100}
TRADITIONAL = re.compile("[們個為與說來時對會後過還沒當應無發現讓將從業員臟關進給學車門電點條開裡處經問題樣係嘅]")
EVASION = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]|[\u4e00-\u9fff] [\u4e00-\u9fff] [\u4e00-\u9fff]|[０-９]")


def rows_of(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def all_rows(lang=None):
    return [row for path in FILES for row in rows_of(path) if lang in (None, row["lang"])]


def normal(text):
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def severities_allowed(labels):
    if not labels:
        return {"none"}
    if ALWAYS_BLOCK & set(labels):
        return {"block"}
    return {"block", "warn"} if BLOCK_OR_WARN & set(labels) else {"warn"}


def share_where_the_safe_one_is_longer(safe, violating):
    counts = Counter(violating)
    wins = sum(n * ((s > v) + 0.5 * (s == v)) for s in safe for v, n in counts.items())
    return wins / (len(safe) * len(violating))


def pairs():
    groups = defaultdict(list)
    for row in all_rows():
        if row["pair_id"] is not None:
            groups[row["pair_id"]].append(row)
    return groups


def test_both_languages_have_files():
    assert {path.name.split("_")[1] for path in FILES if path.name.startswith("author_")} == set(LANGUAGES)


@pytest.mark.parametrize("path", [*FILES, *APART], ids=lambda path: path.stem)
def test_every_row_has_the_fields_and_a_text_of_sensible_length(path):
    for row in rows_of(path):
        assert set(row) == FIELDS, row
        assert row["lang"] in LANGUAGES, row
        assert path.name.startswith("lead_") or path in APART or f"_{row['lang']}_" in path.name, row
        assert row["text"] == row["text"].strip(), row
        assert 3 <= len(row["text"]) <= LONGEST[row["lang"]], row
        assert row["industry"], row
        assert row["voice"], row
        assert row["pair_id"] is None or re.fullmatch(PAIR, row["pair_id"]), row


@pytest.mark.parametrize("path", [*FILES, *APART], ids=lambda path: path.stem)
def test_labels_are_known_and_the_severity_follows_from_them(path):
    for row in rows_of(path):
        assert set(row["labels"]) <= LABELS, row
        assert len(set(row["labels"])) == len(row["labels"]), row
        assert row["severity"] in severities_allowed(row["labels"]), row


def test_no_sentence_stands_twice_once_spaces_and_marks_are_taken_away():
    counts = Counter(normal(row["text"]) for row in all_rows())
    assert [text for text, n in counts.items() if n > 1] == []


def test_the_sentences_of_a_pair_speak_one_language():
    for pair_id, rows in pairs().items():
        assert len({row["lang"] for row in rows}) == 1, pair_id
        assert len(rows) > 1, pair_id


def test_the_sentences_of_a_pair_differ_in_their_labels_unless_the_group_gathers_plain_safe_lines():
    for pair_id, rows in pairs().items():
        gathers_safe_lines = pair_id.startswith(GATHERED) and not any(row["labels"] for row in rows)
        assert gathers_safe_lines or len({frozenset(row["labels"]) for row in rows}) > 1, pair_id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_most_sentences_stand_in_minimal_pairs(lang):
    rows = all_rows(lang)
    assert sum(row["pair_id"] is not None for row in rows) >= 0.6 * len(rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_safe_and_violating_sentences_are_equally_long(lang):
    rows = all_rows(lang)
    safe = [len(row["text"]) for row in rows if not row["labels"]]
    violating = [len(row["text"]) for row in rows if row["labels"]]
    assert 0.4 <= share_where_the_safe_one_is_longer(safe, violating) <= 0.6
    assert 0.8 <= (sum(safe) / len(safe)) / (sum(violating) / len(violating)) <= 1.25


@pytest.mark.parametrize("lang", LANGUAGES)
def test_safe_block_and_warn_keep_their_shares(lang):
    rows = all_rows(lang)
    share = {name: n / len(rows) for name, n in Counter(row["severity"] for row in rows).items()}
    assert 0.35 <= share["none"] <= 0.55
    assert share["block"] >= 0.4
    assert 0.03 <= share["warn"] <= 0.15


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_label_is_well_represented(lang):
    counts = Counter(label for row in all_rows(lang) for label in row["labels"])
    assert {label for label in LABELS if counts[label] < LEAST_PER_LABEL[lang]} == set()
    assert min(counts["admission"], counts["blame_shift"]) >= LEAST_PER_LABEL_OF_FAULT[lang]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_many_trades_and_voices_are_heard(lang):
    rows = all_rows(lang)
    assert len({row["industry"] for row in rows}) >= 25
    assert len({row["voice"] for row in rows}) >= 8


def test_traditional_characters_and_evasions_are_among_the_chinese_sentences_labelled_and_safe():
    rows = all_rows("zh")
    for pattern, least in ((TRADITIONAL, 0.07), (EVASION, 0.012)):
        found = [row for row in rows if pattern.search(row["text"])]
        assert len(found) >= least * len(rows)
        assert {bool(row["labels"]) for row in found} == {True, False}


def test_no_group_stands_both_apart_and_among_what_is_learnt():
    apart = [row for path in APART for row in rows_of(path)]
    assert not {row["pair_id"] for row in apart} & set(pairs())
    assert not {normal(row["text"]) for row in apart} & {normal(row["text"]) for row in all_rows()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_kept_apart_holds_every_severity_in_both_languages(lang):
    counts = Counter(row["severity"] for path in APART for row in rows_of(path) if row["lang"] == lang)
    assert min(counts["none"], counts["block"]) >= 60
    assert counts["warn"]
