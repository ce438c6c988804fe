"""Where everybody stands and where they moved; who has influence and who is interested. Shape and word beside colour."""

from collections import defaultdict
from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from dashboard import session
from dashboard.components.audience_board import Board
from dashboard.components.charts import COLOURS, CONFIG, plain
from dashboard.components.marks import STANCE_SHAPES, TONE_SHAPES
from dashboard.components.show import h, html
from stakeholders.models import Audience
from stakeholders.plan import Move, level
from words import Words

SYMBOLS = {-1: "triangle-down", 0: "square", 1: "triangle-up"}
SIDES = {-1: "negative", 0: "neutral", 1: "positive"}
_LINE = "rgba(128,128,128,.28)"


def picture(board: Board) -> None:
    w = session.words()
    theme = "dark" if st.context.theme.type == "dark" else "light"
    left, right = st.columns([6, 5], gap="medium")
    with left:
        html(f"<h2 class='cd-h2'>{h(w('audiences.picture.stance'))}</h2><p class='cd-quiet'>{h(_moved(board))}</p>")
        st.plotly_chart(stance_figure(board.moves, w, theme, session.language()), config=CONFIG, key="stance_picture",
                        alt=w("audiences.picture.stance"))  # fmt: skip
    with right:
        html(f"<h2 class='cd-h2'>{h(w('audiences.picture.power'))}</h2>")
        html(f"<p class='cd-quiet'>{h(w('audiences.picture.power.hint'))}</p>")
        st.plotly_chart(power_figure(board.groups, w, theme, session.language()), config=CONFIG, key="power_picture",
                        alt=w("audiences.picture.power"))  # fmt: skip
        _names(board)


def _moved(board: Board) -> str:
    w = session.words()
    mine = [one for one in board.moves if one.before != one.now]
    if not mine:
        return w("audiences.picture.still", count=len(board.moves))
    told = [
        w("audiences.picture.moved", name=board.name(one.audience), before=w(f"stance.{one.before}"), now=w(f"stance.{one.now}"))
        for one in mine
    ]
    return w("list.dot").join([w("audiences.picture.stance.since"), *told])


def stance_figure(moves: Sequence[Move], w: Words, theme: str, language: str) -> go.Figure:
    """One row a group, the first on top; negative left, positive right; an arrow from where it stood."""
    figure = go.Figure()
    rows = list(range(len(moves)))
    for side, name in SIDES.items():
        mine = [row for row in rows if level(moves[row].now) == side]
        figure.add_trace(go.Scatter(
            x=[side] * len(mine), y=mine, mode="markers", name=name, hoverinfo="text",
            marker={"symbol": SYMBOLS[side], "size": 13, "color": COLOURS[theme][name]},
            hovertext=[_told(moves[row].audience, w, language) for row in mine],
        ))  # fmt: skip
    for row in rows:
        if moves[row].moved:
            figure.add_annotation(
                x=level(moves[row].now), ax=level(moves[row].before), y=row, ay=row, axref="x", ayref="y", showarrow=True,
                arrowhead=2, arrowwidth=2, standoff=9, arrowcolor=COLOURS[theme][SIDES[level(moves[row].now)]], text="",
            )  # fmt: skip
    labels = [f"{moves[row].audience.position} {_short(_name(moves[row].audience, language), language)}" for row in rows]
    figure.update_layout(
        height=30 * len(moves) + 60, margin={"l": 8, "r": 8, "t": 34, "b": 4}, showlegend=False, dragmode=False,
        xaxis={"range": [-1.5, 1.5], "tickvals": [-1, 0, 1], "side": "top", "fixedrange": True, "zeroline": False,
               "gridcolor": _LINE,
               "ticktext": [f"{shape} {w(f'audiences.picture.{name}')}" for name, shape in TONE_SHAPES.items()]},
        yaxis={"tickvals": rows, "ticktext": labels, "autorange": "reversed", "fixedrange": True, "automargin": True,
               "gridcolor": _LINE, "zeroline": False},
    )  # fmt: skip
    return figure


def power_figure(groups: Sequence[Audience], w: Words, theme: str, language: str) -> go.Figure:
    """Interest to the right, influence upwards; numbers as in the list, groups of one cell side by side."""
    cells: dict[tuple[int, int], list[Audience]] = defaultdict(list)
    for one in groups:
        cells[(one.interest, one.influence)].append(one)
    spots = [(*_spot(cell, index, len(mine)), one) for cell, mine in cells.items() for index, one in enumerate(mine)]
    figure = go.Figure(go.Scatter(
        x=[x for x, _, _ in spots], y=[y for _, y, _ in spots], mode="markers+text", hoverinfo="text",
        text=[str(one.position) for _, _, one in spots], textposition="middle right", textfont={"size": 13},
        marker={"size": 12, "symbol": [SYMBOLS[level(one.stance)] for _, _, one in spots],
                "color": [COLOURS[theme][SIDES[level(one.stance)]] for _, _, one in spots]},
        hovertext=[_told(one, w, language) for _, _, one in spots],
    ))  # fmt: skip
    for axis in ("h", "v"):
        getattr(figure, f"add_{axis}line")(**{"y" if axis == "h" else "x": 3, "line": {"color": _LINE, "dash": "dot"}})
    shape = {"range": [0.4, 5.8], "tickvals": [1, 2, 3, 4, 5], "fixedrange": True, "gridcolor": _LINE, "zeroline": False}
    figure.update_layout(
        height=400, margin={"l": 8, "r": 8, "t": 8, "b": 8}, showlegend=False, dragmode=False,
        xaxis={**shape, "title": w("audiences.interest")}, yaxis={**shape, "title": w("audiences.influence"), "automargin": True},
    )  # fmt: skip
    return figure


def _spot(cell: tuple[int, int], index: int, count: int) -> tuple[float, float]:
    """Three to a line around the middle of the cell."""
    row, column = divmod(index, 3)
    return cell[0] + (column - (min(count, 3) - 1) / 2) * 0.3, cell[1] - (row - (count - 1) // 3 / 2) * 0.3


def _told(one: Audience, w: Words, language: str) -> str:
    return f"{_name(one, language)}<br>{STANCE_SHAPES[one.stance]} {w(f'stance.{one.stance}')}"


def _name(one: Audience, language: str) -> str:
    said = plain(one.name(language))
    return said[:1].upper() + said[1:]


def _short(name: str, language: str) -> str:
    most = 14 if language == "zh" else 26
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _names(board: Board) -> None:
    lines = "".join(f"<li>{one.position} {h(board.name(one))}</li>" for one in board.groups)
    html(f"<h2 class='cd-h2'>{h(session.words()('audiences.picture.names'))}</h2>")
    html(f"<ul class='cd-list' style='columns:2'>{lines}</ul>")
