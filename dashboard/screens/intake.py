"""Intake 首报: what do we know? One page; every field is stored when it is left, and may say that it is not known."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.show import h, html
from dashboard.tools import tools, with_stock
from incidents.intake import FIELDS, MAX_COUNT, SECTIONS, IntakeField
from incidents.models import Incident, IntakeAnswer
from storage import incidents
from workflows.save_intake_answer import save_intake_answer
from workflows.take_stock import take_stock

OPEN_AT_ONCE = ("first",)
FORM_WIDTH = 760
EMPTY = {"time": None, "count": None, "choice": None}
CAN_BE_UNKNOWN = ("what_happened", "happened_at", "place", "deaths", "injured", "missing", "cause")


def page() -> None:
    at = session.incident()
    if at is None:
        st.switch_page("screens/incidents.py")
    with session.reading() as connection:
        answers = incidents.answers(connection, at.id)
    with st.container(width=FORM_WIDTH):
        show.title("intake.title", "intake.question")
        for section in SECTIONS:
            _section(at, section, answers)
        _next(at)


def _section(at: Incident, section: str, answers: dict[str, IntakeAnswer]) -> None:
    w = session.words()
    mine = [field for field in FIELDS if field.section == section]
    if section in OPEN_AT_ONCE:
        _fields(at, mine, answers)
        return
    given = sum(field.name in answers and answers[field.name].asked for field in mine)
    with st.expander(w(f"intake.section.{section}"), key=f"section_{section}"):  # the label stays: a new one would fold it
        html(f"<p class='cd-saved'>{h(w('intake.filled', count=given, total=len(mine)))}</p>")
        _fields(at, mine, answers)


def _fields(at: Incident, fields: list[IntakeField], answers: dict[str, IntakeAnswer]) -> None:
    counts = [field for field in fields if field.kind == "count"]
    for field in fields:
        if field.kind == "count":
            if field is counts[0]:
                for column, one in zip(st.columns(len(counts)), counts, strict=True):
                    with column:
                        _field(at, one, answers.get(one.name, IntakeAnswer(one.name)))
        else:
            _field(at, field, answers.get(field.name, IntakeAnswer(field.name)))


def _field(at: Incident, field: IntakeField, answer: IntakeAnswer) -> None:
    w = session.words()
    key = f"intake:{at.id}:{field.name}"
    _show_stored(key, at, field, answer)
    save = {"on_change": _save, "args": (at, field, answer.version)}
    label = w(f"intake.{field.name}.label")
    hint = w(f"intake.{field.name}.hint") if w.has(f"intake.{field.name}.hint") else None
    _WIDGETS[field.kind](at, field, key, label, hint, answer.unknown, save)
    if field.name in CAN_BE_UNKNOWN:
        st.checkbox(w("intake.unknown"), key=f"{key}:unknown", on_change=_save_unknown, args=(at, field, answer.version))
    error = session.notice(key)
    if error is not None:
        show.problem(error)


def _show_stored(key: str, at: Incident, field: IntakeField, answer: IntakeAnswer) -> None:
    """Put what is stored on the screen, unless something the person typed could not be stored."""
    if session.notice(key) is not None and key in st.session_state:
        return
    seen = st.session_state.get(f"{key}:version")
    st.session_state[f"{key}:version"] = answer.version
    if seen == answer.version and key in st.session_state:
        return
    stored = {key: _on_screen(at, field, answer.value), f"{key}:unknown": answer.unknown}
    shown = {key: EMPTY.get(field.kind, ""), f"{key}:unknown": False}
    for name, value in stored.items():  # what stands on the screen already is left alone: somebody may be typing in it
        if st.session_state.get(name, shown[name]) != value:
            st.session_state[name] = value


def _on_screen(at: Incident, field: IntakeField, value: Any) -> Any:
    if field.kind == "lines":
        return "\n".join(value or ())
    if field.kind == "time":
        return datetime.fromisoformat(value).astimezone(ZoneInfo(at.zone)).replace(tzinfo=None) if value else None
    return value if field.kind in ("count", "choice") else value or ""


def _save(at: Incident, field: IntakeField, version: int) -> None:
    key = f"intake:{at.id}:{field.name}"
    session.do(
        with_stock(save_intake_answer, at.id), at.id, field.name, value=st.session_state[key], version=version,
        actor=session.my_name(), field=key,
    )  # fmt: skip


def _save_unknown(at: Incident, field: IntakeField, version: int) -> None:
    key = f"intake:{at.id}:{field.name}"
    session.do(
        with_stock(save_intake_answer, at.id), at.id, field.name, unknown=st.session_state[f"{key}:unknown"], version=version,
        actor=session.my_name(), field=key,
    )  # fmt: skip


# --- one widget a kind -------------------------------------------------------------------------------------------

def _text(at: Incident, field: IntakeField, key: str, label: str, hint: str | None, off: bool, save: dict) -> None:
    if field.long:
        st.text_area(label, key=key, height=110, placeholder=hint, disabled=off, **save)
    else:
        st.text_input(label, key=key, placeholder=hint, disabled=off, **save)


def _lines(at: Incident, field: IntakeField, key: str, label: str, hint: str | None, off: bool, save: dict) -> None:
    st.text_area(label, key=key, height=92, placeholder=hint, disabled=off, **save)


def _time(at: Incident, field: IntakeField, key: str, label: str, hint: str | None, off: bool, save: dict) -> None:
    zone = show.zone_name(at.zone)
    st.datetime_input(f"{label} · {zone}", value=None, key=key, format="YYYY-MM-DD", step=60, disabled=off, **save)


def _count(at: Incident, field: IntakeField, key: str, label: str, hint: str | None, off: bool, save: dict) -> None:
    st.number_input(label, value=None, min_value=0, max_value=MAX_COUNT, step=1, key=key, disabled=off, **save)


def _choice(at: Incident, field: IntakeField, key: str, label: str, hint: str | None, off: bool, save: dict) -> None:
    w = session.words()
    st.selectbox(
        label, field.choices, index=None, key=key, placeholder=w("intake.choose"), disabled=off,
        format_func=lambda choice: w(f"intake.{field.name}.{choice}"), **save,
    )  # fmt: skip


_WIDGETS = {"text": _text, "lines": _lines, "time": _time, "count": _count, "choice": _choice}


def _next(at: Incident) -> None:
    w = session.words()
    html(f"<p class='cd-saved'>{h(w('intake.saved'))}</p>")
    if st.button(w("intake.done"), type="primary", width="stretch"):
        with st.spinner(w("intake.judging")):
            session.do(take_stock, at.id, tools=tools())
        if session.notice() is None:
            st.switch_page("screens/command.py")
        st.rerun()


page()
