"""Who is told of alerts and where; each can be tested, rested and removed. Of an address only its end is shown."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.show import h, html, plain_md
from incidents.models import ROLES, Incident
from monitoring.alerts.models import LEVELS
from monitoring.channels.models import CHANNELS
from storage import content, incidents, targets
from storage.targets import KeptTarget
from words import LANGUAGES
from workflows.add_target import STEPS, add_target, pause_target, remove_target
from workflows.send_test import send_test


def listed(at: Incident) -> None:
    w = session.words()
    if at.kind != "real":
        html(f"<div class='cd-quote'>{h(w('alerts.example'))}</div>")
    with session.reading() as connection:
        known = targets.all_of(connection)
    if not known:
        show.empty("alerts.targets.none")
    settings = session.desk().settings
    if any(one.channel == "email" for one in known) and not (settings.smtp_host and settings.smtp_from):
        html(f"<div class='cd-quote'>{h(w('alerts.no_mail'))}</div>")
    for one in known:
        with st.container(key=f"cd_row_target_{one.id}"):
            _row(at, one)


def _row(at: Incident, one: KeptTarget) -> None:
    w = session.words()
    left, right = st.columns([5, 4], vertical_alignment="center")
    with left:
        paused = f" <span class='cd-badge'>○ {h(w('alerts.target.paused'))}</span>" if one.paused else ""
        html(f"<div><b>{h(one.name)}</b>{paused}</div><div class='cd-quiet'>{h(w('list.dot').join(_about(one)))}</div>")
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        st.button(w("alerts.target.test"), key=f"test_{one.id}", on_click=_test, args=(at, one))
        turn = "resume" if one.paused else "pause"
        st.button(w(f"alerts.target.{turn}"), key=f"rest_{one.id}", on_click=_rest, args=(one,))
        with st.popover(w("alerts.target.remove")):
            st.text(w("alerts.target.remove.sure"))
            st.button(w("alerts.target.remove.yes"), key=f"gone_{one.id}", on_click=_remove, args=(one,))
    error = session.notice(f"target:{one.id}")
    if error is not None:
        show.problem(error)


def _about(one: KeptTarget) -> list[str]:
    w = session.words()
    who = one.person or (w(f"role.{one.role}") if one.role else w("alerts.target.who.group"))
    parts = [w(f"alerts.channel.{one.channel}"), one.masked, who, w(f"alerts.target.step.{one.step}")]
    parts.append(w(f"alerts.target.level.{one.least_level}"))
    parts += [w("list.comma").join(w(f"alerts.rule.{name}") for name in one.rules)] if one.rules is not None else []
    return parts + ([w("alerts.target.signed")] if one.signed else [])


def _test(at: Incident, one: KeptTarget) -> None:
    session.do(send_test, one.id, incident_id=at.id, actor=session.my_name(), said="alerts.target.tested", field=f"target:{one.id}")


def _rest(one: KeptTarget) -> None:
    session.do(pause_target, one.id, paused=not one.paused, version=one.version, actor=session.my_name(), field=f"target:{one.id}")


def _remove(one: KeptTarget) -> None:
    session.do(remove_target, one.id, version=one.version, actor=session.my_name(), field=f"target:{one.id}")


# --- one more ----------------------------------------------------------------------------------------------------

def add() -> None:
    w = session.words()
    with st.expander(w("alerts.targets.add")):
        left, right = st.columns(2)
        with left:
            st.text_input(w("alerts.target.name"), key="target_name", max_chars=80, placeholder=w("alerts.target.name.hint"))
            _choice("alerts.target.channel", CHANNELS, "channel", "alerts.channel")
            st.text_input(w("alerts.target.address"), key="target_address", max_chars=2000, help=w("alerts.target.address.help"))
            st.text_input(w("alerts.target.secret"), key="target_secret", max_chars=500, type="password")
        with right:
            _who()
            _choice("alerts.target.level", LEVELS, "level", "alerts.target.level")
            _choice("alerts.target.step", STEPS, "step", "alerts.target.step")
            _choice("alerts.target.language", LANGUAGES, "language", "language")
        names = list(content.alert_book().rules)
        st.multiselect(w("alerts.target.rules"), names, key="target_rules", format_func=lambda one: w(f"alerts.rule.{one}"))
        st.button(w("alerts.target.button"), key="target_add", type="primary", on_click=_added)
        error = session.notice("target:new")
        if error is not None:
            show.problem(error)


def _choice(label: str, options: Sequence[Any], name: str, family: str) -> None:
    w = session.words()
    st.selectbox(w(label), options, key=f"target_{name}", format_func=lambda one: w(f"{family}.{one}"))


def _who() -> None:
    """A group, a role, or one of the office's own people; those of an example are invented."""
    w = session.words()
    with session.reading() as connection:
        people = {f"person:{one.id}": one.name for one in incidents.people(connection)}
    named = {"group": w("alerts.target.who.group"), **{f"role:{role}": w(f"role.{role}") for role in ROLES[:5]}, **people}
    st.selectbox(w("alerts.target.who"), list(named), key="target_who", format_func=lambda one: plain_md(str(named.get(one, one))))


def _added() -> None:
    state = st.session_state
    kind, _, value = str(state.target_who).partition(":")
    made = session.do(
        add_target, name=state.target_name, channel=state.target_channel, address=state.target_address, secret=state.target_secret,
        language=state.target_language, least_level=state.target_level, rules=state.target_rules or None, step=state.target_step,
        person_id=int(value) if kind == "person" else None, role=value if kind == "role" else None, actor=session.my_name(),
        said="alerts.targets.added", field="target:new",
    )  # fmt: skip
    if made:
        state.target_name = state.target_address = state.target_secret = ""
