"""Personal data of an incident: masked, opened with a reason, held, erased."""

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.show import h, html
from incidents.models import Incident
from incidents.personal import CLASSES, FIELDS, LONGEST
from storage import personal
from storage.personal import Masked
from workflows.keep_personal import erase_personal, hold_personal, keep_personal, open_personal

FIELD = "personal"


def kept_apart(at: Incident) -> None:
    w = session.words()
    opened = st.session_state.pop("personal_opened", None)  # seen once: the next run covers it again
    with session.reading() as connection:
        known = personal.of_incident(connection, at.id)
    with st.expander(w("personal.title"), expanded=opened is not None or session.notice(FIELD) is not None):
        html(f"<p class='cd-quiet' style='max-width:46em'>{h(w('personal.help'))}</p>")
        error = session.notice(FIELD)
        if error is not None:
            show.problem(error)
        if not known:
            show.empty("personal.none")
        for one in known:
            _row(at, one, opened[1] if opened and opened[0] == one.id else None)
        _new(at)


def _row(at: Incident, one: Masked, words: dict[str, str] | None) -> None:
    w = session.words()
    said = words if words is not None else one.shown
    parts = w("list.dot").join(str(said[name]) for name in FIELDS if said.get(name))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        html(
            f"<div><span class='cd-quiet'>{h(w(f'personal.class.{one.data_class}'))}</span> {h(parts)} "
            f"<span class='cd-quiet'>{h(_state(at, one))}</span></div>"
        )
        if one.erased_at is None:
            _more(one, words is not None)


def _state(at: Incident, one: Masked) -> str:
    w = session.words()
    if one.erased_at is not None:
        return w("personal.erased", at=show.day(one.erased_at, at.zone))
    if one.legal_hold:
        return w("personal.held")
    return w("personal.until", at=f"{one.retention_until:%Y-%m-%d}") if one.retention_until else ""


def _more(one: Masked, is_open: bool) -> None:
    w = session.words()
    if is_open:
        st.button(w("personal.close"), key=f"personal_close_{one.id}")
        return
    with st.popover(w("personal.more")):
        st.text_input(w("personal.reason"), key=f"personal_reason_{one.id}", max_chars=300)
        with st.container(horizontal=True):
            st.button(w("personal.open"), key=f"personal_open_{one.id}", type="primary", on_click=_open, args=(one,))
            word = "personal.free" if one.legal_hold else "personal.hold"
            st.button(w(word), key=f"personal_hold_{one.id}", on_click=_do, args=(hold_personal, one, not one.legal_hold))
            st.button(w("personal.erase"), key=f"personal_erase_{one.id}", on_click=_do, args=(erase_personal, one))


def _new(at: Incident) -> None:
    w = session.words()
    st.segmented_control(
        w("personal.class"), CLASSES, key="personal_class", default=CLASSES[0], required=True,
        format_func=lambda one: w(f"personal.class.{one}"),
    )  # fmt: skip
    for name in FIELDS:
        st.text_input(w(f"personal.field.{name}"), key=f"personal_new_{name}", max_chars=LONGEST[name])
    st.button(w("personal.add"), key="personal_add", on_click=_add, args=(at,))


def _add(at: Incident) -> None:
    state = st.session_state
    given = {name: state[f"personal_new_{name}"] for name in FIELDS}
    made = session.do(
        keep_personal, at.id, state.personal_class, given, actor=session.my_name(), field=FIELD, said="personal.added"
    )
    if made:
        for name in FIELDS:
            state[f"personal_new_{name}"] = ""


def _open(one: Masked) -> None:
    words = session.do(open_personal, one.id, reason=_reason(one), actor=session.my_name(), field=FIELD)
    if words is not None:
        st.session_state["personal_opened"] = (one.id, words)
        st.session_state[f"personal_reason_{one.id}"] = ""


def _do(deed, one: Masked, *args) -> None:
    session.do(deed, one.id, *args, reason=_reason(one), actor=session.my_name(), field=FIELD)


def _reason(one: Masked) -> str:
    return str(st.session_state.get(f"personal_reason_{one.id}") or "")
