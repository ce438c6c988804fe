"""Tone over time in the chosen span, as counts or as a share with its band, with our own marks, and pictures of it to take."""

from datetime import datetime
from functools import partial

import streamlit as st

from dashboard import session
from dashboard.components import facts as said
from dashboard.components import marks, press
from dashboard.components.answer import counts
from dashboard.components.charts import Canvas, ChartMark, as_page, picked, share_figure, tone_figure, with_picture
from dashboard.components.mood import Answer
from dashboard.components.show import h, html
from incidents.models import Incident
from monitoring.mood import SMALL, SPANS, ToneBin, bins, span_for
from storage import alerts, facts, readings, statements

VIEWS = ("counts", "share")
FORMS = ("png", "svg")


def canvas(at: Incident) -> Canvas:
    return Canvas(session.words(), at.zone, "dark" if st.context.theme.type == "dark" else "light")


def tone_chart(at: Incident, now: datetime, found: Answer, height: int, *, plain: bool = False) -> tuple[ToneBin, ...]:
    """Draws it and returns its bars. `plain`: without anything to take along."""
    w = session.words()
    usual = span_for(found.latest, now)
    st.session_state.setdefault("monitor_span", usual)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        head = st.empty()
        with st.container(horizontal=True, width="content", gap="small"):
            st.segmented_control(
                w("monitor.view"), VIEWS, key="monitor_view", default="counts", format_func=lambda one: w(f"monitor.view.{one}"),
                label_visibility="collapsed", required=True,
            )  # fmt: skip
            span = st.segmented_control(
                w("monitor.span"), tuple(SPANS), key="monitor_span", format_func=lambda one: w(f"monitor.span.{one}"),
                label_visibility="collapsed", required=True,
            )  # fmt: skip
    since, until, width = bins(span or usual, now, at.zone)  # none where the page refreshes itself before its fields came
    with session.reading() as connection:
        bars = readings.tone_bins(connection, at.id, since=since, until=until, width=width)
    _head(head, bars)
    draw = share_figure if st.session_state.get("monitor_view") == "share" else tone_figure
    figure = draw(bars, tuple(ours(at)), canvas(at), chosen=press.chosen_bin(bars), height=height)
    key = f"monitor_chart_{st.session_state.get('monitor_turn', 0)}"
    st.plotly_chart(
        figure, key=key, config=with_picture(st.session_state.get("monitor_form") or "png"), selection_mode="points",
        on_select=partial(_pick, key, bars), alt=w("monitor.tone.alt", said=counts(found)),
    )  # fmt: skip
    tones = "　".join(marks.tone(tone) for tone in marks.TONE_SHAPES)
    legend = "monitor.legend.share" if draw is share_figure else "monitor.legend"
    html(f"<p class='cd-quiet' style='margin:0'>{tones}　{h(w(legend))}</p>")
    if not plain:
        _pictures(at, figure)
    return bars


def _head(head, bars: tuple[ToneBin, ...]) -> None:
    w = session.words()
    n = sum(bar.tones.n for bar in bars)
    few = w("monitor.tone.few", least=SMALL) if n < SMALL else ""
    head.html(f"<h2 class='cd-h2 cd-left'>{h(w('monitor.tone'))} <small>{h(w('monitor.tone.n', n=n))}{h(few)}</small></h2>")


def _pictures(at: Incident, figure) -> None:
    w = session.words()
    with st.popover(w("monitor.picture")):
        st.segmented_control(
            w("monitor.picture.form"), FORMS, key="monitor_form", default="png", format_func=str.upper, required=True,
            help=w("monitor.picture.help"),
        )  # fmt: skip
        title = f"{at.title} · {w('monitor.tone')}" + ("" if at.kind == "real" else f" · {w(f'kind.{at.kind}.band')}")
        st.download_button(
            w("monitor.picture.page"), partial(as_page, figure, title), file_name=f"tone-{at.id}.html", mime="text/html",
            on_click="ignore", key="monitor_page_out",
        )  # fmt: skip


def _pick(key: str, bars: tuple[ToneBin, ...]) -> None:
    number = picked(st.session_state.get(key))
    press.choose_bin(bars[number] if number is not None and number < len(bars) else None)


def ours(at: Incident) -> list[ChartMark]:
    """When a statement went out, when a fact was settled, when an alert was raised."""
    w = session.words()
    with session.reading() as connection:
        sent = {one.number: one for one in statements.publications(connection, at.id)}
        known = facts.of_incident(connection, at.id)
        raised = alerts.of_incident(connection, at.id)
    label = "monitor.mark.statement.label"
    return [
        *(ChartMark("statement", one.released_at, w(label, number=number)) for number, one in sent.items()),
        *(
            ChartMark("fact", fact.confirmed_at, w("monitor.mark.fact.label", fact=said.said(fact, at)))
            for fact in known
            if fact.settled and fact.confirmed_at
        ),
        *(ChartMark("alert", one.opened_at, w("monitor.mark.alert.label", rule=_rule(one.rule))) for one in raised),
    ]


def _rule(name: str) -> str:
    w = session.words()
    key = f"alerts.rule.{name}"
    return w(key) if w.has(key) else name
