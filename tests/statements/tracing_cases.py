"""Facts as an intake gives them, and everything that a drafted text is traced against."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from incidents.models import Fact
from statements.basis import Basis

ZONE = "Asia/Shanghai"
_TEXTS = {"company": "company", "what": "what_happened", "where": "where", "contact": "contact", "spokesperson": "spokesperson"}
_LISTS = {"detail": "confirmed", "deed": "actions_taken", "authority": "authorities", "channel": "publish_on"}


def fact(number: int, slot: str, value: Any, kind: str = "text", status: str = "confirmed", **more: Any) -> Fact:
    wordings = {} if kind in ("number", "time") else {"wording_zh": str(value), "wording_en": str(value)}
    return Fact(number, 1, slot, kind, status, value, **{**wordings, **more})


def local(text: str) -> datetime:
    return datetime.fromisoformat(text.replace(" ", "T")).replace(tzinfo=ZoneInfo(ZONE))


def basis_of(raw: Mapping[str, Any], **more: Any) -> Basis:
    """All of a raw statement intake as confirmed facts; what is asked but not known stays open."""
    made: list[Fact] = []

    def add(slot: str, value: Any, kind: str = "text") -> None:
        made.append(fact(len(made) + 1, slot, value, kind))

    for slot, name in _TEXTS.items():
        if raw.get(name):
            add(slot, raw[name])
    for slot, name in _LISTS.items():
        for item in raw.get(name) or ():
            add(slot, item)
    toll = raw.get("casualties") or {}
    for slot in ("deaths", "injured", "missing"):
        if toll.get(slot) is not None:
            add(slot, toll[slot], "number")
    if toll.get("note"):
        add("detail", toll["note"])
    for slot, name in (("when", "when"), ("next_update", "next_update")):
        _add_time(made, slot, str(raw.get(name) or ""))
    own = tuple(text for name in ("groups_affected", "not_confirmed") for text in raw.get(name) or ())
    stamp = (local(str(raw["as_of"])),) if raw.get("as_of") else ()
    return Basis(tuple(made), ZONE, stamp, own, **more)


def _add_time(made: list[Fact], slot: str, text: str) -> None:
    try:
        made.append(fact(len(made) + 1, slot, local(text).isoformat(), "time"))
    except ValueError:
        if text:
            made.append(fact(len(made) + 1, "detail", text))
