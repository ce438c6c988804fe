"""Monitor 舆情: is it turning? One sentence, the curve with our own marks, stories and items; the feeds below."""

from datetime import datetime
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard import session
from dashboard.components import facts as said
from dashboard.components import feeds, marks, press, stories
from dashboard.components.answer import answer, counts, numbers
from dashboard.components.charts import CONFIG, Canvas, ChartMark, picked, tone_figure
from dashboard.components.mood import Answer, read_answer
from dashboard.components.show import h, html
from incidents.models import Incident
from monitoring.mood import SMALL, SPANS, ToneBin, bins, span_for
from storage import facts, readings, statements

HEIGHT, WALL_HEIGHT = 300, 460
_STYLE = Path(__file__).parent.parent / "components" / "monitor.css"


def page() -> None:
    at = session.incident()
    if at is None:
        st.switch_page("screens/incidents.py")
    w = session.words()
    html(f"<style>{_STYLE.read_text(encoding='utf-8')}</style>")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        html(f"<p class='cd-quiet' style='margin:0'>{h(w('monitor.question'))}</p>")
        wall = st.toggle(w("monitor.wall"), key="monitor_wall", help=w("monitor.wall.help"))
    _live(at, wall)
    if not wall:
        feeds.section(at)


@st.fragment(run_every=20)
def _live(at: Incident, wall: bool) -> None:
    now = session.now()
    with session.reading() as connection:
        found = read_answer(connection, at.id, now)
    answer(at, found, now)
    feeds.lamp(at)
    if found.latest is None:
        feeds.nothing_yet(at)
    elif wall:
        if found.recent:
            numbers(found.recent)
        _tone(at, now, found, WALL_HEIGHT)
    else:
        _whole(at, now, found)


def _whole(at: Incident, now: datetime, found: Answer) -> None:
    left, right = st.columns([6, 5], gap="large")
    with left:
        bars = _tone(at, now, found, HEIGHT)
        stories.outlets(at, bars, _canvas(at))
        stories.stories(at, bars)
    with right:
        press.items(at, bars)


def _tone(at: Incident, now: datetime, found: Answer, height: int) -> tuple[ToneBin, ...]:
    """Tone over time in the chosen span; returns its bars."""
    w = session.words()
    st.session_state.setdefault("monitor_span", span_for(found.latest, now))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        head = st.empty()
        st.segmented_control(
            w("monitor.span"), tuple(SPANS), key="monitor_span", format_func=lambda one: w(f"monitor.span.{one}"),
            label_visibility="collapsed", required=True,
        )  # fmt: skip
    since, until, width = bins(st.session_state.monitor_span, now, at.zone)
    with session.reading() as connection:
        bars = readings.tone_bins(connection, at.id, since=since, until=until, width=width)
    n = sum(bar.tones.n for bar in bars)
    few = w("monitor.tone.few", least=SMALL) if n < SMALL else ""
    head.html(f"<h2 class='cd-h2 cd-left'>{h(w('monitor.tone'))} <small>{h(w('monitor.tone.n', n=n))}{h(few)}</small></h2>")
    key = f"monitor_chart_{st.session_state.get('monitor_turn', 0)}"
    st.plotly_chart(
        tone_figure(bars, _ours(at), _canvas(at), chosen=press.chosen_bin(bars), height=height), key=key, config=CONFIG,
        selection_mode="points", on_select=partial(_pick, key, bars), alt=w("monitor.tone.alt", said=counts(found)),
    )  # fmt: skip
    tones = "　".join(marks.tone(tone) for tone in marks.TONE_SHAPES)
    html(f"<p class='cd-quiet' style='margin:0'>{tones}　{h(w('monitor.legend'))}</p>")
    return bars


def _pick(key: str, bars: tuple[ToneBin, ...]) -> None:
    number = picked(st.session_state.get(key))
    press.choose_bin(bars[number] if number is not None and number < len(bars) else None)


def _canvas(at: Incident) -> Canvas:
    return Canvas(session.words(), at.zone, "dark" if st.context.theme.type == "dark" else "light")


def _ours(at: Incident) -> list[ChartMark]:
    """When a statement went out and when a fact was settled."""
    w = session.words()
    with session.reading() as connection:
        sent = {one.number: one for one in statements.publications(connection, at.id)}
        known = facts.of_incident(connection, at.id)
    label = "monitor.mark.statement.label"
    return [ChartMark("statement", one.released_at, w(label, number=number)) for number, one in sent.items()] + [
        ChartMark("fact", fact.confirmed_at, w("monitor.mark.fact.label", fact=said.said(fact, at)))
        for fact in known
        if fact.settled and fact.confirmed_at
    ]


page()
