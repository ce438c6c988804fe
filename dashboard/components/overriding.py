"""What stands in the text's way, with the rule behind it; and, where the rule allows, two people who let it through."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import session
from dashboard.components.approve import my_roles
from dashboard.components.show import h, html
from dashboard.tools import tools
from incidents.models import Incident
from statements.overrides import OVERRIDE_ROLES, InTheWay, Override
from statements.records import LANGUAGES, Statement, StatementVersion
from storage import clearing
from workflows.override_block import ask_override, decide_override
from workflows.ways import ways

SHOWN = 6


def in_the_way(at: Incident, stands: Statement, version: StatementVersion) -> None:
    """Everything that keeps the text from going out, the incident's language first."""
    w = session.words()
    with session.reading() as connection:
        found = ways(connection, stands.id, LANGUAGES, check=tools().check, release=True)
        asked = {one.finding_key: one for one in clearing.overrides(connection, version.id)}
    if not found.all:
        html(f"<p class='cd-quiet'>{h(w('clearing.none_in_way'))}</p>")
        return
    left = {one.key for one in found.left}
    shown = sorted(found.all, key=lambda one: (one.language != at.language, one.key not in left))
    for number, one in enumerate(shown[:SHOWN]):
        _one(at, stands, version, one, asked.get(one.key), one.key in left, number)
    if len(shown) > SHOWN:
        html(f"<p class='cd-quiet'>{h(w('clearing.way.more', count=len(shown) - SHOWN))}</p>")


def _one(
    at: Incident, stands: Statement, version: StatementVersion, one: InTheWay, asked: Override | None, blocks: bool, number: int
) -> None:
    w = session.words()
    what = w(f"label.{one.label}") if one.label else w(f"clearing.way.{one.kind}")
    mark = ("cd-act" if one.language == at.language else "cd-quiet") if blocks else "cd-fact-confirmed"
    quote = f" {h(w('clearing.quote', text=one.quote))}" if one.quote else ""
    language = w(f"statement.view.{one.language}")
    html(f"<div class='cd-quote'><span class='{mark}'>{'✗' if blocks else '✓'} {h(what)}</span>{quote} "
         f"<span class='cd-quiet'>{h(language)}</span>{_why(one)}</div>")  # fmt: skip
    if asked is not None and asked.state != "void":
        _asked(asked)
    elif one.may_be_overridden:
        _ask(stands, version, one, number)


def _why(one: InTheWay) -> str:
    w = session.words()
    lines = []
    if one.rule is not None:
        checked = w("clearing.rule.checked", day=one.rule.last_checked) if one.rule.last_checked else w("clearing.rule.unchecked")
        lines.append(w("clearing.rule", source=one.rule.source(w.language), rule=one.rule.id, checked=checked))
        lines += [] if one.rule.override else [w("clearing.rule.none")]
    lines += [w("clearing.way.fact")] if one.fact_can_lift else []
    return "".join(f"<br><span class='cd-saved'>{h(line)}</span>" for line in lines)


def _ask(stands: Statement, version: StatementVersion, one: InTheWay, number: int) -> None:
    w = session.words()
    key = f"override_{version.id}_{number}"
    with st.popover(w("override.ask"), key=f"{key}_open", type="tertiary"):
        st.text_area(w("override.reason"), key=key, height=80)
        st.button(w("override.ask.button"), key=f"{key}_ask", on_click=_asking, args=(stands, version, one.key, key))


def _asking(stands: Statement, version: StatementVersion, finding: str, key: str) -> None:
    session.do(
        ask_override, stands.id, finding, seen=version.number, reason=st.session_state[key], check=tools().check,
        actor=session.my_name(), field="clearing", said="override.asked",
    )  # fmt: skip


def _asked(one: Override) -> None:
    w = session.words()
    if one.state == "standing":
        names = {role: (getattr(one, role) or {}).get("by", "") for role in OVERRIDE_ROLES}
        html(f"<p class='cd-quiet'>{h(w('clearing.way.let', **names))}</p>")
        return
    if one.state == "refused":
        no = next(vote for vote in (one.legal, one.head) if vote and not vote["given"])
        html(f"<p class='cd-quiet'>{h(w('override.refused', quote=one.quote, reason=no.get('note') or ''))}</p>")
        return
    said = w("override.waits", quote=one.quote, reason=one.reason, name=one.asked_by)
    votes = w("list.dot").join(_vote(role, getattr(one, role)) for role in OVERRIDE_ROLES)
    html(f"<p>{h(said)}<br><span class='cd-quiet'>{h(votes)}</span></p>")
    _mine(one, [role for role in OVERRIDE_ROLES if getattr(one, role) is None and role in my_roles()])


def _vote(role: str, vote: Mapping[str, str] | None) -> str:
    w = session.words()
    if vote is None:
        return w("override.vote.open", role=w(f"role.{role}"))
    name = w("clearing.by_for", name=vote["by"], principal=vote["for"]) if vote.get("for") else vote["by"]
    return w("override.vote.given", role=w(f"role.{role}"), name=name)


def _mine(one: Override, roles: Sequence[str]) -> None:
    w = session.words()
    for role in roles[:1]:
        html(f"<p class='cd-quiet'>{h(w('override.yours', role=w(f'role.{role}')))}</p>")
        st.text_input(w("clearing.note"), key=f"override_note_{one.id}")
        with st.container(horizontal=True):
            for given, name in ((True, "give"), (False, "refuse")):
                st.button(
                    w(f"override.{name}"), key=f"override_{name}_{one.id}", on_click=_decide, args=(one, role, given)
                )


def _decide(one: Override, role: str, given: bool) -> None:
    person = session.me()
    if person:
        session.do(
            decide_override, one.id, role=role, given=given, person_id=person.id, field="clearing",
            note=st.session_state.get(f"override_note_{one.id}", ""),
        )  # fmt: skip
