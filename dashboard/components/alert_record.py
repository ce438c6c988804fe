"""What was sent to whom, how it went, and every try."""

from collections.abc import Sequence

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.show import clock_time, h, html
from errors import DeskError
from incidents.models import Incident
from storage import alerts, outbox
from storage.outbox import Attempt, Delivery

MOST = 40
SHAPES = {"waiting": "○", "sent": "●", "failed": "✕", "dropped": "–"}


@st.fragment(run_every=5)
def record(at: Incident) -> None:
    with session.reading() as connection:
        found = outbox.record(connection, at.id, most=MOST)
        tries = outbox.attempts(connection, [one.id for one in found])
        rules = {one.id: one.rule for one in alerts.of_incident(connection, at.id)}
    if not found:
        show.empty("alerts.record.none")
        return
    lines = "".join(_line(at, one, tries.get(one.id, ()), rules) for one in found)
    html(f"<ul class='cd-list'>{lines}</ul>")


def _line(at: Incident, one: Delivery, tries: Sequence[Attempt], rules: dict[int, str]) -> str:
    w = session.words()
    state = f"{SHAPES[one.state]} {h(w(f'alerts.record.state.{one.state}'))}"
    kind = "cd-act" if one.state == "failed" else ""
    parts = [f"D{one.id}", w(f"alerts.channel.{one.channel}")]
    parts += [w("alerts.record.repeat")] if one.possible_repeat else []
    parts += [w("alerts.record.tries", count=one.attempts)] if one.attempts > 1 else []
    parts += [w("alerts.record.next", at=clock_time(one.due_at, at.zone))] if one.state == "waiting" and one.attempts else []
    why = w.error(DeskError(one.problem_key, **(one.problem_facts or {}))) if one.problem_key else ""
    history = "".join(f"<br>{h(_try(at, each))}" for each in tries) if len(tries) > 1 else ""
    return (
        f"<li><span class='cd-when'>{h(clock_time(one.created_at, at.zone))}</span><b>{h(one.target)}</b> · {h(_what(one, rules))} "
        f"<span class='{kind}'>{state}</span> <span class='cd-quiet'>{h(w('list.dot').join(parts))} {h(why)}{history}</span></li>"
    )


def _what(one: Delivery, rules: dict[int, str]) -> str:
    w = session.words()
    kind = one.payload["kind"]
    if kind == "digest":
        return w("alerts.record.digest", count=len(one.payload["alerts"]))
    if kind in ("test", "heads"):
        return w(f"alerts.record.{kind}")
    rule = rules.get(one.payload["alert"])
    return w("alerts.record.alert", rule=w(f"alerts.rule.{rule}")) if rule else w("alerts.record.gone")


def _try(at: Incident, each: Attempt) -> str:
    w = session.words()
    how = w(f"alerts.try.{each.outcome or 'under_way'}")
    if each.problem_key:
        how = f"{how} {w.error(DeskError(each.problem_key, **(each.problem_facts or {})))}"
    return w("alerts.record.try", number=each.number, at=clock_time(each.started_at, at.zone), how=how)
