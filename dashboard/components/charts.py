"""Figures of the monitor: tone over time and volume by outlet. Shape, word and hatching always beside colour.

A figure is drawn once for everybody who looks at the same numbers; nobody may change the one they are given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import plotly.graph_objects as go

from dashboard.components.marks import TONE_SHAPES
from monitoring.mood import FEW, OutletVolume, ToneBin, ToneCounts, wilson
from words import Words

TONES = ("negative", "neutral", "positive")
# Okabe and Ito (2008): vermilion, grey, blue; on dark the sky blue, which carries there.
COLOURS = {"light": {"negative": "#D55E00", "neutral": "#7B8790", "positive": "#0072B2"},
           "dark": {"negative": "#E66F1A", "neutral": "#94A1AB", "positive": "#56B4E9"}}  # fmt: skip
ACCENT = {"light": "#0E6F6A", "dark": "#7CCBC4"}
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
_OTHER_BUTTONS = ["zoom2d", "pan2d", "select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d", "resetScale2d"]
_QUIET = "rgba(128,128,128,.28)"
_MARKS = {"alert": {"light": "#B3261E", "dark": "#FF9A91"}}
_STRIP = 3.2  # height of the strip of marks above the bars, in its own units


@dataclass(frozen=True)
class ChartMark:
    """Something of ours that happened while they wrote: `kind` is statement, fact or alert."""

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

@lru_cache(maxsize=64)
def tone_figure(
    bars: tuple[ToneBin, ...], marks: tuple[ChartMark, ...], canvas: Canvas, *, chosen: datetime | None = None, height: int = 300
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
    for kind, symbol, level in (("fact", "circle", 0.5), ("statement", "diamond", 1.5), ("alert", "triangle-up", 2.5)):
        mine = [mark for mark in marks if mark.kind == kind]
        figure.add_trace(go.Scatter(
            x=[canvas.local(mark.at) for mark in mine], y=[level] * len(mine), mode="markers", yaxis="y2", hoverinfo="text",
            hovertext=[f"{canvas.local(mark.at):%H:%M} {plain(mark.label)}" for mark in mine],
            marker={"symbol": symbol, "size": 9 if kind == "fact" else 12, "color": _MARKS.get(kind, ACCENT)[canvas.theme]},
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
            "domain": [0, 0.8], "fixedrange": True, "rangemode": "tozero", "gridcolor": _QUIET, "nticks": 5, "automargin": True,
            "range": [0, max(4.0, 1.18 * max(bar.tones.n for bar in bars))], "tickformat": "d", "zeroline": False,
        },
        yaxis2={
            "domain": [0.82, 1], "range": [0, _STRIP], "fixedrange": True, "showgrid": False, "zeroline": False, "automargin": True,
            "tickvals": [0.5, 1.5, 2.5], "ticktext": [w(f"monitor.mark.{name}") for name in ("fact", "statement", "alert")],
        },
    )  # fmt: skip


# --- share of negative items, with its band ------------------------------------------------------------------------

@lru_cache(maxsize=64)
def share_figure(
    bars: tuple[ToneBin, ...], marks: tuple[ChartMark, ...], canvas: Canvas, *, chosen: datetime | None = None, height: int = 300
) -> go.Figure:
    """The share of negative items with its 90 % band (Wilson 1927); a point of fewer than FEW items is hollow."""
    told = [bar for bar in bars if bar.tones.n]
    at = [canvas.local(bar.start + (bar.end - bar.start) / 2) for bar in told]
    bounds = [wilson(bar.tones.negative, bar.tones.n) for bar in told]
    colour = canvas.colours["negative"]
    figure = go.Figure([
        go.Scatter(x=at, y=[100 * low for low, _ in bounds], mode="lines", line={"width": 0}, hoverinfo="skip"),
        go.Scatter(
            x=at, y=[100 * high for _, high in bounds], mode="lines", line={"width": 0}, fill="tonexty", hoverinfo="skip",
            fillcolor=f"rgba({','.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))},.18)",
        ),
        go.Scatter(
            x=at, y=[100 * bar.tones.share("negative") for bar in told], mode="lines+markers", hoverinfo="text",
            hovertext=[_told(bar, canvas) for bar in told], line={"color": colour, "width": 2},
            customdata=[bars.index(bar) for bar in told],
            marker={
                "size": 9, "color": colour,
                "symbol": ["circle" if bar.tones.n >= FEW else "circle-open" for bar in told],
            },
        ),
    ])  # fmt: skip
    _mark(figure, [mark for mark in marks if bars[0].start <= mark.at < bars[-1].end], canvas)
    if chosen is not None:
        end = canvas.local(chosen + (bars[0].end - bars[0].start))
        figure.add_vrect(x0=canvas.local(chosen), x1=end, fillcolor=ACCENT[canvas.theme], opacity=0.2, line_width=0, layer="below")
    _shape(figure, bars, canvas, height)
    figure.update_layout(yaxis={"range": [0, 104], "ticksuffix": " %", "tickvals": [0, 25, 50, 75, 100]})
    return figure


# --- volume by outlet --------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Row:
    """One row of a breakdown: an outlet, a tier, a story, a level of gravity."""

    label: str
    tones: ToneCounts


def outlet_figure(volumes: Sequence[OutletVolume], canvas: Canvas) -> go.Figure:
    """One row an outlet, the loudest on top, its tier beside the name. Row number k is point number k."""
    tier = lambda each: canvas.words("monitor.tier", tier=each.tier)  # noqa: E731
    return rows_figure(tuple(Row(f"{each.outlet} · {tier(each)}", each.tones) for each in volumes), canvas)


@lru_cache(maxsize=64)
def rows_figure(rows: tuple[Row, ...], canvas: Canvas) -> go.Figure:
    """Stacked rows with n behind each. Row number k is point number k."""
    names = [_short(plain(each.label)) for each in rows]
    figure = go.Figure([
        go.Bar(
            y=list(range(len(rows))), x=[getattr(each.tones, tone) for each in rows], orientation="h", name=tone,
            marker=_marker(canvas.colours[tone], True), hoverinfo="text", unselected={"marker": {"opacity": 1}}, width=0.62,
            hovertext=[f"{plain(each.label)}<br>{_share(each, tone, canvas)}" for each in rows],
        )
        for tone in TONES
    ])  # fmt: skip
    figure.add_trace(go.Scatter(
        y=list(range(len(rows))), x=[each.tones.n for each in rows], text=[f" n={each.tones.n}" for each in rows],
        mode="text", textposition="middle right", textfont={"size": 11}, hoverinfo="skip", cliponaxis=False,
    ))  # fmt: skip
    figure.update_layout(
        barmode="stack", height=34 * len(rows) + 20, margin={"l": 8, "r": 44, "t": 4, "b": 4}, showlegend=False, dragmode=False,
        xaxis={"fixedrange": True, "visible": False, "rangemode": "tozero"},
        yaxis={
            "fixedrange": True, "autorange": "reversed", "tickvals": list(range(len(rows))), "ticktext": names,
            "automargin": True, "showgrid": False, "zeroline": False,
        },
    )  # fmt: skip
    return figure


LONGEST_LABEL = 18


def _short(label: str) -> str:
    """So that the rows of a phone keep room for their bars."""
    wide = sum(2 if ord(letter) > 0x2E80 else 1 for letter in label)
    if wide <= 2 * LONGEST_LABEL:
        return label
    most = LONGEST_LABEL if wide > 1.5 * len(label) else 2 * LONGEST_LABEL
    return label[: most - 1].rstrip() + "…"


def _share(each: Row, tone: str, canvas: Canvas) -> str:
    count = getattr(each.tones, tone)
    return f"{TONE_SHAPES[tone]} {canvas.words(f'tone.{tone}')} {canvas.words('monitor.chart.of', count=count, n=each.tones.n)}"


def with_picture(form: str) -> dict[str, Any]:
    """The figure's own button for a picture of it, `form` png or svg; the browser draws it, nothing leaves the machine."""
    picture = {"format": form, "scale": 2 if form == "png" else 1, "filename": "monitor"}
    return {**CONFIG, "displayModeBar": "hover", "displaylogo": False, "modeBarButtonsToRemove": _OTHER_BUTTONS,
            "toImageButtonOptions": picture}  # fmt: skip


def as_page(figure: go.Figure, title: str) -> bytes:
    """The figure as a web page that needs nothing else: it opens offline and draws its own pictures."""
    figure = go.Figure(figure).update_layout(title={"text": plain(title)}, margin={"t": 60}, paper_bgcolor="#FFFFFF")
    return figure.to_html(include_plotlyjs=True, full_html=True, config=with_picture("svg")).encode()


def picked(state: Any) -> int | None:
    """Which bar or row a click chose, from the chart's state; None where none is chosen."""
    points = ((state or {}).get("selection") or {}).get("points") or []
    number = points[0].get("customdata", points[0].get("point_index", points[0].get("point_number"))) if points else None
    number = number[0] if isinstance(number, list) else number
    return int(number) if number is not None else None


def plain(text: str) -> str:
    """Outside text as plotly draws it: its own markup shown, not obeyed."""
    return escape(" ".join(text.split()), quote=False)
