"""What stands above every page: which incident, how long it has been known, what is due next, who is looking."""

from functools import cache
from urllib.parse import quote

import streamlit as st

from dashboard import session
from dashboard.components import marks
from dashboard.components.show import clock_time, h, html, plain_md, span, zone_name
from incidents.clocks import due, elapsed
from incidents.models import ROLES, Clock, Incident, Person, TypeRecord
from storage import incidents, judgements
from words import LANGUAGES
from workflows.add_person import add_person

_ICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0E6F6A"/>
<path d="M7 9h18v11H15l-5 5v-5H7z" fill="#fff"/></svg>"""


@cache
def icon() -> str:
    return f"data:image/svg+xml,{quote(_ICON)}"


def show() -> None:
    at = session.incident()
    w = session.words()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="cd_top"):
        band = w("product.name") if at is None or at.kind == "real" else w(f"kind.{at.kind}.band")
        html(f"<div class='{'cd-quiet' if at is None or at.kind == 'real' else 'cd-example'}'>{h(band)}</div>")
        _language()
        _who(at)
    if at:
        _name(at)


@st.fragment(run_every=30)
def _name(at: Incident) -> None:
    w = session.words()
    with session.reading() as connection:
        current = judgements.current(connection, at.id)
        clocks = incidents.clocks(connection, at.id)
    parts = [
        f"<span class='cd-head-name'>{h(at.title or w('incident.untitled'))} {type_badge(current)}</span>",
        f"<span class='cd-head-fact'>{h(w('header.known'))} <b>{h(span(elapsed(at, session.now())))}</b></span>",
        _next(at, clocks),
        f"<span class='cd-head-fact'>{h(zone_name(at.zone))}</span>",
    ]
    html(f"<div class='cd-head'>{''.join(parts)}</div>")


def type_badge(current: TypeRecord | None) -> str:
    """The type in words: its name, whether it is provisional, its overlays."""
    w = session.words()
    if current is None:
        return marks.badge(w("type.none"))
    said = w(f"type.{current.crisis_type}")
    said += f" · {w('type.provisional')}" if current.provisional else ""
    said += "".join(f" + {w('type.overlay', name=w(f'type.{name}'))}" for name in current.secondary[:1])
    return marks.badge(said, "accent")


def _next(at: Incident, clocks: tuple[Clock, ...]) -> str:
    w = session.words()
    running = due(clocks, session.here_now(at))
    if not running:
        return ""
    first = running[0]
    left = w("header.overdue" if first.state == "late" else "header.left", span=span(first.left))
    late = " cd-late" if first.state == "late" else ""
    label = w(f"clock.{first.clock.rule}")
    return (
        f"<span class='cd-head-fact{late}'>{h(label)} <b>{h(clock_time(first.clock.due_at, at.zone))}</b> {h(left)}</span>"
    )


def _language() -> None:
    w = session.words()
    st.segmented_control(
        w("header.language"), LANGUAGES, key="language_choice", default=session.language(), label_visibility="collapsed",
        format_func=lambda name: w(f"language.{name}"), on_change=_switch_language, required=True,
    )  # fmt: skip


def _switch_language() -> None:
    st.session_state.lang = st.session_state.language_choice or session.language()


def _who(at: Incident | None) -> None:
    w = session.words()
    person = session.me()
    if not session.has_owner():
        _account(person)
        return
    label = person.name if person else w("who.nobody")
    with st.popover(plain_md(label), help=w("who.help")):
        everybody = session.people()
        if everybody:
            numbers = [one.id for one in everybody]
            st.radio(
                w("who.choose"), numbers, key="who_choice", index=numbers.index(person.id) if person else None,
                format_func=lambda number: plain_md(_named(next(one for one in everybody if one.id == number))),
                on_change=_choose,
            )  # fmt: skip
        st.text_input(w("who.name"), key="who_name", max_chars=80)
        st.multiselect(w("who.roles"), ROLES[:5], key="who_roles", format_func=lambda role: w(f"role.{role}"))
        st.button(w("who.add"), on_click=_add, args=(at.id if at and at.kind != "real" else None,), width="stretch")


def _account(person: Person | None) -> None:
    """Whoever signed in stays who they are; here is the way out."""
    w = session.words()
    if session.desk().settings.sign_in == "local":
        html(f"<a href='/sign-in/account' target='_self'>{h(person.name if person else w('account.mine'))}</a>")
        return
    with st.popover(plain_md(person.name if person else w("account.mine"))):
        st.button(w("account.leave"), on_click=st.logout, width="stretch")


def _named(person: Person) -> str:
    w = session.words()
    roles = w("list.comma").join(w(f"role.{role}") for role in person.roles)
    return f"{person.name} · {roles}" if roles else person.name


def _choose() -> None:
    st.session_state.me = str(st.session_state.who_choice or "")


def _add(incident_id: int | None) -> None:
    made = session.do(
        add_person, name=st.session_state.who_name, roles=tuple(st.session_state.who_roles), incident_id=incident_id
    )
    if made:
        st.session_state.me = str(made.id)
        st.session_state.who_name, st.session_state.who_roles = "", []
