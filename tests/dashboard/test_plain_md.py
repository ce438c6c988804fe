"""Outside text in a label: shown as it was typed, whatever Markdown it would be. A browser reads it in tests/browser."""

import re
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard.components.show import plain_md
from tests.payloads import MARKDOWN

MARK = "[" + re.escape(string.punctuation) + "]"
ESCAPED = re.compile(rf"(?:\\{MARK}|(?!{MARK}).)*", re.DOTALL)
# What GitHub's extensions and Streamlit's own look for in text that has no marks left.
FOUND_BARE = re.compile(r"(?i)(?:https?|ftp)://|www\.|\w@\w|:[+\w-]+:|:[a-z-]+\[")
PIECES = st.lists(st.one_of(st.text(max_size=8), st.sampled_from(MARKDOWN)), max_size=4).map("".join)


def unescaped(label: str) -> str:
    return re.sub(rf"\\({MARK})", r"\1", label)


def bare(text: str) -> str:
    """The text without white space and the word joiner: a label folds the one, the other is not seen."""
    return "".join(text.replace("\u2060", "").split())


@settings(deadline=None)
@example("    \\```")
@given(PIECES)
def test_every_mark_of_markdown_loses_its_meaning(text: str):
    """CommonMark gives meaning to ASCII punctuation, line ends and indentation, and to nothing else."""
    label = plain_md(text)
    assert ESCAPED.fullmatch(label)
    assert label == label.strip()
    assert len(label.splitlines()) <= 1


@settings(deadline=None)
@given(PIECES)
def test_no_character_is_lost_or_added_that_can_be_seen(text: str):
    assert bare(unescaped(plain_md(text))) == bare(text)


@settings(deadline=None)
@example("WWW.EXAMPLE.INVALID")
@given(PIECES)
def test_nothing_is_left_that_would_be_linked_or_drawn_by_itself(text: str):
    assert not FOUND_BARE.search(unescaped(plain_md(text)))


@pytest.mark.parametrize("word", ["一句话", "沈知远 业务核实", "plain words"])
def test_ordinary_words_stay_as_they_are(word: str):
    assert plain_md(word) == word
