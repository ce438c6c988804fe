"""Alerts on the screen: the strip that other pages carry, the list of what waits for somebody, what has been seen to."""

from pathlib import Path

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.show import clock_time, h, html
from incidents.models import Incident
from monitoring.alerts.message import why
from monitoring.channels.text import link
from storage import alerts, content
from storage.alerts import Alert, Evidence
from workflows.acknowledge_alert import acknowledge_alert

SHAPES = {"red": "⬤", "amber": "◐"}
SHOWN, EARLIER = 3, 12
OF_ITEMS = ("named_outlet", "authority")
_STYLE = Path(__file__).with_name("alerts.css")


def style() -> None:
    """The few rules that alerts add, wherever they are shown."""
    html(f"<style>{_STYLE.read_text(encoding='utf-8')}</style>")


@st.fragment(run_every=20)
def strip(at: Incident) -> None:
    """One line on pages where somebody may be looking; nothing where nothing waits."""
    w = session.words()
    with session.reading() as connection:
        found = alerts.of_incident(connection, at.id, states=("open",))
    if not found:
        return
    style()
    red = [one for one in found if one.level == "red"]
    with st.container(horizontal=True, vertical_alignment="center", key=f"cd_alert_{'red' if red else 'amber'}"):
        counts = ((level, sum(one.level == level for one in found)) for level in ("red", "amber"))
        said = w("list.dot").join(w(f"alerts.strip.{level}", count=n) for level, n in counts if n)
        first = f"{w(f'alerts.rule.{found[0].rule}')} · {_why(found[0], at)}"
        html(
            f"<div class='cd-alert-strip' role='status'><b class='{_class(found[0].level)}'>{_mark(found[0].level)} {h(said)}</b> "
            f"<span class='cd-quiet'>{h(first)}</span></div>"
        )
        label = w("alerts.strip.open" if red else "alerts.strip.see")
        if st.button(label, key="alert_strip", type="primary" if red else "secondary"):
            st.switch_page("screens/alerts.py")


@st.fragment(run_every=20)
def waiting(at: Incident) -> None:
    """Every open alert with why it fired and its items; then those that were seen to or are over."""
    w = session.words()
    with session.reading() as connection:
        found = alerts.of_incident(connection, at.id, most=60)
        still = [one for one in found if one.state == "open"]
        rests_on = {one.id: alerts.evidence(connection, one.id, most=12) for one in still}
    if not still:
        show.empty("alerts.none")
    for one in still:
        _open(at, one, rests_on[one.id])
    earlier = [one for one in found if one.state != "open"]
    if earlier:
        with st.expander(w("alerts.earlier", count=len(earlier))):
            html(f"<ul class='cd-list'>{''.join(_past(at, one) for one in earlier[:EARLIER])}</ul>")


def _open(at: Incident, one: Alert, found: tuple[Evidence, ...]) -> None:
    w = session.words()
    with st.container(border=True, key=f"cd_alert_{one.level}_{one.id}"):
        left, right = st.columns([5, 2], vertical_alignment="center")
        with left:
            html(
                f"<div><b class='{_class(one.level)}'>{_mark(one.level)} {h(w(f'alerts.level.{one.level}'))}</b> "
                f"<b>{h(w(f'alerts.rule.{one.rule}'))}</b></div>"
                f"<div style='margin:.15rem 0'>{h(_why(one, at))}</div><div class='cd-quiet'>{h(_facts(at, one))}</div>"
            )
        with right:
            st.button(
                w("alerts.acknowledge"), key=f"ack_{one.id}", type="primary" if one.level == "red" else "secondary",
                width="stretch", on_click=_acknowledge, args=(one,),
            )  # fmt: skip
        items = [each for each in found if each.title]
        if items:
            more = len(items) - SHOWN
            rest = f"<li class='cd-quiet'>{h(w('alerts.evidence.more', count=more))}</li>" if more > 0 else ""
            html(f"<ul class='cd-list'>{''.join(_item(at, each) for each in items[:SHOWN])}{rest}</ul>")
        if one.rule in (*OF_ITEMS, "burst") and st.button(w("alerts.to_press"), key=f"press_{one.id}", type="tertiary"):
            st.switch_page("screens/monitor.py")
        error = session.notice(f"alert:{one.id}")
        if error is not None:
            show.problem(error)


def _acknowledge(one: Alert) -> None:
    with session.reading() as connection:
        stands = alerts.get(connection, one.id)
    same = (stands.level, stands.state) == (one.level, one.state)  # that it has grown changes nothing for whom takes it on
    session.do(
        acknowledge_alert, one.id, version=stands.version if same else one.version, actor=session.my_name(),
        said="alerts.acknowledged", field=f"alert:{one.id}",
    )  # fmt: skip


def _facts(at: Incident, one: Alert) -> str:
    w = session.words()
    parts = [w("alerts.since", at=clock_time(one.opened_at, at.zone))]
    if one.count > 1 and one.rule in OF_ITEMS:
        parts += [w("alerts.count", count=one.count), w("alerts.latest", at=clock_time(one.last_at, at.zone))]
    parts += [w("alerts.passed_on", step=one.step + 1)] if one.step else []
    return w("list.dot").join(parts)


def _item(at: Incident, each: Evidence) -> str:
    outlet = h(each.outlet or "")
    leads = link(each.link)
    title = h(each.title)
    if leads:
        title = f"<a href='{h(leads)}' target='_blank' rel='noopener noreferrer nofollow'>{title} ↗</a>"
    return f"<li>{title} <span class='cd-quiet'>{outlet} · {h(clock_time(each.at, at.zone))}</span></li>"


def _past(at: Incident, one: Alert) -> str:
    w = session.words()
    if one.state == "acknowledged":
        how = w("alerts.by", who=one.acknowledged_by, at=clock_time(one.acknowledged_at, at.zone))
    else:
        how = w("alerts.over", at=clock_time(one.over_at, at.zone))
    opened = h(clock_time(one.opened_at, at.zone))
    head = f"<span class='cd-when'>{opened}</span>{_mark(one.level)} {h(w(f'alerts.rule.{one.rule}'))}"
    return f"<li>{head} <span class='cd-quiet'>{h(_why(one, at))} {h(how)}</span></li>"


def _why(one: Alert, at: Incident) -> str:
    return why(content.alert_book().said[session.language()], one.why["key"], one.why["facts"], at.zone)


def _mark(level: str) -> str:
    return f"<span aria-hidden='true'>{SHAPES[level]}</span>"


def _class(level: str) -> str:
    return "cd-act" if level == "red" else "cd-alert-amber"
