"""Under each item: its tone to correct in one click; behind one press more its gravity, and what else a person may say of it."""

from collections.abc import Sequence

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.marks import TONE_SHAPES
from dashboard.components.show import h, html
from incidents.models import Incident
from monitoring.mood import PressItem
from workflows.correct_item import correct_item, set_relevance, undo_correction
from workflows.sort_stories import join_item, split_item, unsort_item

LEVELS = (0, 1, 2, 3)


def controls(at: Incident, each: PressItem, others: Sequence[PressItem]) -> None:
    """One click on another tone is the correction; `others` are the items it may be joined to."""
    w = session.words()
    key = f"{each.link_id}_{each.version}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"cd_correct_{each.link_id}"):
        st.segmented_control(
            w("correct.tone"), tuple(TONE_SHAPES), default=each.tone, key=f"tone_{key}", label_visibility="collapsed",
            required=True, format_func=lambda tone: f"{TONE_SHAPES[tone]} {w(f'tone.{tone}')}", on_change=_corrected,
            args=(each, "tone", key),
        )  # fmt: skip
        if each.corrected:
            st.button(w("correct.undo"), key=f"undo_{key}", on_click=_done, args=(undo_correction, each, "correct.undone"))
        with st.popover(w("correct.more")):
            _more(at, each, others, key)
    error = session.notice(f"item:{each.link_id}")
    if error is not None:
        show.problem(error)


def _corrected(each: PressItem, what: str, key: str) -> None:
    chosen = st.session_state.get(f"{what}_{key}")
    if chosen is None or chosen == getattr(each, what):
        return
    session.do(
        correct_item, each.link_id, version=each.version, actor=session.my_name(), said="correct.kept",
        field=f"item:{each.link_id}", **{what: chosen},
    )  # fmt: skip


def _done(deed, each: PressItem, said: str, *args, **kwargs) -> None:
    field = f"item:{each.link_id}"
    session.do(deed, each.link_id, *args, version=each.version, actor=session.my_name(), said=said, field=field, **kwargs)


def _more(at: Incident, each: PressItem, others: Sequence[PressItem], key: str) -> None:
    w = session.words()
    st.segmented_control(
        w("correct.gravity"), LEVELS, default=each.gravity, key=f"gravity_{key}", required=True,
        format_func=lambda level: w("correct.level", level=level), on_change=_corrected, args=(each, "gravity", key),
    )  # fmt: skip
    if each.sorted_by_hand:
        st.button(w("correct.unsort"), key=f"unsort_{key}", on_click=_sorted, args=(unsort_item, at, each), width="stretch")
    elif each.story_id is not None:
        html(f"<p class='cd-quiet' style='margin:0'>{h(w('correct.split.help'))}</p>")
        st.button(w("correct.split"), key=f"split_{key}", on_click=_sorted, args=(split_item, at, each), width="stretch")
    known = {one.id: one for one in others if one.id != each.id and (each.story_id is None or one.story_id != each.story_id)}
    if known and not each.sorted_by_hand:
        chosen = st.selectbox(
            w("correct.join.which"), tuple(known), key=f"which_{key}", index=None, placeholder=w("correct.join.choose"),
            format_func=lambda number: f"{known[number].outlet} · {known[number].title[:40]}",
        )  # fmt: skip
        st.button(
            w("correct.join"), key=f"join_{key}", disabled=chosen is None, on_click=_sorted, args=(join_item, at, each, chosen),
            width="stretch",
        )  # fmt: skip
    html(f"<p class='cd-quiet' style='margin:.4rem 0 0'>{h(w('correct.aside.help'))}</p>")
    st.button(w("correct.aside"), key=f"aside_{key}", on_click=_set_aside, args=(each,), width="stretch")


def _sorted(deed, at: Incident, each: PressItem, *args) -> None:
    session.do(
        deed, each.id, *args, incident_id=at.id, actor=session.my_name(), said="correct.sorted", field=f"item:{each.link_id}"
    )


def _set_aside(each: PressItem) -> None:
    version = session.do(
        set_relevance, each.link_id, False, version=each.version, actor=session.my_name(), field=f"item:{each.link_id}"
    )
    if version:
        st.session_state["item_aside"] = (each.link_id, version, each.title)


def taken_back() -> None:
    """The last item set aside, as long as it can be taken back in one step."""
    aside = st.session_state.get("item_aside")
    if aside is None:
        return
    w = session.words()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        html(f"<div class='cd-quote'>{h(w('correct.aside.done', title=aside[2]))}</div>")
        st.button(w("correct.aside.undo"), key="aside_undo", on_click=_take_back, args=aside[:2])


def _take_back(link_id: int, version: int) -> None:
    session.do(set_relevance, link_id, True, version=version, actor=session.my_name(), said="correct.undone")
    st.session_state.pop("item_aside", None)
