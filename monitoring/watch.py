"""Watch terms: what makes an item matter to an incident.

An expression is words and "phrases": beside each other they must all occur, `|`, OR or 或 stands between alternatives, `-`,
NOT or 非 before what must not occur, and parentheses group. Letters of either case and width are the same; a Latin word
matches whole words, a Chinese one anywhere.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from errors import BadInput

LONGEST = 300
EXCLUDE = "exclude"
"""The kind of term that keeps an item out whatever else matches."""

_TOKEN = re.compile(r'\s*(?:"([^"]*)"|“([^”]*)”|([()|])|(-)(?=\S)|([^\s()|"“”]+))')
_OR, _NOT, _AND = {"|", "or", "或"}, {"-", "not", "非"}, {"and", "且", "&"}

Test = Callable[[str], bool]


@dataclass(frozen=True)
class WatchTerm:
    """`kind` is brand, product, place, person, topic or exclude."""

    kind: str
    expression: str


def matching(terms: Iterable[WatchTerm], title: str, summary: str = "") -> tuple[WatchTerm, ...]:
    """The terms that bring an item in, in their order; () where none does or one of kind exclude matches.

    Raises BadInput("watch.unreadable") for an expression that is none: check with `check` before storing it.
    """
    text = folded(f"{title}\n{summary}")
    hits = [term for term in terms if query(term.expression)(text)]
    return () if any(term.kind == EXCLUDE for term in hits) else tuple(hits)


def check(expression: str) -> str:
    """The expression without surplus blanks. Raises BadInput("watch.unreadable", expression=…)."""
    tidy = " ".join(expression.split())
    query(tidy)
    return tidy


def names_of(company: str | None, endings: Iterable[str]) -> tuple[WatchTerm, ...]:
    """A firm's name as brand terms: in full, and as the press shortens it."""
    name = " ".join((company or "").split())
    short = press_name(name, endings)
    return tuple(WatchTerm("brand", f'"{one}"') for one in dict.fromkeys((name, short)) if one) if short else ()


def press_name(company: str | None, endings: Iterable[str]) -> str | None:
    """A firm's name without the endings the press leaves out; None where there is none worth looking for."""
    short, known = " ".join((company or "").split()), sorted({one.casefold() for one in endings}, key=len, reverse=True)
    while (cut := _without_ending(short, known)) != short:
        short = cut
    return short if len(short) >= 2 else None


def _without_ending(name: str, endings: Iterable[str]) -> str:
    for ending in endings:
        rest = name[: -len(ending)]
        parted = not ending.isascii() or rest.endswith((" ", ","))
        if name.casefold().endswith(ending) and parted and len(rest.strip(" ,")) >= 2:
            return rest.strip(" ,")
    return name


NAMING = ("brand", "product")
"""The kinds of term whose words are names of the firm: an item that has one of them is about it."""


def aliases_of(terms: Iterable[WatchTerm]) -> tuple[str, ...]:
    """The names the firm goes by in its terms, as written, in any language; what must not occur is none."""
    found = (name for term in terms if term.kind in NAMING for name in _asked(term.expression))
    return tuple(dict.fromkeys(found))


def _asked(expression: str) -> list[str]:
    """The words and phrases of an expression that stand under no NOT."""
    found, depth, barred, turned = [], 0, None, False
    for kind, text in _tokens(" ".join(expression.split())):
        if kind == "open":
            depth, barred = depth + 1, depth if turned and barred is None else barred
        elif kind == "close":
            depth -= 1
            barred = None if barred == depth else barred
        elif kind == "word" and not turned and barred is None:
            found.append(text)
        turned = kind == "not"
    return found


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=2_000)
def query(expression: str) -> Test:
    """A test of folded text. Raises BadInput("watch.unreadable")."""
    tokens = _tokens(expression)
    reader = _Reader(tokens, expression)
    test = reader.any_of()
    if reader.rest() or not tokens or len(expression) > LONGEST:
        raise BadInput("watch.unreadable", expression=expression[:80])
    return test


def _tokens(expression: str) -> list[tuple[str, str]]:
    """(kind, text) with kind word, or, not, open, close; phrases are words that may hold blanks."""
    tokens: list[tuple[str, str]] = []
    for phrase, chinese_phrase, sign, minus, word in _TOKEN.findall(expression):
        if phrase or chinese_phrase:
            tokens.append(("word", folded(phrase or chinese_phrase)))
        elif sign in ("(", ")"):
            tokens.append(("open" if sign == "(" else "close", sign))
        elif (mark := (sign or minus or word).lower()) in _OR:
            tokens.append(("or", mark))
        elif mark in _NOT:
            tokens.append(("not", mark))
        elif mark and mark not in _AND:
            tokens.append(("word", folded(word)))
    return tokens


class _Reader:
    """Recursive descent over the tokens: any_of → all_of → one."""

    def __init__(self, tokens: list[tuple[str, str]], expression: str) -> None:
        self._tokens, self._at, self._expression = tokens, 0, expression

    def rest(self) -> bool:
        return self._at < len(self._tokens)

    def any_of(self) -> Test:
        tests = [self.all_of()]
        while self._take("or"):
            tests.append(self.all_of())
        return lambda text: any(test(text) for test in tests)

    def all_of(self) -> Test:
        tests: list[Test] = []
        while self.rest() and self._tokens[self._at][0] not in ("or", "close"):
            tests.append(self.one())
        if not tests:
            raise BadInput("watch.unreadable", expression=self._expression[:80])
        return lambda text: all(test(text) for test in tests)

    def one(self) -> Test:
        if self._take("not"):
            inner = self.one()
            return lambda text: not inner(text)
        if self._take("open"):
            inner = self.any_of()
            if not self._take("close"):
                raise BadInput("watch.unreadable", expression=self._expression[:80])
            return inner
        if not self.rest() or self._tokens[self._at][0] != "word":
            raise BadInput("watch.unreadable", expression=self._expression[:80])
        self._at += 1
        return _occurs(self._tokens[self._at - 1][1])

    def _take(self, kind: str) -> bool:
        if self.rest() and self._tokens[self._at][0] == kind:
            self._at += 1
            return True
        return False


def _occurs(word: str) -> Test:
    if word.isascii():
        pattern = re.compile(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])")
        return lambda text: pattern.search(text) is not None
    return lambda text: word in text
