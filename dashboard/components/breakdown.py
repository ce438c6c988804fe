"""Who says it, what is said, how grave it is: by outlet, tier, story or gravity; a click narrows the items."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from dashboard import session
from dashboard.components import press
from dashboard.components.charts import Row, picked, rows_figure, with_picture
from dashboard.components.show import h, html
from dashboard.components.tone_chart import canvas
from incidents.models import Incident
from monitoring.mood import ToneBin
from storage import readings

BY = ("outlet", "tier", "story", "gravity")
MOST = 10


@dataclass(frozen=True)
class Part:
    """A row and what choosing it narrows the items to."""

    row: Row
    choose: Callable[[], None]


def breakdown(at: Incident, bars: tuple[ToneBin, ...]) -> None:
    w = session.words()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        html(f"<h2 class='cd-h2 cd-part'>{h(w('monitor.by'))}</h2>")
        by = st.segmented_control(
            w("monitor.by"), BY, key="monitor_by", default="outlet", format_func=lambda one: w(f"monitor.by.{one}"),
            label_visibility="collapsed", required=True,
        )  # fmt: skip
    parts = _parts(at, bars, by or "outlet")
    if not parts:
        return
    html(f"<p class='cd-quiet' style='margin:0'>{h(w('monitor.tier.help' if by in ('outlet', 'tier') else 'monitor.by.help'))}</p>")
    key = f"monitor_by_{by}_{st.session_state.get('monitor_turn', 0)}"
    told = w("list.comma").join(f"{part.row.label} {part.row.tones.n}" for part in parts)
    st.plotly_chart(
        rows_figure(tuple(part.row for part in parts), canvas(at)), key=key,
        config=with_picture(st.session_state.get("monitor_form") or "png"), selection_mode="points",
        on_select=partial(_pick, key, parts),
        alt=w("monitor.by.alt", said=told),
    )  # fmt: skip


def _pick(key: str, parts: Sequence[Part]) -> None:
    number = picked(st.session_state.get(key))
    if number is not None and number < len(parts):
        parts[number].choose()


def _set(name: str, value: Any) -> None:
    st.session_state[f"monitor_{name}"] = value


def _parts(at: Incident, bars: tuple[ToneBin, ...], by: str) -> list[Part]:
    w = session.words()
    span = {"since": bars[0].start, "until": bars[-1].end}
    with session.reading() as connection:
        if by == "outlet":
            found = readings.outlets(connection, at.id, **span, most=MOST)
            tier = lambda each: w("monitor.tier", tier=each.tier)  # noqa: E731
            return [Part(Row(f"{one.outlet} · {tier(one)}", one.tones), partial(_set, "outlet", one.outlet)) for one in found]
        if by == "tier":
            tiers = readings.by_tier(connection, at.id, **span)
            return [Part(Row(w("monitor.tier", tier=tier), tones), partial(_set, "tier", tier)) for tier, tones in tiers.items()]
        if by == "gravity":
            levels = readings.by_gravity(connection, at.id, **span)
            named = [(level, w(f"monitor.gravity.option.{level}"), tones) for level, tones in levels.items()]
            return [Part(Row(label, tones), partial(_set, "gravity", level)) for level, label, tones in named]
        told = readings.stories(connection, at.id, **span, most=MOST)
    return [Part(Row(one.title, one.tones), partial(_story, one.id, one.title)) for one in told]


def _story(story_id: int | None, title: str) -> None:
    if story_id is not None:
        press.choose_story(story_id, title)
