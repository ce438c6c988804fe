"""A small place to name who stands in for whom, and until when."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.show import clock_time, h, html, plain_md
from incidents.models import Incident, Person
from workflows.name_deputy import end_deputy, name_deputy

DEFAULT = timedelta(hours=12)


def deputies(at: Incident) -> None:
    w = session.words()
    people = session.people()
    with st.expander(w("deputy.title")):
        standing = [one for one in people if one.deputy_of and one.deputy_until and one.deputy_until > session.now()]
        if not standing:
            html(f"<p class='cd-quiet'>{h(w('deputy.none'))}</p>")
        for one in standing:
            _line(at, one, people)
        if len(people) > 1:
            _name(at, people)
        error = session.notice("deputy")
        if error is not None:
            show.problem(error)


def _line(at: Incident, one: Person, people: tuple[Person, ...]) -> None:
    w = session.words()
    principal = next((each.name for each in people if each.id == one.deputy_of), "—")
    hours = {name: clock_time(getattr(one, f"deputy_{name}"), at.zone, session.now()) for name in ("from", "until")}
    html(f"<p>{h(w('deputy.line', name=one.name, principal=principal, since=hours['from'], until=hours['until']))}</p>")
    st.button(w("deputy.end"), key=f"deputy_end_{one.id}", on_click=_end, args=(at, one))


def _name(at: Incident, people: tuple[Person, ...]) -> None:
    w = session.words()
    numbers = [one.id for one in people]
    names = {one.id: plain_md(one.name) for one in people}
    principals = [one.id for one in people if set(one.roles) & {"head", "legal", "operations"}] or numbers
    for key, choices in (("deputy_principal", principals), ("deputy_who", numbers)):
        label = w("deputy.principal" if key == "deputy_principal" else "deputy.who")
        st.selectbox(label, choices, index=int(key == "deputy_who"), key=key, format_func=lambda number: names[number])
    zone = ZoneInfo(at.zone)
    start = session.now().astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
    left, right = st.columns(2)
    with left:
        st.datetime_input(w("deputy.since"), value=start, key="deputy_since", format="YYYY-MM-DD", step=60)
    with right:
        st.datetime_input(w("deputy.until"), value=start + DEFAULT, key="deputy_until", format="YYYY-MM-DD", step=60)
    st.button(w("deputy.button"), key="deputy_name", on_click=_named, args=(at,))


def _named(at: Incident) -> None:
    zone = ZoneInfo(at.zone)
    hours: dict[str, datetime] = {}
    for name in ("since", "until"):
        given = st.session_state[f"deputy_{name}"]
        if given is not None:
            hours[name] = given.replace(tzinfo=zone)
    now = session.now()
    session.do(
        name_deputy, st.session_state.deputy_principal, st.session_state.deputy_who, since=hours.get("since", now),
        until=hours.get("until", now), actor=session.my_name(), incident_id=at.id, field="deputy", said="deputy.named",
    )  # fmt: skip


def _end(at: Incident, one: Person) -> None:
    session.do(end_deputy, one.id, actor=session.my_name(), incident_id=at.id, field="deputy")
