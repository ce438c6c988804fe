"""An official notice: pasted, kept as a finding with its source, and held against our facts line by line."""

from collections.abc import Sequence

import streamlit as st

from dashboard import session
from dashboard.components import facts as shown
from dashboard.components import show
from dashboard.components.show import h, html
from incidents.models import Fact, Incident
from statements.contradiction import against_facts
from workflows.paste_notice import paste_notice


def notice(at: Incident, known: Sequence[Fact]) -> None:
    w = session.words()
    pasted = [fact for fact in known if fact.kind == "finding" and fact.status == "official"]
    for one in pasted:
        _compared(at, one, known)
    with st.expander(w("notice.title")):
        st.text(w("notice.what"))
        st.text_area(w("notice.text"), key="notice_text", height=140)
        st.text_input(w("notice.source"), key="notice_source")
        st.text_input(w("notice.number"), key="notice_number")
        st.button(w("notice.add"), type="primary", on_click=_paste, args=(at,))
        error = session.notice("notice")
        if error is not None:
            show.problem(error)


def _compared(at: Incident, one: Fact, known: Sequence[Fact]) -> None:
    """What the notice says otherwise than we do; it stands until the fact is put right."""
    w = session.words()
    differs = against_facts(one, known, at.zone)
    title = w("list.dot").join(part for part in (w("notice.title"), one.source or "", one.document_number or "") if part)
    html(f"<h2 class='cd-h2' style='margin-top:1rem'>{h(title)}</h2>")
    if not differs:
        html(f"<p class='cd-quiet'>✓ {h(w('notice.same'))}</p>")
        return
    for claim, fact in differs:
        said = w(
            "notice.differs", slot=w(f"slot.{fact.slot}"), theirs=claim.text, ours=shown.said(fact, at),
            status=w(f"fact.status.{fact.status}"),
        )  # fmt: skip
        html(f"<div class='cd-quote'><span class='cd-act'>✗</span> {h(said)}</div>")
    html(f"<p class='cd-quiet'>{h(w('notice.then'))}</p>")


def _paste(at: Incident) -> None:
    state = st.session_state
    made = session.do(
        paste_notice, at.id, state.notice_text, source=state.notice_source, document_number=state.notice_number,
        actor=session.my_name(), field="notice", said="notice.added",
    )  # fmt: skip
    if made:
        state.notice_text = state.notice_source = state.notice_number = ""
