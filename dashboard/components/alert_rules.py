"""The rules of an incident: armed or not, their numbers, and what each would have done in the last day."""

from typing import Any

import streamlit as st

from accounts.models import acting
from dashboard import session
from dashboard.components import show
from dashboard.components.show import clock_time, h, html, plain_md
from errors import DeskError
from incidents.models import Incident
from monitoring.alerts.book import DELIVERY, Choice
from monitoring.alerts.evaluate import Trial
from monitoring.alerts.message import why
from monitoring.alerts.models import RED, Finding, Rule
from storage import alerts, content
from workflows.arm_rule import arm_rule, set_delivery
from workflows.try_rule_on_history import try_rule_on_history

SHOWN = 4
Choices = dict[str, Choice]


def rules(at: Incident) -> None:
    book = content.alert_book()
    stored = _stored(at)
    for name in book.rules:
        with st.container(key=f"cd_row_rule_{name}"):
            _rule(at, book.rule(name, stored.get(name)))


def _stored(at: Incident) -> Choices:
    with session.reading() as connection:
        return alerts.choices(connection, [at.id]).get(at.id, {})


def _rule(at: Incident, rule: Rule) -> None:
    w = session.words()
    left, right = st.columns([5, 4], vertical_alignment="center")
    with left:
        state = "armed" if rule.armed else "disarmed"
        shape = "●" if rule.armed else "○"
        known = rule.saved_by and rule.armed_at
        said = w("alerts.armed.by", who=rule.saved_by, at=clock_time(rule.armed_at, at.zone)) if known else ""
        html(
            f"<div><b>{h(w(f'alerts.rule.{rule.name}'))}</b> <span class='cd-badge cd-badge-{'accent' if rule.armed else 'plain'}'>"
            f"{shape} {h(w(f'alerts.{state}'))}</span></div>"
            f"<div class='cd-quiet'>{h(w(f'alerts.rule.{rule.name}.about'))} {h(said)}</div>"
        )
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        st.button(w("alerts.try"), key=f"try_{rule.name}", on_click=_try, args=(at, rule))
        turn = "disarm" if rule.armed else "arm"
        st.button(w(f"alerts.{turn}"), key=f"arm_{rule.name}", on_click=_save, args=(at, rule, not rule.armed))
    _tried(at, rule)
    with st.expander(w("alerts.adjust")):
        _settings(rule)
        st.button(w("alerts.keep"), key=f"keep_{rule.name}", on_click=_save, args=(at, rule, rule.armed))
    error = session.notice(f"rule:{rule.name}")
    if error is not None:
        show.problem(error)


# --- its numbers -------------------------------------------------------------------------------------------------

def _settings(rule: Rule) -> None:
    w = session.words()
    columns = st.columns(3)
    for n, (name, value) in enumerate(rule.settings.items()):
        with columns[n % 3]:
            _number(f"set_{rule.name}_{name}", w(f"alerts.setting.{name}"), value, rule.bounds[name])
    for name, words in rule.words.items():
        key = f"set_{rule.name}_{name}"
        st.session_state.setdefault(key, "\n".join(words))
        st.text_area(w(f"alerts.setting.{name}"), key=key, height=80, max_chars=3000)


def _number(key: str, label: str, value: float, bounds: tuple[float, float]) -> None:
    whole = all(float(one).is_integer() for one in (value, *bounds))
    kind = int if whole else float
    st.session_state.setdefault(key, kind(value))
    st.number_input(label, kind(bounds[0]), kind(bounds[1]), key=key, step=1 if whole else 0.5)


def _typed(rule: Rule) -> dict[str, Any]:
    """The settings as they stand in the fields; where a field was never opened, as they are stored."""
    state = st.session_state
    numbers = {name: float(state.get(f"set_{rule.name}_{name}", value)) for name, value in rule.settings.items()}
    lists = {name: str(state.get(f"set_{rule.name}_{name}", "\n".join(kept))).splitlines() for name, kept in rule.words.items()}
    return {**numbers, **lists}


def _save(at: Incident, rule: Rule, armed: bool) -> None:
    session.do(
        arm_rule, at.id, rule.name, armed=armed, settings=_typed(rule), book=content.alert_book(), version=rule.version,
        actor=session.my_name(), said="alerts.kept", field=f"rule:{rule.name}",
    )  # fmt: skip


# --- on history --------------------------------------------------------------------------------------------------

def _try(at: Incident, rule: Rule) -> None:
    field = f"rule:{rule.name}"
    session.clear(field)
    try:
        with acting(session.caller()), session.reading() as connection:
            trial = try_rule_on_history(
                connection, at.id, rule.name, settings=_typed(rule), book=content.alert_book(), endings=content.company_endings(),
                now=session.now(),
            )  # fmt: skip
    except DeskError as error:
        st.session_state[f"notice:{field}"] = error
        return
    st.session_state[f"trial_{rule.name}"] = (at.id, trial)


def _tried(at: Incident, rule: Rule) -> None:
    mine, trial = st.session_state.get(f"trial_{rule.name}", (None, None))
    if mine != at.id:
        return
    w = session.words()
    if trial is None:
        html(f"<div class='cd-quote'>{h(w('alerts.tried.never'))}</div>")
    elif not trial.opened:
        html(f"<div class='cd-quote'>{h(w('alerts.tried.none'))}</div>")
    else:
        html(f"<div class='cd-quote'><b>{h(w('alerts.tried', count=len(trial.opened)))}</b>{_opened(at, trial)}</div>")


def _opened(at: Incident, trial: Trial) -> str:
    w = session.words()
    lines = "".join(_would(at, found) for found in trial.opened[:SHOWN])
    left = len(trial.opened) - SHOWN
    rest = f"<li>{h(w('alerts.tried.more', count=left))}</li>" if left > 0 else ""
    return f"<ul class='cd-list'>{lines}{rest}</ul>"


def _would(at: Incident, found: tuple[Finding, ...]) -> str:
    w = session.words()
    said = content.alert_book().said[session.language()]
    level = w("alerts.level.red" if any(one.level == RED for one in found) else "alerts.level.amber")
    told = w("list.dot").join([level, why(said, found[0].why, found[0].facts, at.zone)])
    return f"<li><span class='cd-when'>{h(clock_time(found[0].at, at.zone))}</span>{h(told)}{_more(len(found))}</li>"


def _more(count: int) -> str:
    return f" · {h(session.words()('alerts.count', count=count))}" if count > 1 else ""


# --- quiet hours -------------------------------------------------------------------------------------------------

def policy(at: Incident) -> None:
    """Quiet hours, and when a red alert nobody takes goes on."""
    w = session.words()
    book = content.alert_book()
    stands = book.policy_of(_stored(at).get(DELIVERY))
    minutes = stands.escalate_after.seconds // 60
    values = {"quiet_from": stands.quiet_from, "quiet_until": stands.quiet_until, "escalate_after": minutes}
    with st.container(border=True):
        columns = st.columns(3, vertical_alignment="bottom")
        for column, (name, value) in zip(columns, values.items(), strict=True):
            with column:
                _number(f"policy_{name}", w(f"alerts.setting.{name}"), value, book.policy_bounds[name])
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.caption(plain_md(w("alerts.quiet.about")))
            st.button(w("alerts.keep"), key="policy_keep", on_click=_save_policy, args=(at, stands.version))
        error = session.notice("policy")
        if error is not None:
            show.problem(error)


def _save_policy(at: Incident, version: int) -> None:
    names = content.alert_book().policy_bounds
    session.do(
        set_delivery, at.id, settings={name: float(st.session_state[f"policy_{name}"]) for name in names},
        book=content.alert_book(), version=version, actor=session.my_name(), said="alerts.policy.kept", field="policy",
    )  # fmt: skip
