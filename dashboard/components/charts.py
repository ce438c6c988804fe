"""Figures of the monitor: tone over time and volume by outlet. Shape, word and hatching always beside colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import plotly.graph_objects as go

from dashboard.components.marks import TONE_SHAPES
from monitoring.mood import OutletVolume, ToneBin
from words import Words

TONES = ("negative", "neutral", "positive")
# Okabe and Ito (2008): vermilion, grey, blue; on dark the sky blue, which carries there.
COLOURS = {"light": {"negative": "#D55E00", "neutral": "#7B8790", "positive": "#0072B2"},
           "dark": {"negative": "#E66F1A", "neutral": "#94A1AB", "positive": "#56B4E9"}}  # fmt: skip
ACCENT = {"light": "#0E6F6A", "dark": "#7CCBC4"}
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
_QUIET = "rgba(128,128,128,.28)"
_STRIP = 2.2  # height of the strip of marks above the bars, in its own units


@dataclass(frozen=True)
class ChartMark:
    """Something of ours that happened while they wrote: `kind` is statement or fact."""

    kind: str
    at: datetime
    label: str


@dataclass(frozen=True)
class Canvas:
    """What a figure needs to know of the screen it is for."""

    words: Words
    zone: str
    theme: str = "light"

    @property
    def colours(self) -> dict[str, str]:
        return COLOURS[self.theme]

    def local(self, at: datetime) -> datetime:
        """Wall time without a zone: plotly would shift any other to the browser's."""
        return at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)


# --- tone over time ----------------------------------------------------------------------------------------------

def tone_figure(
    bars: Sequence[ToneBin], marks: Sequence[ChartMark], canvas: Canvas, *, chosen: datetime | None = None, height: int = 300
) -> go.Figure:
    """Stacked bars with n above each; a strip on top marks what was said and settled. Bar number k is point number k."""
    width = bars[0].end - bars[0].start
    figure = go.Figure(_bars(bars, canvas))
    figure.add_trace(_numbers(bars, canvas))
    _mark(figure, [mark for mark in marks if bars[0].start <= mark.at < bars[-1].end], canvas)
    if chosen is not None:
        figure.add_vrect(
            x0=canvas.local(chosen), x1=canvas.local(chosen + width), fillcolor=ACCENT[canvas.theme], opacity=0.2, line_width=0,
            layer="below",
        )  # fmt: skip
    _shape(figure, bars, canvas, height)
    return figure


def _bars(bars: Sequence[ToneBin], canvas: Canvas) -> list[go.Bar]:
    width = (bars[0].end - bars[0].start) / timedelta(milliseconds=1)
    at = [canvas.local(bar.start + (bar.end - bar.start) / 2) for bar in bars]
    told = [_told(bar, canvas) for bar in bars]
    return [
        go.Bar(
            x=at, y=[getattr(bar.certain if sure else bar.unsure, tone) or None for bar in bars], width=width * 0.86,
            marker=_marker(canvas.colours[tone], sure), hovertext=told, hoverinfo="text", name=tone,
            unselected={"marker": {"opacity": 1}},
        )
        for tone in TONES for sure in (True, False)
    ]  # fmt: skip


def _marker(colour: str, sure: bool) -> dict[str, Any]:
    """Solid where the tone is certain, hatched and hollow where it is not."""
    if sure:
        return {"color": colour, "line": {"color": colour, "width": 1}}
    hatch = {"shape": "/", "fillmode": "replace", "fgcolor": colour, "bgcolor": "rgba(0,0,0,0)", "size": 5, "solidity": 0.25}
    return {"color": colour, "line": {"color": colour, "width": 1}, "pattern": hatch}


def _told(bar: ToneBin, canvas: Canvas) -> str:
    w = canvas.words
    lines = [f"{canvas.local(bar.start):%m-%d %H:%M}–{canvas.local(bar.end):%H:%M}　n={bar.tones.n}"]
    for tone in TONES:
        if getattr(bar.tones, tone):
            unsure = getattr(bar.unsure, tone)
            note = w("monitor.chart.unsure", count=unsure) if unsure else ""
            lines.append(f"{TONE_SHAPES[tone]} {w(f'tone.{tone}')} {getattr(bar.tones, tone)} {note}")
    return "<br>".join(lines)


def _numbers(bars: Sequence[ToneBin], canvas: Canvas) -> go.Scatter:
    return go.Scatter(
        x=[canvas.local(bar.start + (bar.end - bar.start) / 2) for bar in bars], y=[bar.tones.n for bar in bars],
        text=[str(bar.tones.n or "") for bar in bars], mode="text", textposition="top center", textfont={"size": 11},
        hoverinfo="skip", cliponaxis=False,
    )  # fmt: skip


def _mark(figure: go.Figure, marks: Sequence[ChartMark], canvas: Canvas) -> None:
    for kind, symbol, level in (("fact", "circle", 0.5), ("statement", "diamond", 1.5)):
        mine = [mark for mark in marks if mark.kind == kind]
        figure.add_trace(go.Scatter(
            x=[canvas.local(mark.at) for mark in mine], y=[level] * len(mine), mode="markers", yaxis="y2", hoverinfo="text",
            hovertext=[f"{canvas.local(mark.at):%H:%M} {plain(mark.label)}" for mark in mine],
            marker={"symbol": symbol, "size": 9 if kind == "fact" else 12, "color": ACCENT[canvas.theme]},
        ))  # fmt: skip
        if kind == "statement":
            for mark in mine:
                figure.add_vline(x=canvas.local(mark.at), line={"color": ACCENT[canvas.theme], "width": 1, "dash": "dot"})


def _shape(figure: go.Figure, bars: Sequence[ToneBin], canvas: Canvas, height: int) -> None:
    w = canvas.words
    hours = (bars[-1].end - bars[0].start) / timedelta(hours=1)
    figure.update_layout(
        barmode="stack", height=height, margin={"l": 8, "r": 8, "t": 6, "b": 4}, showlegend=False, dragmode=False,
        hovermode="closest",
        xaxis={
            "range": [canvas.local(bars[0].start), canvas.local(bars[-1].end)], "fixedrange": True, "showgrid": False,
            "tickformat": "%H:%M" if hours <= 24 else "%m-%d", "nticks": 8, "automargin": True,
        },
        yaxis={
            "domain": [0, 0.84], "fixedrange": True, "rangemode": "tozero", "gridcolor": _QUIET, "nticks": 5, "automargin": True,
            "range": [0, max(4.0, 1.18 * max(bar.tones.n for bar in bars))], "tickformat": "d", "zeroline": False,
        },
        yaxis2={
            "domain": [0.86, 1], "range": [0, _STRIP], "fixedrange": True, "showgrid": False, "zeroline": False, "automargin": True,
            "tickvals": [0.5, 1.5], "ticktext": [w("monitor.mark.fact"), w("monitor.mark.statement")],
        },
    )  # fmt: skip


# --- volume by outlet --------------------------------------------------------------------------------------------

def outlet_figure(volumes: Sequence[OutletVolume], canvas: Canvas) -> go.Figure:
    """One row an outlet, the loudest on top, its tier beside the name. Row number k is point number k."""
    w = canvas.words
    names = [f"{plain(each.outlet)} · {w('monitor.tier', tier=each.tier)}" for each in volumes]
    figure = go.Figure([
        go.Bar(
            y=list(range(len(volumes))), x=[getattr(each.tones, tone) for each in volumes], orientation="h", name=tone,
            marker=_marker(canvas.colours[tone], True), hoverinfo="text", unselected={"marker": {"opacity": 1}}, width=0.62,
            hovertext=[_share(each, tone, canvas) for each in volumes],
        )
        for tone in TONES
    ])  # fmt: skip
    figure.add_trace(go.Scatter(
        y=list(range(len(volumes))), x=[each.tones.n for each in volumes], text=[f" n={each.tones.n}" for each in volumes],
        mode="text", textposition="middle right", textfont={"size": 11}, hoverinfo="skip", cliponaxis=False,
    ))  # fmt: skip
    figure.update_layout(
        barmode="stack", height=34 * len(volumes) + 20, margin={"l": 8, "r": 44, "t": 4, "b": 4}, showlegend=False, dragmode=False,
        xaxis={"fixedrange": True, "visible": False, "rangemode": "tozero"},
        yaxis={
            "fixedrange": True, "autorange": "reversed", "tickvals": list(range(len(volumes))), "ticktext": names,
            "automargin": True, "showgrid": False, "zeroline": False,
        },
    )  # fmt: skip
    return figure


def _share(each: OutletVolume, tone: str, canvas: Canvas) -> str:
    count = getattr(each.tones, tone)
    return f"{TONE_SHAPES[tone]} {canvas.words(f'tone.{tone}')} {canvas.words('monitor.chart.of', count=count, n=each.tones.n)}"


def picked(state: Any) -> int | None:
    """Which bar or row a click chose, from the chart's state; None where none is chosen."""
    points = ((state or {}).get("selection") or {}).get("points") or []
    number = points[0].get("point_index", points[0].get("point_number")) if points else None
    return int(number) if number is not None else None


def plain(text: str) -> str:
    """Outside text as plotly draws it: its own markup shown, not obeyed."""
    return escape(" ".join(text.split()), quote=False)
