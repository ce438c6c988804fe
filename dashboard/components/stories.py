"""What is said: stories with their spread; every copy of one is a click away."""

import streamlit as st

from dashboard import session
from dashboard.components import press, show
from dashboard.components.items import counted
from dashboard.components.marks import TONE_SHAPES
from dashboard.components.show import clock_time, h, html
from incidents.models import Incident
from monitoring.mood import StorySpread, ToneBin, ToneCounts
from storage import readings

MOST = 6


def stories(at: Incident, bars: tuple[ToneBin, ...]) -> None:
    w = session.words()
    with session.reading() as connection:
        found = readings.stories(connection, at.id, since=bars[0].start, until=bars[-1].end, most=MOST)
    if found:
        html(f"<h2 class='cd-h2 cd-part'>{h(w('monitor.stories'))}</h2>")
    for number, story in enumerate(found):
        _story(at, story, number)


def _story(at: Incident, story: StorySpread, number: int) -> None:
    w = session.words()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
        told = f"{h(_spread(at, story))}　{_tones(story.tones)}"
        html(f"<div class='cd-item-title'>{h(story.title)}</div><div class='cd-quiet'>{told}</div>")
        if story.id is not None and story.count > 1:
            st.button(
                w("monitor.stories.see"), key=f"story_{number}", on_click=press.choose_story, args=(story.id, story.title),
            )  # fmt: skip


def _spread(at: Incident, story: StorySpread) -> str:
    w = session.words()
    when = clock_time(story.first_at, at.zone)
    if story.count == 1:
        return w("monitor.stories.alone", at=when, outlet=story.first_outlet)
    items, outlets_said = counted("items", story.count), counted("outlets", story.outlets)
    told = w("monitor.stories.spread", at=when, outlet=story.first_outlet, outlets=outlets_said, items=items)
    return told + w("monitor.stories.over", span=show.span(story.last_at - story.first_at))


def _tones(tones: ToneCounts) -> str:
    w = session.words()
    return " ".join(
        f"<span class='cd-tone-{tone}' title='{h(w(f'tone.{tone}'))}'>{shape} {getattr(tones, tone)}</span>"
        for tone, shape in TONE_SHAPES.items()
        if getattr(tones, tone)
    )
