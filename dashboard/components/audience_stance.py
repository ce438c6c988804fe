"""Where a group stands: set with what shows it, and how it moved."""

import streamlit as st

from dashboard import session
from dashboard.components import marks, show
from dashboard.components.audience_board import Board
from dashboard.components.audience_list import choose
from dashboard.components.show import h, html
from stakeholders.models import STANCES, Audience
from storage import audiences
from workflows.remove_audience import remove_audience
from workflows.set_stance import set_stance


def stance(board: Board, group: Audience) -> None:
    w = session.words()
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True):
        base = f"audience:{group.id}:stance:{group.version}"
        st.radio(
            w("audiences.stance.now"), STANCES, index=STANCES.index(group.stance), key=base,
            format_func=lambda name: f"{marks.STANCE_SHAPES[name]} {w(f'stance.{name}')}",
        )  # fmt: skip
        hint = w("audiences.stance.reason.hint")
        st.text_input(w("audiences.stance.reason"), key=f"audience:{group.id}:reason", placeholder=hint)
        st.button(w("audiences.stance.button"), key=f"{base}:set", type="primary", on_click=_set, args=(group, base))
        error = session.notice(f"audience:{group.id}:stance")
        if error is not None:
            show.problem(error)
    with right:
        _history(board, group)
        st.button(w("audiences.remove"), key=f"remove_{group.id}", on_click=_remove, args=(group,), type="tertiary")


def _set(group: Audience, base: str) -> None:
    reason = f"audience:{group.id}:reason"
    done = session.do(
        set_stance, group.id, st.session_state[base], reason=st.session_state[reason], version=group.version, seen=group,
        actor=session.my_name(), field=f"audience:{group.id}:stance", said="audiences.stance.done",
    )  # fmt: skip
    if done:  # otherwise the words stay where they were written
        st.session_state[reason] = ""


def _history(board: Board, group: Audience) -> None:
    w = session.words()
    with session.reading() as connection:
        made = audiences.stances(connection, group.id)
    lines = "".join(
        f"<li><span class='cd-when'>{h(board.hour(one['changed_at']))}</span>{marks.stance(one['stance'])} "
        f"{h(one['reason'] or w('audiences.stance.first'))} <span class='cd-quiet'>{h(one['changed_by'] or '')}</span></li>"
        for one in reversed(made)
    )
    html(f"<h2 class='cd-h2'>{h(w('audiences.stance.history'))}</h2><ul class='cd-list'>{lines}</ul>")


def _remove(group: Audience) -> None:
    done = session.do(
        remove_audience, group.id, version=group.version, actor=session.my_name(), field=f"audience:{group.id}:stance",
        said="audiences.removed",
    )  # fmt: skip
    if done:
        choose(None)
