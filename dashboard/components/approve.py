"""What waits for the person at the screen: the text with its marks, give it or return it with a reason."""

from collections.abc import Sequence

import streamlit as st

from dashboard import session
from dashboard.components.kinds import kind_name
from dashboard.components.look_text import marked
from dashboard.components.releasing import release_button
from dashboard.components.show import h, html, span
from dashboard.tools import tools
from incidents.deputies import acting_roles
from incidents.models import Incident
from statements.records import LANGUAGES, Clearance, Statement, StatementVersion, body
from statements.steps import clock_state
from storage import statements
from workflows.clear_statement import decide_clearance


def my_roles() -> tuple[str, ...]:
    """The roles the person at the screen may decide in now: their own, and those of whom they stand in for."""
    person = session.me()
    return acting_roles(person, session.people(), session.now()) if person else ()


def owed_by_me(asked: Sequence[Clearance]) -> list[Clearance]:
    roles = my_roles()
    return [one for one in asked if one.state == "asked" and one.role in roles]


def time_left(one: Clearance) -> str:
    """The clock of a step as HTML: calm, amber, red, each in words too."""
    if one.due_at is None:
        return ""
    left = one.due_at - session.now()
    state = clock_state(left)
    text = session.words()(f"clearing.{'left' if state == 'calm' else state}", span=span(left))
    return f"<span class='cd-{ {'calm': 'quiet', 'soon': 'soon', 'late': 'late'}[state] }'>{h(text)}</span>"


def waiting_card(at: Incident) -> None:
    """On the command page: the first text that waits for this person, to be read and answered without leaving the page."""
    w = session.words()
    with session.reading() as connection:
        mine = owed_by_me(statements.waiting_in(connection, at.id))
        if not mine:
            return
        stands = statements.get(connection, mine[0].statement_id)
        version = statements.latest(connection, stands.id)
        sentences = statements.sentences(connection, version.id)
    same = [one for one in mine if one.statement_id == stands.id]
    text = body(sentences, at.language)
    with st.container(border=True, key="cd_waiting"):
        html(f"<h1 class='cd-h2 cd-act'>{h(w('approve.title'))}</h1>")
        roles = w("list.comma").join(w(f"role.{one.role}") for one in same)
        said = w("approve.text", kind=kind_name(stands.kind), number=version.number, role=roles)
        html(f"<p>{h(said)} {time_left(same[0])}</p>")
        _text(text, at.language)
        for language in (one for one in LANGUAGES if one != at.language and body(sentences, one)):
            with st.expander(w(f"statement.view.{language}")):
                _text(body(sentences, language), language)
        facts = {number for one in sentences if one.language == at.language for number in one.facts}
        html(f"<p class='cd-quiet'>{h(w('approve.marks', count=len(facts)))}</p>")
        answer(at, stands, version, same)
        if len(mine) > len(same):
            html(f"<p class='cd-quiet'>{h(w('approve.open', count=len(mine) - len(same)))}</p>")


def _text(text: str, language: str) -> None:
    found = tools().check(text, language).findings
    html(f"<div class='cd-text cd-scroll' tabindex='0' lang='{language}'>{marked(text, found)}</div>")


def answer(at: Incident, stands: Statement, version: StatementVersion, mine: Sequence[Clearance]) -> None:
    """Give or refuse what is owed: all of it at once, or one by one."""
    w = session.words()
    if len(mine) > 1:
        roles = w("list.comma").join(w(f"role.{one.role}") for one in mine)
        st.button(
            w("clearing.mine.both", roles=roles), key="give_all", type="primary", width="stretch", on_click=_give_all,
            args=(mine,),
        )  # fmt: skip
    for one in mine:
        if len(mine) > 1:
            html(f"<p>{h(w('clearing.yours', role=w(f'role.{one.role}')))}</p>")
        st.text_input(w("clearing.note"), key=f"note_{one.id}")
        with st.container(horizontal=True):
            if one.role == "head":
                release_button(at, stands, version, one)
            st.button(
                w("clearing.give"), key=f"give_{one.id}", on_click=_decide, args=(one, True),
                type="primary" if len(mine) == 1 and one.role != "head" else "secondary",
            )  # fmt: skip
            st.button(w("clearing.refuse"), key=f"refuse_{one.id}", on_click=_decide, args=(one, False))


def _give_all(mine: Sequence[Clearance]) -> None:
    for one in mine:
        _decide(one, True)


def _decide(one: Clearance, given: bool) -> None:
    person = session.me()
    if person:
        note = st.session_state.get(f"note_{one.id}", "")
        session.do(decide_clearance, one.id, given=given, person_id=person.id, note=note, field="clearing")
