"""Turns a template and its values into sentences. A template is lines of `@slot principle: text`; a blank line is a paragraph."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from errors import DeskError
from statements.drafting.phrases import BETWEEN, CLOSE, OPEN, Phrase
from statements.models import PRINCIPLES, Draft, DraftSentence

_LINE = re.compile(r"@(?P<slot>[a-z][a-z0-9_.]*)\s+(?P<principle>[a-z]+)\s*:\s?(?P<text>.*)")
_MARK = re.compile(f"{OPEN}([^{BETWEEN}]*){BETWEEN}")


def _finalize(value: Any) -> Any:
    return value.marked if isinstance(value, Phrase) else value


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=_finalize, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )


@lru_cache(maxsize=256)
def _compiled(source: str) -> Any:
    return _environment().from_string(source)


def render(source: str, values: Mapping[str, Any], lang: str) -> tuple[tuple[DraftSentence, ...], str]:
    """(sentences, text). Raises DeskError("template.bad_line") for a line without its mark, and Jinja's own errors."""
    sentences: list[DraftSentence] = []
    paragraphs: list[list[str]] = [[]]
    for line in _compiled(source).render(**values).splitlines():
        sentence = _sentence(line.strip())
        if not line.strip():
            paragraphs.append([])
        elif sentence.text:
            sentences.append(sentence)
            paragraphs[-1].append(sentence.text)
    between = " " if lang == "en" else ""
    return tuple(sentences), "\n\n".join(between.join(lines) for lines in paragraphs if lines)


def _sentence(line: str) -> DraftSentence:
    if not line:
        return DraftSentence("", "form", (), "")
    found = _LINE.fullmatch(line)
    if not found or found["principle"] not in PRINCIPLES:
        raise DeskError("template.bad_line", line=line[:80])
    facts = [slot for marked in _MARK.findall(found["text"]) for slot in marked.split(",") if slot]
    text = _MARK.sub("", found["text"]).replace(CLOSE, "").strip()
    return DraftSentence(text, found["principle"], tuple(dict.fromkeys(facts)), found["slot"])


def as_draft(sentences: tuple[DraftSentence, ...], text: str, flags: tuple[str, ...]) -> Draft:
    return Draft(text=text, sentences=sentences, flags=tuple(dict.fromkeys(flags)))
