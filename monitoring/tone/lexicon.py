"""Finds the lexicon's terms in a text, in one pass over its characters (Aho and Corasick 1975)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import ahocorasick

from monitoring.tone.model import Lexicon


class Hit(NamedTuple):
    """A term at text[start:end] with the categories it belongs to."""

    start: int
    end: int
    categories: tuple[str, ...]


def build(tables: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    """A lexicon from {category: {"words": "separated by white space, or by | where terms hold spaces", "gravity": 0..3}}."""
    found: dict[str, tuple[str, ...]] = {}
    for category, table in tables.items():
        for term in dict.fromkeys(_terms(str(table["words"]))):
            found[term] = (*found.get(term, ()), category)
    automaton = ahocorasick.Automaton()
    for term, categories in found.items():
        automaton.add_word(term, (len(term), categories))
    automaton.make_automaton()
    return Lexicon(automaton, {category: int(table.get("gravity", 0)) for category, table in tables.items()})


def _terms(words: str) -> list[str]:
    return [term.strip() for term in words.split("|")] if "|" in words else words.split()


def find(text: str, lexicon: Lexicon) -> list[Hit]:
    """The leftmost longest terms, in order and without overlap: a longer term shields the shorter ones inside it."""
    return [Hit(end + 1 - value[0], end + 1, value[1]) for end, value in lexicon.automaton.iter_long(text)]
