"""The two doors: the worked case, and a new incident. Below them, the incidents that are on the desk."""

from uuid import uuid4

import streamlit as st

from dashboard import session
from dashboard.components import marks, show
from dashboard.components.part import part
from dashboard.components.show import h, html
from dashboard.tools import tools
from incidents.models import Incident
from workflows.open_incident import open_incident
from workflows.open_sample import open_sample
from workflows.remove_example import remove_example

SAMPLE = "stove"


def page() -> None:
    show.title("start.title", "start.question")
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, height="stretch"):
        _door("start.new", _open_new, primary=True)
    with right, st.container(border=True, height="stretch"):
        _door("start.sample", _open_sample, primary=False)
    known = session.all_incidents()
    if known:
        html(f"<h2 class='cd-h2' style='margin-top:1.2rem'>{h(session.words()('start.known'))}</h2>")
    for one in known:
        _row(one)
    st.page_link("screens/templates.py", label=session.words()("page.templates"))


def _door(key: str, deed, *, primary: bool) -> None:
    w = session.words()
    html(f"<h2 class='cd-h2'>{h(w(f'{key}.name'))}</h2><p class='cd-sub'>{h(w(f'{key}.what'))}</p>")
    st.space("stretch")
    if st.button(w(f"{key}.button"), key=key, type="primary" if primary else "secondary", width="stretch"):
        deed()
        st.rerun()  # what was refused is told at the top of the page


def _open_new() -> None:
    settings = session.desk().settings
    key = st.session_state.setdefault("new_key", uuid4().hex)
    made = session.do(
        open_incident, zone=settings.zone, language=session.language(), actor=session.my_name(), key=key
    )
    if made:
        del st.session_state["new_key"]
        session.choose_incident(made)
        st.switch_page("screens/intake.py")


def _open_sample() -> None:
    with st.spinner(session.words()("start.sample.opening")):
        zone = session.desk().settings.zone
        made = session.do(open_sample, SAMPLE, language=session.language(), zone=zone, tools=tools())
    if made:
        session.choose_incident(made)
        st.switch_page("screens/command.py")


def _row(one: Incident) -> None:
    w = session.words()
    kind = marks.badge(w(f"kind.{one.kind}")) if one.kind != "real" else ""
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        opened = show.clock_time(one.opened_at, one.zone)
        html(
            f"<div>{h(one.title or w('incident.untitled'))} {kind} "
            f"<span class='cd-quiet'>{h(w('start.opened', at=opened, zone=show.zone_name(one.zone)))}</span></div>"
        )
        with st.container(horizontal=True, width="content"):
            if st.button(w("start.open"), key=f"open_{one.id}"):
                session.choose_incident(one.id)
                st.switch_page("screens/command.py")
            part(one)
            if one.kind != "real":
                _remove(one)


def _remove(one: Incident) -> None:
    w = session.words()
    with st.popover(w("start.remove")):
        st.text(w("start.remove.sure"))
        st.button(w("start.remove.yes"), key=f"remove_{one.id}", on_click=_removed, args=(one.id,))


def _removed(incident_id: int) -> None:
    session.do(session.plain(remove_example), incident_id, said="start.removed")
    if str(incident_id) == st.session_state.get("incident"):
        session.choose_incident(None)


page()
