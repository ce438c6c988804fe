"""Monitor 舆情: is it turning? One sentence, the curve with our own marks, stories and items; below, what feeds it."""

from datetime import datetime
from pathlib import Path

import streamlit as st

from dashboard import session
from dashboard.components import alerts, by_hand, correcting, feeds, jobs, learning, press, stories, watching
from dashboard.components.answer import answer
from dashboard.components.breakdown import breakdown
from dashboard.components.carried import carried
from dashboard.components.mood import Answer, read_answer
from dashboard.components.show import h, html
from dashboard.components.tone_chart import tone_chart
from incidents.models import Incident

HEIGHT = 320
_STYLE = Path(__file__).parent.parent / "components" / "monitor.css"


def page() -> None:
    at = session.incident()
    if at is None:
        st.switch_page("screens/incidents.py")
    w = session.words()
    html(f"<style>{_STYLE.read_text(encoding='utf-8')}</style>")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        html(f"<p class='cd-quiet' style='margin:0'>{h(w('monitor.question'))}</p>")
        if st.button(w("monitor.wall"), key="monitor_wall", help=w("monitor.wall.help")):
            st.switch_page("screens/executive.py")
    alerts.strip(at)
    with st.container():  # always there, so that nothing below it moves
        jobs.progress(at.id)
    _live(at)
    html(f"<h2 class='cd-h2 cd-part'>{h(w('monitor.feeding'))}</h2>")
    watching.section(at)
    by_hand.section(at)
    learning.section(at)
    feeds.section(at)


@st.fragment(run_every=20)
def _live(at: Incident) -> None:
    now = session.now()
    with session.reading() as connection:
        found = read_answer(connection, at.id, now)
    answer(at, found, now)
    feeds.lamp(at)
    correcting.taken_back()
    if found.latest is None:
        feeds.nothing_yet(at)
    else:
        _whole(at, now, found)


def _whole(at: Incident, now: datetime, found: Answer) -> None:
    left, right = st.columns([6, 5], gap="large")
    with left:
        bars = tone_chart(at, now, found, HEIGHT)
        carried(at)
        breakdown(at, bars)
        stories.stories(at, bars)
    with right:
        press.items(at, bars)


page()
