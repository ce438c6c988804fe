"""How a fact reads: its wording in the language on the screen, its typed value where it has none."""

from collections.abc import Sequence
from datetime import datetime

from dashboard import session
from dashboard.components import marks
from dashboard.components.kinds import kind_name
from dashboard.components.show import clock_time, h
from incidents.models import Fact, Incident
from workflows.texts_using import Use

SHOWN_USES = 4  # texts named under a fact; the others are counted


def said(fact: Fact, at: Incident) -> str:
    """The fact in words, e.g. "1 injured"; for an open question, what is open."""
    w = session.words()
    if fact.value is None:
        return w(f"open.{fact.slot}") if w.has(f"open.{fact.slot}") else w(f"slot.{fact.slot}")
    if fact.kind == "time":
        shown = clock_time(datetime.fromisoformat(fact.value), at.zone, session.here_now(at))
        return w(f"fact.said.{fact.slot}", value=shown) if w.has(f"fact.said.{fact.slot}") else shown
    if fact.kind == "number":
        return w(f"fact.said.{fact.slot}", value=fact.value)
    return fact.wording(session.language()) or str(fact.value)


def provenance(fact: Fact, at: Incident) -> str:
    """Who settled it, on whose word, when."""
    w = session.words()
    when = fact.confirmed_at or fact.said_at
    who = fact.confirmed_by if fact.settled else fact.said_by
    parts = [fact.source, who, clock_time(when, at.zone, session.here_now(at)) if when else None]
    return w("list.dot").join(part for part in parts if part)


def line(fact: Fact, at: Incident) -> str:
    """One list entry: mark, words, where they come from."""
    source = h(provenance(fact, at))
    return f"<li>{marks.fact(fact.status)} {h(said(fact, at))}<br><span class='cd-quiet'>{source}</span></li>"


def used_in(uses: Sequence[Use]) -> str:
    """Which texts rest on a fact, as HTML; those that its change has made stale are marked."""
    w = session.words()
    lines = []
    for stale, key in ((True, "bind.used.stale"), (False, "bind.used")):
        names = list(dict.fromkeys(_name(one) for one in uses if one.stale is stale))
        if names:
            more = [w("bind.used.more", count=len(names) - SHOWN_USES)] if len(names) > SHOWN_USES else []
            said = w(key, texts=w("list.comma").join([*names[:SHOWN_USES], *more]))
            title = h(w("list.comma").join(names))
            lines.append(f"<br><span class='{'cd-act' if stale else 'cd-quiet'}' title='{title}'>{h(said)}</span>")
    return "".join(lines)


def _name(use: Use) -> str:
    w = session.words()
    if use.kind in ("statement", "released"):
        return w(f"bind.used.{use.kind}", kind=kind_name(use.name))
    return w(f"bind.used.{use.kind}", name=use.name)
