"""Where everybody stands and where they moved; who has influence and who is interested. Shape and word beside colour."""

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from dashboard import session
from dashboard.components import marks
from dashboard.components.audience_board import Board
from dashboard.components.charts import COLOURS, CONFIG, plain
from dashboard.components.marks import STANCE_SHAPES, TONE_SHAPES
from dashboard.components.show import h, html
from stakeholders.models import Audience
from stakeholders.plan import Move, level
from words import Words

SYMBOLS = {-1: "triangle-down", 0: "square", 1: "triangle-up"}
NAMED = 4  # movements in words; the others are arrows
DRAWN, FIELD = 20, 8  # groups in the picture, and in a field of the matrix before the others are folded
MUCH = 4  # of 5: from here on influence or interest counts as high
SIDES = {-1: "negative", 0: "neutral", 1: "positive"}
INK = {"light": "#1C2328", "dark": "#E7ECEC"}
_LINE = "rgba(128,128,128,.28)"


def picture(board: Board) -> None:
    w = session.words()
    theme = "dark" if st.context.theme.type == "dark" else "light"
    left, right = st.columns([5, 6], gap="medium")
    with left:
        html(f"<h2 class='cd-h2'>{h(w('audiences.picture.stance'))}</h2><p class='cd-quiet'>{h(_moved(board))}</p>")
        drawn = foremost(board.moves)
        st.plotly_chart(stance_figure(drawn, w, theme, session.language()), config=CONFIG, key="stance_picture",
                        alt=w("audiences.picture.stance"))  # fmt: skip
        _others(board, [one for one in board.moves if one not in drawn])
    with right:
        html(f"<h2 class='cd-h2'>{h(w('audiences.picture.power'))}</h2>")
        html(f"<p class='cd-quiet'>{h(w('audiences.picture.power.hint'))}</p>{_matrix(board)}")


def _moved(board: Board) -> str:
    w = session.words()
    mine = [one for one in board.moves if one.before != one.now]
    if not mine:
        return w("audiences.picture.still", count=len(board.moves))
    told = [
        w("audiences.picture.moved", name=board.name(one.audience), before=w(f"stance.{one.before}"), now=w(f"stance.{one.now}"))
        for one in mine[:NAMED]
    ]
    told += [w("audiences.picture.more", count=len(mine) - NAMED)] if len(mine) > NAMED else []
    return w("list.dot").join([w("audiences.picture.stance.since"), *told])


def foremost(moves: Sequence[Move]) -> tuple[Move, ...]:
    """Those a picture holds legibly: who moved, then by rank; in the order of the list."""
    first = sorted(moves, key=lambda one: (not one.moved, one.audience.position))[:DRAWN]
    return tuple(one for one in moves if one in first)


def _others(board: Board, moves: Sequence[Move]) -> None:
    """The groups that the picture has no room for, by where they stand."""
    w = session.words()
    if not moves:
        return
    with st.expander(w("audiences.picture.list", count=len(moves))):
        for side, name in SIDES.items():
            mine = [one.audience for one in moves if level(one.now) == side]
            lines = "".join(f"<li>{one.position} {h(board.name(one))}</li>" for one in mine)
            html(f"<h3 class='cd-h2'>{marks.tone(name)} <small>{len(mine)}</small></h3><ul class='cd-list'>{lines}</ul>")


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
        font={"color": INK[theme], "size": 13},
        xaxis={"range": [-1.5, 1.5], "tickvals": [-1, 0, 1], "side": "top", "fixedrange": True, "zeroline": False,
               "gridcolor": _LINE,
               "ticktext": [f"{shape} {w(f'audiences.picture.{name}')}" for name, shape in TONE_SHAPES.items()]},
        yaxis={"tickvals": rows, "ticktext": labels, "autorange": "reversed", "fixedrange": True, "automargin": True,
               "gridcolor": _LINE, "zeroline": False},
    )  # fmt: skip
    return figure


def quadrants(groups: Sequence[Audience]) -> dict[tuple[bool, bool], list[Audience]]:
    """Mendelow's matrix (1991): the groups by (much influence, much interest), the strongest first."""
    found: dict[tuple[bool, bool], list[Audience]] = {(power, care): [] for power in (True, False) for care in (False, True)}
    for one in sorted(groups, key=lambda one: (-one.influence - one.interest, one.position)):
        found[(one.influence >= MUCH, one.interest >= MUCH)].append(one)
    return found


def _matrix(board: Board) -> str:
    """The matrix as four fields, names in them: legible on a phone, where a scatter of 16 points is not."""
    w = session.words()
    cells = []
    for (power, care), mine in quadrants(board.groups).items():
        key = f"{'high' if power else 'low'}_{'high' if care else 'low'}"
        lines = [
            f"<li>{one.position} {h(board.name(one))} {marks.stance(one.stance)} "
            f"<span class='cd-quiet'>{one.influence}·{one.interest}</span></li>"
            for one in mine
        ]
        title = f"{h(w(f'audiences.power.{key}'))} <small>{h(w(f'audiences.power.{key}.where'))}</small>"
        rest = "".join(lines[FIELD:])
        more = h(w("audiences.more", count=len(lines) - FIELD))
        rest = f"<details><summary class='cd-quiet'>{more}</summary><ul class='cd-list'>{rest}</ul></details>" if rest else ""
        cells.append(f"<div><h2 class='cd-h2'>{title}</h2><ul class='cd-list'>{''.join(lines[:FIELD])}</ul>{rest}</div>")
    return f"<div class='cd-matrix'>{''.join(cells)}</div>"


def _told(one: Audience, w: Words, language: str) -> str:
    return f"{_name(one, language)}<br>{STANCE_SHAPES[one.stance]} {w(f'stance.{one.stance}')}"


def _name(one: Audience, language: str) -> str:
    said = plain(one.name(language))
    return said[:1].upper() + said[1:]


def _short(name: str, language: str) -> str:
    most = 14 if language == "zh" else 26
    return name if len(name) <= most else f"{name[: most - 1]}…"
