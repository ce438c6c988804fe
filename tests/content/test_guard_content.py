import re

import pytest

from statements.guard import LABELS, check
from storage import content

FOLDER = content.DATA / "guard"
WORDS = content.read_yaml(FOLDER / "words.yaml")
REWRITES = content.read_yaml(FOLDER / "rewrites.yaml")
CLASSES = content.read_yaml(FOLDER / "classes.yaml")
PATTERNS = content.read_yaml(FOLDER / "patterns.yaml")
REPLACEMENTS = [
    (lang, row[lang]) for rows in REWRITES["instead"].values() for row in rows for lang in ("zh", "en")
]


@pytest.mark.parametrize("label", LABELS)
def test_every_label_has_a_reason_and_a_replacement_in_both_languages(label):
    assert WORDS["why"][label]["zh"]
    assert WORDS["why"][label]["en"]
    assert any("when" not in row for row in REWRITES["instead"][label])


@pytest.mark.parametrize(("lang", "words"), REPLACEMENTS)
def test_every_replacement_passes_the_guard_it_is_offered_by(lang, words):
    assert check(words, lang, content.guard()).findings == ()


def test_replacements_wait_for_word_classes_that_exist():
    named = {row["when"] for rows in REWRITES["instead"].values() for row in rows if "when" in row}
    assert named <= set(CLASSES)


def test_no_word_class_or_pattern_matches_nothing_at_all():
    sources = [words for by_language in CLASSES.values() for words in by_language.values()]
    for source in sources + [row["regex"] for row in PATTERNS]:
        assert not re.compile(source, re.I).match(""), source[:40]


def test_pattern_names_are_told_apart():
    names = [row["name"] for row in PATTERNS]
    assert len(names) == len(set(names))


def test_a_pattern_gives_way_to_classes_that_exist():
    assert {name for row in PATTERNS for name in row.get("unless") or ()} <= set(CLASSES)


def test_the_network_judges_every_label_and_fits_the_features():
    network = content.guard().network
    assert network is not None
    assert network.outputs == ("any", "block", *LABELS)
    assert (FOLDER / "network.npz").stat().st_size < 4_000_000
