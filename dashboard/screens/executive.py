"""The executive view 大屏: the sentence, the curve, four numbers, nothing else. It refreshes itself; for a wall and for a phone."""

from pathlib import Path

import streamlit as st

from dashboard import session
from dashboard.components import feeds
from dashboard.components.answer import answer, numbers
from dashboard.components.mood import read_answer
from dashboard.components.show import clock_time, h, html, zone_name
from dashboard.components.tone_chart import tone_chart
from incidents.models import Incident

HEIGHT = 460
REFRESH = 15  # seconds
_STYLES = Path(__file__).parent.parent / "components"


def page() -> None:
    at = session.incident()
    if at is None:
        st.switch_page("screens/incidents.py")
    w = session.words()
    for name in ("monitor.css", "executive.css"):
        html(f"<style>{(_STYLES / name).read_text(encoding='utf-8')}</style>")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="cd_wall_top"):
        band = "" if at.kind == "real" else f"<div class='cd-example'>{h(w(f'kind.{at.kind}.band'))}</div>"
        html(f"{band}<p class='cd-wall-name'>{h(at.title)}</p>")
        if st.button(w("executive.back"), key="executive_back"):
            st.switch_page("screens/monitor.py")
    _live(at)


@st.fragment(run_every=REFRESH)
def _live(at: Incident) -> None:
    w, now = session.words(), session.now()
    with session.reading() as connection:
        found = read_answer(connection, at.id, now)
    answer(at, found, now)
    if found.recent:
        numbers(found.recent)
    if found.latest is None:
        feeds.nothing_yet(at)
    else:
        tone_chart(at, now, found, HEIGHT, plain=True)
    feeds.lamp(at)
    told = w("executive.refreshed", at=clock_time(now, at.zone), zone=zone_name(at.zone), seconds=REFRESH)
    html(f"<p class='cd-quiet'>{h(told)}</p>")


page()
