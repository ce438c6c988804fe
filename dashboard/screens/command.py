"""Command page 指挥台: what now? Clock, type, what is confirmed and what is not, tone, statement, the next deed."""

from datetime import timedelta
from typing import Any

import streamlit as st

from dashboard import session
from dashboard.components import alerts, show
from dashboard.components import facts as shown
from dashboard.components.approve import my_roles, waiting_card
from dashboard.components.kinds import kind_name
from dashboard.components.mood import mood, read_answer, shape
from dashboard.components.promises import kept
from dashboard.components.show import clock_time, h, html, span
from dashboard.components.telling import told
from incidents.agenda import Task, agenda
from incidents.models import Fact, Incident
from statements.records import PUBLIC_KINDS, body
from storage import facts, statements
from workflows.read_log import read_log
from workflows.situation import situation

SHOWN_FACTS = 5
RECENT = 5
OPENS = {"review": {"audience_view": "picture", "audience": ""}}  # where on its page a task is done


def page() -> None:
    at = session.incident()
    if at is None:
        st.switch_page("screens/incidents.py")
    waiting_card(at)
    alerts.strip(at)
    glance(at)
    left, right = st.columns([6, 4], gap="medium")
    with left:
        _now(at)
    with right:
        _say(at)
    _live(at)


@st.fragment(run_every=20)
def glance(at: Incident) -> None:
    """Four answers in one look: how much is confirmed, how much is not, where the tone goes, how the statement stands."""
    w = session.words()
    with session.reading() as connection:
        known = facts.of_incident(connection, at.id)
        found = [one for one in statements.of_incident(connection, at.id) if one.kind in PUBLIC_KINDS]
        version = statements.latest(connection, found[0].id).number if found else 0
        answer = read_answer(connection, at.id, session.now())
    settled = sum(fact.settled for fact in known)
    open_ones = sum(fact.status in ("reported", "unknown", "disputed") for fact in known)
    stands = w(f"statement.state.{found[0].state}") if found else w("command.statement.none")
    n = answer.recent.tones.n if answer.recent else 0
    cells = (
        (f"<b class='cd-fact-confirmed'>● {settled}</b>", w("command.glance.confirmed")),
        (f"<b>○ {open_ones}</b>", w("command.glance.open")),
        (f"<b>{shape(answer.way)}</b>", w("command.glance.tone", n=n, hours=answer.hours or 0)),
        (f"<b>{h(f'v{version}' if found else '—')}</b>", w("command.glance.statement", state=stands)),
    )
    html(f"<div class='cd-glance'>{''.join(f'<div>{big}<small>{h(small)}</small></div>' for big, small in cells)}</div>")


def _now(at: Incident) -> None:
    w = session.words()
    with session.reading() as connection:
        stands = situation(connection, at.id, language=session.language(), now=session.now())
    tasks = agenda(stands, my_roles())
    with st.container(border=True):
        html(f"<h1 class='cd-h2'>{h(w('command.now'))}</h1>")
        if not tasks:
            show.empty("command.nothing")
        for number, task in enumerate(tasks[:4], start=1):
            _task(number, task)
        if len(tasks) > 4:
            html(f"<p class='cd-quiet'>{h(w('command.more', count=len(tasks) - 4))}</p>")


def _task(number: int, task: Task) -> None:
    w = session.words()
    said = {name: _word(name, value) for name, value in task.facts.items()}
    left, right = st.columns([5, 2], vertical_alignment="center", wrap=False)
    mine = f" <span class='cd-badge cd-badge-accent'>{h(w('command.mine'))}</span>" if task.mine else ""
    urgent = "cd-act" if task.urgent else "cd-soon" if task.soon else ""
    with left:
        html(f"<div><span class='{urgent}'>{number}　{h(w(f'agenda.{task.key}', **said))}</span>{mine}</div>")
    first = number == 1
    if right.button(
        w(f"agenda.{task.key}.do"), key=f"task_{number}", type="primary" if first else "secondary", width="stretch"
    ):
        st.session_state.update(OPENS.get(task.key, {}))
        st.switch_page(f"screens/{task.page}.py")


def _word(name: str, value: Any) -> Any:
    """A fact of a task in words: a role, a type, a kind of text, the time that is left."""
    w = session.words()
    if name in ("role", "type"):
        return w(f"{name}.{value}")
    if name == "kind":
        return kind_name(str(value))
    if isinstance(value, timedelta):
        return w("clearing.late" if value < timedelta(0) else "clearing.left", span=span(value))
    return value


def _say(at: Incident) -> None:
    """What may be said now: the released text if there is one, and lines that are safe at any door."""
    w = session.words()
    with st.container(border=True):
        html(f"<h2 class='cd-h2'>{h(w('command.say'))}</h2>")
        with session.reading() as connection:
            out = [one for one in statements.publications(connection, at.id) if one.language == session.language()]
            known = facts.of_incident(connection, at.id)
        tabs = st.tabs([w("command.say.door"), w("command.say.text"), w("command.say.never")])
        with tabs[0]:
            st.code(door_lines(known), language=None, wrap_lines=True)
        with tabs[1]:
            if out:
                st.code(out[0].body, language=None, wrap_lines=True)
            else:
                show.empty("command.say.none")
        with tabs[2]:
            lines = "".join(f"<li>{h(line)}</li>" for line in w("command.never").split("|"))
            html(f"<ul class='cd-list'>{lines}</ul>")


def door_lines(known: tuple[Fact, ...]) -> str:
    """Three lines to speak at the door; only what is settled is named."""
    w = session.words()
    settled = {fact.slot: fact.wording(session.language()) for fact in known if fact.settled}
    speaker = settled.get("spokesperson") or w("say.speaker")
    hotline = w("say.hotline", contact=settled["contact"]) if settled.get("contact") else w("say.no_hotline")
    return "\n".join((w("say.ask"), w("say.speak", speaker=speaker), hotline))


@st.fragment(run_every=20)
def _live(at: Incident) -> None:
    w = session.words()
    with session.reading() as connection:
        known = facts.of_incident(connection, at.id)
        latest = read_log(connection, at.id, session.caller(), newest=RECENT)
    first, second, third = st.columns(3, gap="medium")
    with first:
        _facts(at, "confirmed", [fact for fact in known if fact.settled])
    with second:
        _facts(at, "open", [fact for fact in known if fact.status in ("reported", "unknown", "disputed")])
    with third:
        mood(at)
        _statement(at)
        kept(at)
    now = session.here_now(at)
    recent = w("list.dot").join(
        f"{clock_time(event.case_at, at.zone, now)} {event.actor or ''} {told(event)}" for event in latest
    )
    html(f"<p class='cd-quiet'>{h(w('command.recent'))}{h(recent)}</p>")


def _facts(at: Incident, name: str, mine: list[Fact]) -> None:
    w = session.words()
    lines = "".join(shown.line(fact, at) for fact in mine[:SHOWN_FACTS])
    more = f"<li class='cd-quiet'>{h(w('command.more', count=len(mine) - SHOWN_FACTS))}</li>" if len(mine) > SHOWN_FACTS else ""
    none = f"<p class='cd-quiet'>{h(w(f'command.{name}.none'))}</p>" if not mine else ""
    html(
        f"<div class='cd-card'><h2>{h(w(f'command.{name}'))} <small>{len(mine)}</small></h2>"
        f"<ul class='cd-list'>{lines}{more}</ul>{none}</div>"
    )


def _statement(at: Incident) -> None:
    w = session.words()
    with session.reading() as connection:
        found = [one for one in statements.of_incident(connection, at.id) if one.kind in PUBLIC_KINDS]
        if not found:
            return
        version = statements.latest(connection, found[0].id)
        text = body(statements.sentences(connection, version.id), session.language())
    said = w("command.statement", kind=kind_name(found[0].kind), number=version.number)
    html(
        f"<div class='cd-card' style='margin-top:.7rem'><h2>{h(said)} "
        f"<small>{h(w(f'statement.state.{found[0].state}'))}</small></h2>"
        f"<div class='cd-quiet'>{h(text[:90])}…</div></div>"
    )


page()
