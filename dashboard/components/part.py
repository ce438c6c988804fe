"""Who takes part in an incident by name, and whether it is kept from everybody else."""

import streamlit as st

from accounts.rights import RIGHTS
from dashboard import session
from dashboard.components import show
from dashboard.components.show import h, html, plain_md
from incidents.models import ROLES, Incident
from storage import accounts, incidents
from workflows.deed import roles_of
from workflows.take_part import restrict_incident, take_in, take_out


def part(at: Incident) -> None:
    """Where there are accounts: for whoever may decide it, that is the head of the incident or the owner of the desk."""
    who = session.caller()
    with session.reading() as connection:
        if not accounts.any_account(connection):
            return
        if not (who.trusted or roles_of(connection, who, at.id) & RIGHTS["restrict_incident"]):
            return
        members = accounts.members(connection, at.id)
        known = incidents.people(connection, at.id)
    w = session.words()
    with st.popover(w("part.restricted") if at.restricted else w("part.title")):
        st.text(w("part.help"))
        for one in members:
            _member(at, one)
        _take_in(at, {one.id: one.name for one in known})
        st.checkbox(
            w("part.restrict"), value=at.restricted, key=f"part_restrict_{at.id}_{at.restricted}", on_change=_restrict, args=(at,)
        )
        error = session.notice(f"part:{at.id}")
        if error is not None:
            show.problem(error)


def _member(at: Incident, one: dict) -> None:
    w = session.words()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        roles = w("list.comma").join(w(f"role.{role}") for role in one["roles"])
        html(f"<div>{h(one['name'])} <span class='cd-quiet'>{h(roles)}</span></div>")
        st.button(
            w("part.remove"), key=f"part_out_{at.id}_{one['person_id']}", on_click=_do, args=(at, take_out, one["person_id"])
        )


def _take_in(at: Incident, names: dict[int, str]) -> None:
    w = session.words()
    st.selectbox(
        w("part.person"), tuple(names), index=None, key=f"part_person_{at.id}", placeholder=w("part.choose"),
        format_func=lambda one: plain_md(names[one]),
    )  # fmt: skip
    st.multiselect(
        w("part.roles"), ROLES, key=f"part_roles_{at.id}", placeholder=w("part.choose"),
        format_func=lambda role: w(f"role.{role}"),
    )  # fmt: skip
    st.button(w("part.add"), key=f"part_in_{at.id}", on_click=_add, args=(at,), type="primary")


def _add(at: Incident) -> None:
    chosen = st.session_state[f"part_person_{at.id}"]
    if chosen is not None:
        _do(at, take_in, chosen, st.session_state[f"part_roles_{at.id}"])


def _restrict(at: Incident) -> None:
    _do(at, restrict_incident, not at.restricted)


def _do(at: Incident, deed, *args) -> None:
    session.do(deed, at.id, *args, actor=session.my_name(), field=f"part:{at.id}")
