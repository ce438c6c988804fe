"""Kinds of text by name, as their template folders call them."""

from dashboard import session
from storage import content


def kinds() -> tuple[str, ...]:
    """Every kind there is a template for: statements first, then what is made of the same facts for one channel or group."""
    known = content.statement_kit().templates
    return tuple(sorted(known, key=lambda kind: (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), kind)))


def kind_name(kind: str) -> str:
    return content.kind_name(kind, session.language())


_ORDER = ("holding", "update", "correction", "resolution", "door", "hotline", "staff", "qa", "weibo", "wechat", "press_release",
          "neighbours", "dealers")  # fmt: skip
