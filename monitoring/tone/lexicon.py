"""Finds the lexicon's terms in a text, in one pass over its characters (Aho and Corasick 1975)."""

from collections.abc import Mapping
from typing import Any

import ahocorasick

from monitoring.tone.model import Lexicon

GUARD = "neutral.guard"
"""The category of words that only look like harm or praise."""


def build(tables: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    """A lexicon from {category: {"words": "...", "gravity": 0..3}}.

    Words are separated by white space, or by | where terms hold spaces. Those of `neutral.guard` only shield.
    """
    found: dict[str, tuple[str, ...]] = {}
    for category, table in tables.items():
        for term in dict.fromkeys(_terms(str(table["words"]))):
            found[term] = found.get(term, ()) + ((category,) if category != GUARD else ())
    automaton = ahocorasick.Automaton()
    for term, categories in found.items():
        automaton.add_word(term, (len(term), categories))
    automaton.make_automaton()
    return Lexicon(automaton, {category: int(table.get("gravity", 0)) for category, table in tables.items()})


def _terms(words: str) -> list[str]:
    return [term.strip() for term in words.split("|")] if "|" in words else words.split()


def find(text: str, lexicon: Lexicon) -> list[tuple[int, int, tuple[str, ...]]]:
    """(start, end, categories) of the leftmost longest terms, in order and without overlap.

    A longer term shields the shorter ones inside it; terms that do nothing but shield are left out.
    """
    return [
        (end + 1 - length, end + 1, categories) for end, (length, categories) in lexicon.automaton.iter_long(text) if categories
    ]
