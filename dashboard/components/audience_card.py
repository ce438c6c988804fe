"""One group, opened: where it stands and what that asks for; then its four questions, what is said, contact, stance."""

import streamlit as st

from dashboard import session
from dashboard.components import audience_contact, audience_four, audience_say, audience_stance, marks
from dashboard.components.audience_board import Board
from dashboard.components.audience_list import choose
from dashboard.components.show import h, html
from stakeholders.models import Audience
from stakeholders.plan import waits_for

PANELS = {
    "four": audience_four.four, "say": audience_say.say, "contact": audience_contact.contact, "stance": audience_stance.stance,
}  # fmt: skip


def card(board: Board, group: Audience) -> None:
    w = session.words()
    st.button(f"← {w('audiences.back')}", key="audience_back", on_click=choose, args=(None,), type="tertiary")
    _head(board, group)
    if st.session_state.get("audience_panel") not in PANELS:
        st.session_state.audience_panel = "four"
    chosen = st.segmented_control(
        w("audiences.panel"), tuple(PANELS), key="audience_panel", label_visibility="collapsed", required=True,
        format_func=lambda name: w(f"audiences.panel.{name}"), width="stretch",
    )  # fmt: skip
    if chosen == "four":
        _strategy(board, group)
    PANELS[chosen or "four"](board, group)


def _head(board: Board, group: Audience) -> None:
    w = session.words()
    scores = w("list.dot").join(
        w("audiences.score", name=w(f"audiences.{name}"), value=getattr(group, name)) for name in ("harm", "influence", "interest")
    )
    gate = marks.badge(w("audiences.legal"), "accent") if board.catalogue.group(group.slug).legal_gate else ""
    gone = "" if group.why.get("applies", True) else f"<p class='cd-quiet'>{h(w('audiences.gone'))}</p>"
    html(
        f"<h2 class='cd-big' style='margin:0;padding:0'>{h(board.name(group))}</h2>"
        f"<p style='margin:.3rem 0 0'>{marks.stance(group.stance)} <span class='cd-quiet'>{h(scores)}</span> {gate}</p>"
        f"<p class='cd-sub'>{h(group.why.get(session.language(), ''))}</p>{gone}"
    )
    for rule in waits_for(board.catalogue, group, board.groups):
        first = next(one for one in board.groups if one.slug == rule.first)
        said = w("audiences.order.first", name=board.name(first))
        html(f"<p class='cd-quote'><b>{h(said)}</b> {h(rule.rule.text(session.language()))}</p>")


def _strategy(board: Board, group: Audience) -> None:
    w, language = session.words(), session.language()
    strategy = board.catalogue.strategies[group.stance]
    cells = {
        "aim": f"<p>{h(strategy.aim.text(language))}</p>",
        "do": "".join(f"<p>{h(one.text(language))}</p>" for one in strategy.do),
        "never": "".join(f"<p>{h(one.text(language))}</p>" for one in strategy.never),
        "moved": f"<p>{h(board.catalogue.group(group.slug).moved.text(language))}</p>",
    }
    html(
        "<div class='cd-four'>"
        + "".join(f"<div><h3>{h(w(f'audiences.strategy.{name}'))}</h3>{cell}</div>" for name, cell in cells.items())
        + "</div>"
    )
