"""A danger was known: a person must decide now whether people are warned. It stays until head and legal have decided."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.approve import my_roles
from dashboard.components.show import clock_time, h, html, span
from dashboard.tools import tools
from errors import NotAllowed
from incidents.models import Incident
from statements.duty import CHOICES, DECIDING_ROLES, DutyDecision, knowledge, unheard
from statements.records import Sentence, Statement
from storage import clearing, incidents
from workflows.decide_warning import decide_warning, record_report, watch_for_knowledge


def watch(at: Incident, stands: Statement, sentences: Sequence[Sentence], verdicts: Mapping[str, Any]) -> None:
    """Words that say a danger was known open a decision, whatever becomes of the words."""
    said = knowledge(sentences, {language: verdict.findings for language, verdict in verdicts.items()})
    if not said or stands.state == "released":
        return
    with session.reading() as connection:
        known = clearing.duties(connection, at.id)
    if unheard(known, said):
        session.do(watch_for_knowledge, stands.id, check=tools().check, actor=session.my_name(), field="duty")
        if isinstance(session.notice("duty"), NotAllowed):  # somebody who only reads: whoever wrote it has opened it
            session.clear("duty")


def duties(at: Incident) -> None:
    """Open decisions in red, decided ones in a line each."""
    with session.reading() as connection:
        known = clearing.duties(connection, at.id)
        reports = {
            one.subject_id: one for one in incidents.clocks(connection, at.id) if one.rule == "recall_report" and not one.stopped_at
        }
    for one in known:
        if one.state == "open":
            _open(at, one)
        else:
            _decided(at, one, reports.get(one.id))
    error = session.notice("duty")
    if error is not None:
        show.problem(error)


def _open(at: Incident, one: DutyDecision) -> None:
    w = session.words()
    left = one.due_at - session.here_now(at)
    late = left.total_seconds() < 0
    with st.container(border=True, key=f"cd_duty_{one.id}"):
        clock = w("duty.late" if late else "duty.left", span=span(left))
        html(f"<h2 class='cd-h2 cd-act'>{h(w('duty.title'))} <small class='{'cd-late' if late else ''}'>{h(clock)}</small></h2>")
        quotes = "".join(_quote(quote) for quote in one.quotes)
        votes = "".join(f"<li class='cd-quiet'>{h(_vote(role, one.vote(role)))}</li>" for role in DECIDING_ROLES)
        html(f"<p>{h(w('duty.what'))}</p>{quotes}<ul class='cd-list'>{votes}</ul>")
        if one.legal and one.head:
            html(f"<p class='cd-act'>{h(w('duty.differ'))}</p>")
        mine = [role for role in DECIDING_ROLES if role in my_roles()]
        html(f"<p class='cd-quiet'>{h(w('duty.still') if mine else w('duty.nobody'))}</p>")
        _mine(one, mine)


def _quote(quote: Mapping[str, str]) -> str:
    label = session.words()("duty.quote", language=session.words()(f"statement.view.{quote['language']}"))
    return f"<div class='cd-quote'>{h(label)}　{h(quote['text'])}</div>"


def _vote(role: str, vote: Mapping[str, Any] | None) -> str:
    w = session.words()
    if vote is None:
        return w("duty.vote.open", role=w(f"role.{role}"))
    name = w("clearing.by_for", name=vote["by"], principal=vote["for"]) if vote.get("for") else vote["by"]
    return w("duty.vote", role=w(f"role.{role}"), name=name, choices=_said(vote["choices"]), reason=vote["reason"])


def _said(choices: Sequence[str]) -> str:
    w = session.words()
    return w("list.comma").join(w(f"duty.choice.{one}") for one in choices) or w("duty.choice.none")


def _mine(one: DutyDecision, roles: Sequence[str]) -> None:
    w = session.words()
    if not roles:
        return
    person = session.me()
    role = next((name for name in roles if one.vote(name) is None), roles[0])
    theirs = one.vote("legal" if role == "head" else "head")
    key = f"duty_{one.id}"
    st.pills(
        w("duty.choices"), CHOICES, selection_mode="multi", key=f"{key}_choices", default=list(theirs["choices"]) if theirs else [],
        format_func=lambda name: w(f"duty.choice.{name}"),
    )  # fmt: skip
    st.text_input(w("duty.reason"), key=f"{key}_reason")
    st.button(
        w("duty.decide", role=w(f"role.{role}")), key=f"{key}_decide", type="primary", on_click=_decide,
        args=(one, role, person.id if person else 0),
    )  # fmt: skip


def _decide(one: DutyDecision, role: str, person_id: int) -> None:
    session.do(
        decide_warning, one.id, role=role, choices=st.session_state.get(f"duty_{one.id}_choices") or [], person_id=person_id,
        reason=st.session_state.get(f"duty_{one.id}_reason", ""), field="duty",
    )  # fmt: skip


def _decided(at: Incident, one: DutyDecision, clock: Any) -> None:
    w = session.words()
    said = w("duty.decided", choices=_said(one.choices or ()))
    names = w("list.comma").join(str(vote["by"]) for vote in (one.head, one.legal) if vote)
    html(f"<p><b>{h(said)}</b> <span class='cd-quiet'>{h(names)} · {h(one.quotes[0]['text'])}</span></p>")
    if one.reported_at:
        hour = clock_time(one.reported_at, at.zone, session.now())
        html(f"<p class='cd-quiet'>{h(w('duty.reported', to=one.reported_to, name=one.reported_by, at=hour))}</p>")
    elif clock is not None:
        due = clock_time(clock.due_at, at.zone, session.here_now(at))
        html(f"<p class='cd-act'>{h(w('duty.report.due', at=due))}</p>")
        st.text_input(w("duty.report.to"), key=f"duty_{one.id}_to")
        st.button(w("duty.report.button"), key=f"duty_{one.id}_reported", on_click=_reported, args=(one,))


def _reported(one: DutyDecision) -> None:
    session.do(record_report, one.id, to=st.session_state[f"duty_{one.id}_to"], actor=session.my_name(), field="duty")
