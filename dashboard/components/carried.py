"""Whether what we said is carried: the share of items with our message after the last statement, and before it."""

from functools import lru_cache

import streamlit as st

from dashboard import session
from dashboard.components.answer import percent
from dashboard.components.show import clock_time, h, html
from incidents.models import Incident
from monitoring.message import MOST_ITEMS, Carrying, carrying, clauses, span_after
from monitoring.mood import SMALL
from storage import readings, statements


def carried(at: Incident) -> None:
    """One line with both shares, their n and their bands; nothing before a statement is out."""
    now = session.now()
    with session.reading() as connection:
        sent = statements.publications(connection, at.id)
        if not sent:
            return
        last = max(sent, key=lambda one: one.released_at)
        told = statements.sentences(connection, last.statement_version_id)
        span = span_after(last.released_at, now)
        since, until = last.released_at - span, last.released_at + span
        before = readings.texts(connection, at.id, since=since, until=last.released_at, most=MOST_ITEMS, newest=True)
        after = readings.texts(connection, at.id, since=last.released_at, until=until, most=MOST_ITEMS, newest=False)
    wanted = clauses(one.text for one in told if one.principle != "form")
    w = session.words()
    was, is_ = _counted(tuple(before), wanted), _counted(tuple(after), wanted)
    minutes = round(span.total_seconds() / 60)
    length = w("carried.minutes", n=minutes) if minutes < 120 else w("carried.hours", n=round(minutes / 60))
    head = w("carried.head", number=last.number, at=clock_time(last.released_at, at.zone))
    both = (("after", is_), ("before", was))
    lines = "".join(f"<li>{h(w(f'carried.{name}', span=length))} {h(_share(one))}</li>" for name, one in both)
    few = f"<p class='cd-quiet' style='margin:0'>{h(w('carried.few', least=SMALL))}</p>" if min(was.n, is_.n) < SMALL else ""
    html(f"<h2 class='cd-h2 cd-part'>{h(w('carried.title'))} <small>{h(head)}</small></h2><ul class='cd-list'>{lines}</ul>{few}")
    with st.popover(w("carried.how")):
        st.text(w("carried.method"))


def _share(one: Carrying) -> str:
    w = session.words()
    if not one.n:
        return w("carried.none")
    low, high = one.bounds
    return w("carried.share", k=one.k, n=one.n, share=percent(one.share), low=percent(low), high=percent(high))


@lru_cache(maxsize=64)
def _counted(texts: tuple[str, ...], wanted: tuple[str, ...]) -> Carrying:
    """Remembered: the page asks the same again every few seconds."""
    return carrying(texts, wanted)
