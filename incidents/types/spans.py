"""Finds the words: which atoms stand where in a narrative, and in which sentence and clause."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from incidents.types.lexicon import Lexicon
from incidents.types.names import own_names, strangers

READ_AT_MOST = 20_000
GUARD_WINDOW = 14

_SENTENCE_END = re.compile(r"[。！？!?；;\n]+|(?<=[a-z\d)”\"'])\.(?=\s|$)")
_CLAUSE_END = re.compile(r"[。！？!?；;\n，,：:、]+|(?<=[a-z\d)”\"'])\.(?=\s|$)| - | – |—+")

@dataclass(frozen=True)
class Hit:
    """An atom at [start, end) of a field, in its `sentence` and `clause` (running numbers within the field)."""

    atom: str
    field: str
    start: int
    end: int
    sentence: int
    clause: int


def simplify(text: str, lexicon: Lexicon) -> str:
    """Lower case, simplified characters, plain quotes; as long as `text`, so that offsets hold."""
    plain = text.translate(dict(lexicon.simplified))
    low = plain.lower()
    return low if len(low) == len(text) else plain


def hits(field: str, text: str, company: str | None, lexicon: Lexicon) -> tuple[Hit, ...]:
    """Every atom in `text`, ordered by place; guarded atoms under `no:` or `said:` where negated or merely alleged."""
    read = simplify(text[:READ_AT_MOST], lexicon)
    sentences, clauses = _starts(_SENTENCE_END, read), _starts(_CLAUSE_END, read)
    found: list[Hit] = []
    for atom in lexicon.atoms:
        for match in atom.pattern.finditer(read):
            start, end = match.span()
            if end > start:
                name = _guarded(atom.name, read, start, end, clauses, lexicon) if atom.guarded else atom.name
                found.append(_hit(name, field, start, end, sentences, clauses))
    found += [_hit("other_name", field, *place, sentences, clauses) for place in strangers(text[:READ_AT_MOST], read, company)]
    for name in own_names(company):
        places = re.finditer(re.escape(simplify(name, lexicon)), read)
        found += [_hit("company", field, *place.span(), sentences, clauses) for place in places]
    return tuple(sorted(found, key=lambda hit: (hit.start, hit.end)))


def _hit(name: str, field: str, start: int, end: int, sentences: list[int], clauses: list[int]) -> Hit:
    return Hit(name, field, start, end, bisect_right(sentences, start), bisect_right(clauses, start))


def _starts(ending: re.Pattern[str], text: str) -> list[int]:
    return [0, *(match.end() for match in ending.finditer(text))]


def _guarded(name: str, text: str, start: int, end: int, clauses: list[int], lexicon: Lexicon) -> str:
    clause_start = clauses[bisect_right(clauses, start) - 1]
    before = text[clause_start:start]
    if lexicon.negation.search(before[-GUARD_WINDOW:]):
        return f"no:{name}"
    if lexicon.attribution.search(before):
        return f"said:{name}"
    return name
