"""People: who may do what. Accounts, roles and the last sign-ins, for administrators."""

from collections.abc import Mapping
from datetime import timedelta

import streamlit as st

from accounts.models import Account
from dashboard import session
from dashboard.components import show
from dashboard.components.show import h, html
from incidents.models import ROLES, Person
from storage import accounts, content, incidents
from words import Words
from workflows.manage_accounts import add_account, close_account, open_account, reset_password, set_roles

LOOKED_BACK = timedelta(days=30)


def page() -> None:
    w = session.words()
    show.title("people.title", "people.question")
    who = session.caller()
    if not who.trusted and "administrator" not in who.roles:
        show.empty("people.not_yours")
        return
    with session.reading() as connection:
        known = accounts.all_of(connection)
        behind = {one.person_id: incidents.get_person(connection, one.person_id) for one in known}
        trail = accounts.notes(connection, limit=50)
        refused = accounts.refusals(connection, session.now() - LOOKED_BACK)
        somebody = accounts.any_account(connection)
    if not somebody:
        show.empty("people.none")
    for one in known:
        with st.container(key=f"cd_row_account_{one.id}"):
            _row(w, one, behind[one.person_id])
    _new(w)
    _trail(w, trail)
    _refused(w, refused)


def _row(w: Words, one: Account, person: Person) -> None:
    closed = f" · {h(w('people.closed'))}" if not one.active else ""
    left, middle, right = st.columns([3, 4, 3], vertical_alignment="bottom")
    with left:
        html(f"<div><b>{h(person.name)}</b><br><span class='cd-quiet'>{h(one.login)}{closed}</span></div>")
    with middle:
        st.multiselect(
            w("people.roles"), ROLES, default=list(person.roles), key=f"roles_{one.id}", label_visibility="collapsed",
            placeholder=w("part.choose"), format_func=lambda role: w(f"role.{role}"), on_change=_roles, args=(one.id,),
        )  # fmt: skip
    with right, st.container(horizontal=True):
        if not one.active:
            st.button(w("people.open"), key=f"open_{one.id}", on_click=_do, args=(open_account, one.id))
            return
        if not one.subject:
            with st.popover(w("people.reset")):
                st.text_input(
                    w("people.first_password"), key=f"password_{one.id}", type="password", help=w("people.first_password.help")
                )
                st.button(w("people.reset"), key=f"reset_{one.id}", on_click=_reset, args=(one.id,))
        with st.popover(w("people.close")):
            st.text(w("people.close.sure"))
            st.button(w("people.close.yes"), key=f"close_{one.id}", on_click=_do, args=(close_account, one.id))


def _new(w: Words) -> None:
    with st.expander(w("people.add"), expanded=False):
        st.text_input(w("people.login"), key="new_login", max_chars=120)
        st.text_input(w("people.name"), key="new_name", max_chars=80)
        st.multiselect(
            w("people.roles"), ROLES, key="new_roles", placeholder=w("part.choose"), format_func=lambda role: w(f"role.{role}")
        )
        st.text_input(w("people.first_password"), key="new_password", type="password", help=w("people.first_password.help"))
        st.button(w("people.add"), on_click=_add, type="primary", key="add_account")


def _trail(w: Words, trail) -> None:
    html(f"<h2 class='cd-h2' style='margin-top:1.4rem'>{h(w('people.trail'))}</h2>")
    if not trail:
        show.empty("people.trail.none")
    zone = session.desk().settings.zone
    lines = [
        f"<li><span class='cd-when'>{h(show.clock_time(one['at'], zone, session.now()))}</span>"
        f"{h(w('account_event.' + one['deed']))} · {h(one['subject'] or '')}"
        f"{' · ' + h(one['actor']) if one['actor'] and one['actor'] != one['subject'] else ''}</li>"
        for one in trail
    ]
    html(f"<ul class='cd-list'>{''.join(lines)}</ul>")


def _refused(w: Words, refused: Mapping[str, int]) -> None:
    """How often somebody was refused what they had no right to; what it was stands in the log."""
    told = w("list.comma").join(w("people.refused.one", name=name, count=count) for name, count in refused.items())
    said = w("people.refused", days=LOOKED_BACK.days, told=told) if refused else w("people.refused.none", days=LOOKED_BACK.days)
    html(f"<p class='cd-quiet'>{h(said)}</p>")


def _do(deed, account_id: int) -> None:
    session.do(deed, account_id, actor=session.my_name())


def _roles(account_id: int) -> None:
    roles = st.session_state[f"roles_{account_id}"]
    session.do(set_roles, account_id, roles, actor=session.my_name(), said="people.saved")


def _reset(account_id: int) -> None:
    typed = st.session_state[f"password_{account_id}"]
    session.do(
        reset_password, account_id, password=typed, common=content.common_passwords(), actor=session.my_name(),
        said="people.reset.done",
    )  # fmt: skip
    st.session_state[f"password_{account_id}"] = ""


def _add() -> None:
    said = st.session_state
    made = session.do(
        add_account, login=said.new_login, name=said.new_name, roles=tuple(said.new_roles), password=said.new_password,
        common=content.common_passwords(), actor=session.my_name(), said="people.added",
    )  # fmt: skip
    if made:
        said.new_login, said.new_name, said.new_password, said.new_roles = "", "", "", []


page()
