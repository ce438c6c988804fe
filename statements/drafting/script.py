"""Simplified or traditional: which one an intake is written in, and our own wordings in the same."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import zhconv

from statements.models import StatementKit


@lru_cache(maxsize=4096)
def simplified(text: str) -> str:
    return str(zhconv.convert(text, "zh-hans"))


@lru_cache(maxsize=4096)
def traditional(text: str) -> str:
    return str(zhconv.convert(text, "zh-tw"))


def is_traditional(texts: tuple[str, ...]) -> bool:
    """Whether more characters are traditional forms than simplified ones."""
    text = "".join(texts)
    old = sum(a != b for a, b in zip(text, simplified(text), strict=False))
    new = sum(a != b for a, b in zip(text, traditional(text), strict=False))
    return old > new


def _convert(value: Any) -> Any:
    if isinstance(value, str):
        return traditional(value)
    if isinstance(value, Mapping):
        return {key: _convert(inner) for key, inner in value.items()}
    return [_convert(inner) for inner in value] if isinstance(value, list | tuple) else value


_TEXTS = ("concern", "hurt", "need", "needs", "sorry", "special")


@lru_cache(maxsize=4)
def _traditional_kit(holder: "_Held") -> StatementKit:
    kit = holder.kit
    words = {**kit.words, "zh": _convert(kit.words["zh"])}
    tables = dict(kit.tables)
    for name in ("scenes", "groups"):
        tables[name] = [{k: _convert(v) if k in _TEXTS else v for k, v in row.items()} for row in kit.tables[name]]
    # `special` holds cues beside words: cues are compared with simplified text
    for new, old in zip(tables["groups"], kit.tables["groups"], strict=True):
        if "special" in old:
            new["special"] = [{**s, "need": _convert(s["need"])} for s in old["special"]]
    tables["advice"] = [
        {key: traditional(value) if key in ("zh", "zh_plain") else value for key, value in row.items()}
        for row in kit.tables["advice"]
    ]
    templates = {
        slug: replace(t, sources={**t.sources, "zh": traditional(t.sources["zh"])}) for slug, t in kit.templates.items()
    }
    return StatementKit(templates, words, tables)


class _Held:
    """Lets a kit, which holds mappings, be remembered by what it is."""

    def __init__(self, kit: StatementKit) -> None:
        self.kit = kit

    def __hash__(self) -> int:
        return id(self.kit)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.kit is self.kit


def traditional_kit(kit: StatementKit) -> StatementKit:
    """The same content in traditional characters; facts are never converted, only our words."""
    return _traditional_kit(_Held(kit))
