"""Interface words: both languages say the same things, with the same holes, and nothing asks for a word that is not there."""

import re
from string import Formatter

import pytest

from storage.content import TEMPLATES, words
from tests.house import sources
from words import LANGUAGES

HOLES = Formatter()
ASKED = re.compile(r"""\bw\(\s*"([a-z0-9_.\-]+)"|session\.words\(\)\(\s*"([a-z0-9_.\-]+)\"""")
ENGLISH_IN_CHINESE = re.compile(r"[A-Za-z]{3,}")
NAMES = {"SHA", "Word", "Weibo", "WeChat", "SnowNLP", "RSS", "Atom", "OPML", "English", "HTTP", "HTTPS", "CSV", "Excel", "JSON",
         "Feed", "URL", "JavaScript", "README", "Coombs"}  # fmt: skip


def sentences(language: str) -> dict[str, str]:
    return words(language)._sentences


def holes(sentence: str) -> set[str]:
    return {name.split(".")[0] for _, name, _, _ in HOLES.parse(sentence) if name}


def test_both_languages_have_every_key():
    assert set(sentences("zh")) == set(sentences("en"))


def test_both_languages_have_every_hole():
    different = {
        key for key, said in sentences("zh").items() if holes(said) != holes(sentences("en").get(key, said))
    }
    assert different == set()


def test_no_key_is_said_twice():
    for language in LANGUAGES:
        seen: dict[str, str] = {}
        for path in sorted((TEMPLATES / "ui" / language).glob("*.yaml")):
            keys = re.findall(r"^([\w.\-/]+):", path.read_text(encoding="utf-8"), re.M)
            twice = [key for key in keys if key in seen]
            assert not twice, f"{path.name} says again what {seen[twice[0]]} says: {twice}"
            seen |= dict.fromkeys(keys, path.name)


def test_every_word_a_page_asks_for_is_there():
    missing = set()
    for path, source in sources():
        if path.startswith(("dashboard/", "streamlit_app")):
            for match in ASKED.finditer(source):
                key = match.group(1) or match.group(2)
                if key not in sentences("zh"):
                    missing.add(f"{path}: {key}")
    assert missing == set()


def test_no_sentence_is_empty():
    for language in LANGUAGES:
        assert [key for key, said in sentences(language).items() if not str(said).strip()] == []


@pytest.mark.parametrize("family", ["page", "intake", "facts", "statement", "clearing", "command", "agenda", "start"])
def test_the_chinese_screen_is_chinese(family: str):
    """No English word is left in it except names."""
    found = {}
    for key, said in sentences("zh").items():
        if key.split(".")[0] == family:
            bare = re.sub(r"\{[^}]*\}", "", said)
            left = set(ENGLISH_IN_CHINESE.findall(bare)) - NAMES
            if left:
                found[key] = left
    assert found == {}


def test_an_error_nobody_worded_still_gives_a_calm_sentence():
    from errors import DeskError

    for language in LANGUAGES:
        assert words(language).error(DeskError("never.heard.of")) == sentences(language)["error.unknown"]
