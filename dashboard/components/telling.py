"""An event of the log as a sentence: timeline.<deed>, its holes filled with words for what the event carries."""

from collections.abc import Mapping
from typing import Any

from dashboard import session
from dashboard.components.kinds import kind_name
from incidents.models import Event

# Facts of an event that are keys themselves, and the family of keys they are looked up in.
_FAMILIES = {"slot": "slot", "status": "fact.status", "type": "type", "role": "role",
             "field": "intake", "stance": "stance", "question": "audiences.question", "choices": "duty.choice",
             "language": "statement.view", "tone": "tone", "alert_rule": "alerts.rule", "alert_level": "alerts.level",
             "personal_class": "personal.class"}  # fmt: skip


def told(event: Event) -> str:
    """The sentence; an event that this version has no sentence for is told by its name."""
    w = session.words()
    key = f"timeline.{event.deed}"
    if not w.has(key):
        return event.deed
    return _filled(key, event.facts)


def _filled(key: str, facts: Mapping[str, Any]) -> str:
    w = session.words()
    return w(key).format_map(_Holes({name: _word(name, value) for name, value in facts.items()}))


def _word(name: str, value: Any) -> str:
    w = session.words()
    if name == "kind":
        return kind_name(str(value))
    family = _FAMILIES.get(name)
    key = f"{family}.{value}.label" if name == "field" else f"{family}.{value}"
    if family and w.has(key):
        return w(key)
    if isinstance(value, list | tuple):
        return w("list.comma").join(w(f"{family}.{one}") if family else str(one) for one in value) or _nothing(name)
    return "" if value is None else str(value)


def _nothing(name: str) -> str:
    return session.words()("duty.choice.none") if name == "choices" else ""


class _Holes(dict[str, Any]):
    def __missing__(self, hole: str) -> str:
        return ""
