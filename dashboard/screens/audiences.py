"""Audiences: who next? A ranked list; one group opened with its four questions; where all stand; the outreach plan."""

from pathlib import Path

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.audience_board import Board, load
from dashboard.components.audience_card import card
from dashboard.components.audience_list import ranked, review
from dashboard.components.audience_picture import picture
from dashboard.components.audience_plan import plan
from dashboard.components.personal import kept_apart
from dashboard.tools import tools
from incidents.models import Incident
from stakeholders.models import Audience
from workflows.take_stock import take_stock

VIEWS = {"who": ranked, "picture": picture, "plan": plan}
_LOOK = Path(__file__).parent.parent / "components" / "audience.css"


def page() -> None:
    at = session.incident()
    if at is None:
        st.switch_page("screens/incidents.py")
    st.html(f"<style>{_LOOK.read_text(encoding='utf-8')}</style>")
    board = load(at)
    chosen = _chosen(board)
    if chosen:
        card(board, chosen)
        return
    show.title("audiences.title", "audiences.question")
    if not board.groups and not board.removed:
        _nobody(at)
        return
    w = session.words()
    st.session_state.setdefault("audience_view", "who")
    view = st.segmented_control(
        w("audiences.view"), tuple(VIEWS), key="audience_view", label_visibility="collapsed", required=True,
        format_func=lambda name: w(f"audiences.view.{name}"),
    )  # fmt: skip
    review(board)
    VIEWS[view or "who"](board)
    kept_apart(at)


def _chosen(board: Board) -> Audience | None:
    """The group that is open; the address carries it, so that a link or a reload opens it again."""
    if "audience" not in st.session_state and "audience" in st.query_params:
        st.session_state.audience = st.query_params["audience"]
    number = str(st.session_state.get("audience") or "")
    group = board.find(int(number)) if number.isdigit() else None
    if group:
        st.query_params["audience"] = str(group.id)
    else:
        st.session_state.audience = ""
        st.query_params.pop("audience", None)
    return group


def _nobody(at: Incident) -> None:
    w = session.words()
    show.empty("audiences.empty")
    with st.container(horizontal=True):
        st.button(w("audiences.empty.do"), type="primary", on_click=_list, args=(at,))
        if st.button(w("audiences.to_intake")):
            st.switch_page("screens/intake.py")


def _list(at: Incident) -> None:
    session.do(take_stock, at.id, tools=tools(), said="audiences.listed")


page()
