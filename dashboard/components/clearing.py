"""Who has cleared the text, who still has to, and the release: it asks once and shows exactly what goes out."""

from collections.abc import Mapping

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.show import clock_time, h, html, span
from dashboard.components.text import Shown
from dashboard.tools import tools
from incidents.models import Incident
from statements.gates import obstacles, release_obstacles
from statements.records import CLEARING_ROLES, LANGUAGES, Clearance, Statement, StatementVersion, body
from storage import facts, statements
from workflows.clear_statement import decide_clearance, send_to_clear
from workflows.release_statement import release_statement

MARKS = {"asked": "…", "given": "✓", "refused": "✗", "void": "—"}


def clearing(at: Incident, stands: Statement, version: StatementVersion, shown: Mapping[str, Shown]) -> None:
    w = session.words()
    with session.reading() as connection:
        asked = {one.role: one for one in statements.clearances(connection, version.id)}
    html(f"<h2 class='cd-h2'>{h(w('clearing.title'))}</h2>")
    if stands.state == "released":
        _went_out(at, stands)
        return
    html(f"<ul class='cd-list'>{''.join(_line(at, role, asked.get(role)) for role in CLEARING_ROLES)}</ul>")
    _in_the_way(at, shown)
    if not asked:
        st.button(w("clearing.send"), type="primary", width="stretch", on_click=_send, args=(at, stands, version))
    for one in asked.values():
        if one.state == "asked":
            _mine(one)
    if stands.state == "cleared" and st.button(w("clearing.release"), type="primary", width="stretch"):
        _release(at, stands, version, dict(shown))
    error = session.notice("clearing")
    if error is not None:
        show.problem(error)


def _line(at: Incident, role: str, one: Clearance | None) -> str:
    w = session.words()
    name = f"<b>{h(w(f'role.{role}'))}</b>"
    if one is None:
        return f"<li>○ {name} <span class='cd-quiet'>{h(w('clearing.not_asked'))}</span></li>"
    mark = MARKS.get(one.state, "○")
    if one.state == "asked" and one.due_at:
        left = one.due_at - session.now()
        late = left.total_seconds() < 0
        text = w("clearing.late" if late else "clearing.left", span=span(left))
        return f"<li>{mark} {name} <span class='{'cd-late' if late else 'cd-quiet'}'>{h(text)}</span></li>"
    when = clock_time(one.decided_at, at.zone, session.here_now(at)) if one.decided_at else ""
    said = w("list.dot").join(part for part in (w(f"clearing.{one.state}"), one.decided_by, when, one.note) if part)
    return f"<li>{mark} {name} <span class='cd-quiet'>{h(said)}</span></li>"


def _in_the_way(at: Incident, shown: Mapping[str, Shown]) -> None:
    w = session.words()
    for language in LANGUAGES:
        found = obstacles(shown[language].sentences, language, lambda text, lang: shown[lang].verdict, shown[language].basis)
        if found:
            first = found[0].what if found[0].kind == "hole" else w(f"label.{found[0].what}") if found[0].what else ""
            key = "clearing.hole" if found[0].kind in ("hole", "empty") else "clearing.blocked"
            text = w(key, language=w(f"statement.view.{language}"), count=len(found), what=first)
            html(f"<p class='{'cd-act' if language == at.language else 'cd-quiet'}'>{h(text)}</p>")


def _send(at: Incident, stands: Statement, version: StatementVersion) -> None:
    session.do(
        send_to_clear, stands.id, seen=version.number, language=at.language, check=tools().check,
        actor=session.my_name(), field="clearing", said="clearing.sent",
    )  # fmt: skip


def _mine(one: Clearance) -> None:
    w = session.words()
    person = session.me()
    if person is None or one.role not in person.roles:
        return
    with st.container(border=True):
        html(f"<p>{h(w('clearing.yours', role=w(f'role.{one.role}')))}</p>")
        st.text_input(w("clearing.note"), key=f"note_{one.id}")
        with st.container(horizontal=True):
            st.button(w("clearing.give"), key=f"give_{one.id}", type="primary", on_click=_decide, args=(one, True))
            st.button(w("clearing.refuse"), key=f"refuse_{one.id}", on_click=_decide, args=(one, False))


def _decide(one: Clearance, given: bool) -> None:
    person = session.me()
    if person:
        note = st.session_state.get(f"note_{one.id}", "")
        session.do(decide_clearance, one.id, given=given, person_id=person.id, note=note, field="clearing")


@st.dialog(" ", width="large")
def _release(at: Incident, stands: Statement, version: StatementVersion, shown: dict[str, Shown]) -> None:
    w = session.words()
    html(f"<h2 class='cd-title'>{h(w('clearing.sure'))}</h2>")
    ready = [
        name for name in LANGUAGES
        if not release_obstacles(shown[name].sentences, (name,), lambda t, g: shown[g].verdict, shown[name].basis)
    ]  # fmt: skip
    for name in ready:
        html(f"<h2 class='cd-h2'>{h(w(f'statement.view.{name}'))}</h2>")
        html(f"<div class='cd-text'>{h(body(shown[name].sentences, name))}</div>")
    for name in LANGUAGES:
        if name not in ready:
            html(f"<p class='cd-act'>{h(w('clearing.not_in', language=w(f'statement.view.{name}')))}</p>")
    person = session.me()
    if person is None or "head" not in person.roles:
        show.empty("clearing.head_only")
        return
    if st.button(w("clearing.release.yes"), type="primary", width="stretch"):
        _released(at, stands, version, ready, person.id)


def _released(at: Incident, stands: Statement, version: StatementVersion, ready: list[str], person_id: int) -> None:
    with session.reading() as connection:
        channels = [one.value for one in facts.of_incident(connection, at.id) if one.slot == "channel" and one.settled]
    session.do(
        release_statement, stands.id, seen=version.number, languages=ready, check=tools().check, person_id=person_id,
        channels=channels, field="clearing", said="clearing.released",
    )  # fmt: skip
    st.rerun()


def _went_out(at: Incident, stands: Statement) -> None:
    w = session.words()
    with session.reading() as connection:
        out = [one for one in statements.publications(connection, at.id) if one.statement_id == stands.id]
    for one in out:
        hour = clock_time(one.released_at, at.zone, session.here_now(at))
        said = w("clearing.out", number=one.number, language=w(f"statement.view.{one.language}"), at=hour, name=one.released_by)
        html(f"<p>{h(said)}<br><span class='cd-saved'>SHA-256 {h(one.sha256[:16])}…</span></p>")
