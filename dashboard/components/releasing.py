"""The release: it asks once and shows exactly what goes out; and afterwards what went out, and how to correct it."""

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.show import clock_time, h, html
from dashboard.tools import tools
from incidents.deputies import acting_roles
from incidents.models import Incident
from statements.records import LANGUAGES, Clearance, Publication, Statement, StatementVersion, body, corrections
from storage import clearing, facts, statements
from workflows.correct_statement import MAX_WORDS, correct_statement
from workflows.release_statement import clear_and_release, release_statement
from workflows.ways import ways


def release_button(at: Incident, stands: Statement, version: StatementVersion, asked: Clearance | None = None) -> None:
    """With `asked`, the head's clearance and the release are one deed."""
    w = session.words()
    key = f"release_{asked.id if asked else stands.id}"
    label = w("clearing.mine.release" if asked else "clearing.release")
    if st.button(label, key=key, type="primary", width="content" if asked else "stretch"):
        _sure(at, stands, version, asked)


@st.dialog(" ", width="large")
def _sure(at: Incident, stands: Statement, version: StatementVersion, asked: Clearance | None) -> None:
    w = session.words()
    html(f"<h2 class='cd-title'>{h(w('clearing.sure'))}</h2>")
    with session.reading() as connection:
        sentences = statements.sentences(connection, version.id)
        ready = [
            name for name in LANGUAGES
            if not ways(connection, stands.id, (name,), check=tools().check, release=True).left
        ]  # fmt: skip
        open_duty = any(one.state == "open" for one in clearing.duties(connection, at.id))
    for name in ready:
        html(f"<h2 class='cd-h2'>{h(w(f'statement.view.{name}'))}</h2>")
        html(f"<div class='cd-text' lang='{name}'>{h(body(sentences, name))}</div>")
    for name in LANGUAGES:
        if name not in ready:
            html(f"<p class='cd-act'>{h(w('clearing.not_in', language=w(f'statement.view.{name}')))}</p>")
    if open_duty:
        html(f"<p class='cd-act'>{h(w('duty.title'))}: {h(w('duty.still'))}</p>")
    person = session.me()
    if person is None or "head" not in acting_roles(person, session.people(), session.now()):
        show.empty("clearing.head_only")
        return
    if st.button(w("clearing.release.yes"), type="primary", width="stretch", disabled=not ready):
        _released(at, stands, version, ready, person.id, asked)


def _released(
    at: Incident, stands: Statement, version: StatementVersion, ready: list[str], person_id: int, asked: Clearance | None
) -> None:
    with session.reading() as connection:
        channels = [one.value for one in facts.of_incident(connection, at.id) if one.slot == "channel" and one.settled]
    deed = clear_and_release if asked else release_statement
    session.do(
        deed, asked.id if asked else stands.id, seen=version.number, languages=ready, check=tools().check, person_id=person_id,
        channels=channels, field="clearing", said="clearing.released",
    )  # fmt: skip
    st.rerun()


def went_out(at: Incident, stands: Statement) -> None:
    """What went out: number, hour, who, checksum; what it corrects and what corrects it."""
    with session.reading() as connection:
        out = statements.publications(connection, at.id)
    mine = [one for one in out if one.statement_id == stands.id]
    for one in mine:
        html(f"<p>{_line(at, one, out)}<br><span class='cd-saved'>SHA-256 {h(one.sha256[:16])}…</span></p>")
    if mine:
        _correct(at, mine)


def _line(at: Incident, one: Publication, out: tuple[Publication, ...]) -> str:
    w = session.words()
    hour = clock_time(one.released_at, at.zone, session.here_now(at))
    name = w("clearing.by_for", name=one.released_by, principal=one.released_for) if one.released_for else one.released_by
    said = w("clearing.out", number=one.number, language=w(f"statement.view.{one.language}"), at=hour, name=name)
    corrects, corrected_by = corrections(out, one)
    marks = [w("correct.corrects", number=corrects)] if corrects else []
    marks += [w("correct.corrected_by", number=number) for number in corrected_by]
    badges = "".join(f" <span class='cd-badge cd-badge-accent'>{h(mark)}</span>" for mark in marks)
    return h(said) + badges


def _correct(at: Incident, mine: list[Publication]) -> None:
    w = session.words()
    number = mine[0].number
    with st.expander(w("correct.title", number=number)):
        html(f"<p class='cd-quiet'>{h(w('correct.what'))}</p>")
        for language in (one for one in LANGUAGES if any(out.language == one for out in mine)):
            name = w(f"statement.view.{language}")
            for field in ("wrong", "right"):
                label = w(f"correct.{field}", language=name)
                st.text_input(label, key=f"correct_{field}_{language}_{number}", max_chars=MAX_WORDS)
        st.button(w("correct.button"), key=f"correct_{number}", on_click=_corrected, args=(at, number))
        error = session.notice("correct")
        if error is not None:
            show.problem(error)


def _corrected(at: Incident, number: int) -> None:
    said = {
        field: {name: st.session_state.get(f"correct_{field}_{name}_{number}", "") for name in LANGUAGES}
        for field in ("wrong", "right")
    }
    made = session.do(
        correct_statement, at.id, number, wrong=said["wrong"], right=said["right"], kit=tools().kit, check=tools().check,
        actor=session.my_name(), field="correct",
    )  # fmt: skip
    if made:
        st.session_state.statement_id = made
