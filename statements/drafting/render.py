"""Turns a template and its values into sentences. A template is lines of `@slot principle: text`; a blank line is a paragraph."""

import re
from collections.abc import Mapping
from typing import Any

from errors import DeskError
from statements.drafting.phrases import BETWEEN, CLOSE, OPEN
from statements.drafting.sandbox import rendered
from statements.models import PRINCIPLES, DraftSentence

_LINE = re.compile(r"@(?P<slot>[a-z][a-z0-9_.]*)\s+(?P<principle>[a-z]+)\s*:\s?(?P<text>.*)")
_MARK = re.compile(f"{OPEN}([^{BETWEEN}]*){BETWEEN}")


def render(source: str, values: Mapping[str, Any]) -> tuple[tuple[DraftSentence, int], ...]:
    """(sentence, number of its paragraph) in order; a line that says nothing is no sentence.

    Raises DeskError("template.bad_line") for a line without its mark, DeskError("template.broken") for what a template may not do.
    """
    placed: list[tuple[DraftSentence, int]] = []
    paragraph = 0
    for line in rendered(source, values).splitlines():
        if not line.strip():
            paragraph += 1
            continue
        sentence = _sentence(line.strip())
        if sentence.text:
            placed.append((sentence, paragraph))
    return tuple(placed)


def laid_out(placed: tuple[tuple[DraftSentence, int], ...], lang: str) -> str:
    """The text of placed sentences: one after the other in a paragraph, an empty line between paragraphs."""
    between = " " if lang == "en" else ""
    paragraphs: dict[int, list[str]] = {}
    for sentence, paragraph in placed:
        paragraphs.setdefault(paragraph, []).append(sentence.text)
    return "\n\n".join(between.join(texts) for texts in paragraphs.values())


def _sentence(line: str) -> DraftSentence:
    found = _LINE.fullmatch(line)
    if not found or found["principle"] not in PRINCIPLES:
        raise DeskError("template.bad_line", line=line[:80])
    facts = [slot for marked in _MARK.findall(found["text"]) for slot in marked.split(",") if slot]
    text = _MARK.sub("", found["text"]).replace(CLOSE, "").strip()
    return DraftSentence(text, found["principle"], tuple(dict.fromkeys(facts)), found["slot"])
