"""Cuts plain text into sentences and sentences into clauses, by offsets."""

import re
from dataclasses import dataclass

_SENTENCE_END = re.compile(
    r"[。！？!?…]+[”\")）'】]*"
    r"|[;；](?=\s|[^\x00-\x7f])"
    r"|(?<![A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bNo)(?<!\bvs)(?<!\b[ap]\.m)(?<!\be\.g)(?<!\bi\.e)"
    r"\.[\"”')]*(?=\s|$|[^\x00-\x7f])"
    r"|(?<=[A-Z])\.[\"”')]*(?=\s+[A-Z]|\s*$)"
    r"|\n+"
)
_CLAUSE_END = re.compile(
    r"[，；：,;:](?!\d)|[—–]+| -{1,2} |[（(）)]"
    r"|(?<=\w) (?=(?:but|yet|because|although|though|while|whereas|so that|which|unless"
    r"|and (?:we|it|they|he|she|our|the|this|that|there|you|i|nobody|no)\b|as (?:we|it|they|our) ))",
    re.I,
)
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A slice [start, end) of the plain text, without the spaces and end marks around it."""

    start: int
    end: int
    text: str


def sentences(text: str) -> list[Piece]:
    """The sentences of `text` in order; an empty list for blank text."""
    return _pieces(text, 0, len(text), _SENTENCE_END)


def clauses(text: str, sentence: Piece) -> list[Piece]:
    """The clauses of one sentence of `text`, at least itself; fragments of one or two characters join on."""
    found = _pieces(text, sentence.start, sentence.end, _CLAUSE_END)
    joined: list[Piece] = []
    for piece in found:
        if joined and (len(piece.text) <= _SHORT or len(joined[-1].text) <= _SHORT):
            joined[-1] = _piece(text, joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined or [sentence]


def _pieces(text: str, start: int, end: int, mark: re.Pattern[str]) -> list[Piece]:
    found, at = [], start
    for match in mark.finditer(text, start, end):
        found.append(_piece(text, at, match.end()))
        at = match.end()
    found.append(_piece(text, at, end))
    return [piece for piece in found if any(c.isalnum() for c in piece.text)]


def _piece(text: str, start: int, end: int) -> Piece:
    inner = text[start:end]
    lead = len(inner) - len(inner.lstrip(" \t\r\n\u3000"))
    body = inner.strip(" \t\r\n\u3000").rstrip("。！!.;；，,：:—–- ") or inner.strip()
    return Piece(start + lead, start + lead + len(body), body)
