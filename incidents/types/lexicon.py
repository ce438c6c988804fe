"""Words that are evidence: atoms (patterns in Chinese and English) and signals (atoms that stand together)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from incidents.types.judgement import Phrase


@dataclass(frozen=True)
class Atom:
    """A kind of wording. With `guarded`, a hit after a negation or an attribution in its clause counts as
    `no:<name>` or `said:<name>` instead of `<name>`."""

    name: str
    pattern: re.Pattern[str]
    guarded: bool = False


@dataclass(frozen=True)
class Signal:
    """A reason a person would give. It fires in each scope (clause, sentence, text, or opening: the first sentence) that
    holds all of `needs` (each a tuple of alternatives) and none of `unless`; with `ordered` the needs must stand in
    their order. It counts from `at_least` scopes on."""

    name: str
    question: str
    text: Phrase
    needs: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...] = ()
    scope: str = "sentence"
    ordered: bool = False
    at_least: int = 1


@dataclass(frozen=True)
class Lexicon:
    """`simplified` maps code points of traditional characters to simplified ones, one to one, so that offsets stay."""

    atoms: tuple[Atom, ...]
    signals: tuple[Signal, ...]
    negation: re.Pattern[str]
    attribution: re.Pattern[str]
    simplified: Mapping[int, str]
