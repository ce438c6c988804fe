"""Timeline: everything that happened and who did it, in one column. Rows are added, never changed."""

from itertools import groupby

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.show import clock_time, h, html
from dashboard.components.telling import told
from dashboard.components.verifying import verifying
from documents.timeline import as_csv
from incidents.models import Event, Incident
from incidents.trail import first_break
from storage import events
from workflows.read_log import FOR_LEGAL, read_log
from workflows.record_note import record_note

SHOWN_AT_ONCE = 200


def page() -> None:
    at = session.incident()
    if at is None:
        st.switch_page("screens/incidents.py")
    show.title("timeline.title", "timeline.question")
    with session.reading() as connection:
        chain = events.of_incident(connection, at.id)
        log = read_log(connection, at.id, session.caller())
    _note(at)
    _whole(chain)
    chosen = _filtered(log)
    if not chosen:
        show.empty("timeline.empty")
    for day, mine in groupby(reversed(chosen[-SHOWN_AT_ONCE:]), key=lambda event: show.day(event.case_at, at.zone)):
        html(f"<h2 class='cd-h2' style='margin-top:1rem'>{h(day)}</h2>")
        runs = (list(run) for _, run in groupby(mine, key=_alike))
        html(f"<ul class='cd-list'>{''.join(_line(at, run) for run in runs)}</ul>")
    _export(at, log)
    verifying(at)


def _note(at: Incident) -> None:
    w = session.words()
    with st.form("note", clear_on_submit=False, border=False):
        left, right = st.columns([8, 2], vertical_alignment="bottom")
        left.text_input(w("timeline.note"), key="note_text", placeholder=w("timeline.note.hint"))
        right.form_submit_button(w("timeline.note.button"), on_click=_noted, args=(at,), width="stretch")
        st.checkbox(w("timeline.note.legal"), key="note_legal")
    error = session.notice("note")
    if error is not None:
        show.problem(error)


def _noted(at: Incident) -> None:
    text = st.session_state.note_text
    legal_only = bool(st.session_state.get("note_legal"))
    session.do(record_note, at.id, text, actor=session.my_name(), legal_only=legal_only, field="note")
    if session.notice("note") is None:
        st.session_state.note_text = ""


def _whole(log: tuple[Event, ...]) -> None:
    broken = first_break(log)
    if broken is not None:
        st.error(session.words()("timeline.broken", number=broken))


def _filtered(log: tuple[Event, ...]) -> list[Event]:
    w = session.words()
    left, right = st.columns(2)
    who = sorted({event.actor for event in log if event.actor})
    chosen = left.selectbox(w("timeline.who"), who, index=None, placeholder=w("timeline.all"))
    kinds = sorted({_kind(event) for event in log})
    kind = right.selectbox(
        w("timeline.what"), kinds, index=None, placeholder=w("timeline.all"), format_func=lambda k: w(f"timeline.kind.{k}")
    )
    return [event for event in log if chosen in (None, event.actor) and kind in (None, _kind(event))]


def _kind(event: Event) -> str:
    return "note" if event.deed in ("noted", FOR_LEGAL) else event.deed.split("_")[0]


def _alike(event: Event) -> object:
    """Groups put on the board in one go are told in one line; everything else stands for itself."""
    return (event.deed, event.wall_at, event.actor) if event.deed == "audience_added" else event.sequence


def _line(at: Incident, run: list[Event]) -> str:
    first, w = run[0], session.words()
    hour = clock_time(first.case_at, at.zone, first.case_at)
    who = f"<b>{h(first.actor)}</b> " if first.actor else ""
    names = w("list.comma").join(str(one.facts.get("name") or "") for one in reversed(run))
    said = told(first) if len(run) == 1 else w("timeline.audiences_added", count=len(run), names=names)
    return f"<li><span class='cd-when'>{h(hour)}</span>{who}{h(said)}</li>"


def _export(at: Incident, log: tuple[Event, ...]) -> None:
    w = session.words()
    rows = [
        (show.moment(event.case_at, at.zone), event.actor or w("timeline.desk"), told(event), event.hash) for event in log
    ]
    heads = [w(f"timeline.column.{name}") for name in ("at", "who", "what", "hash")]
    st.download_button(
        w("timeline.export"), as_csv(heads, rows), file_name=f"timeline-{at.id}.csv", mime="text/csv", on_click="ignore"
    )


page()
