"""What the desk has learnt from corrections: learn on request, with figures before and after, and forget in one step."""

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.show import clock_time, h, html
from incidents.models import Incident
from storage import tone_models
from storage.tone_models import Learnt
from workflows.rescore_items import request_rescore
from workflows.retrain_tone import request_retraining, undo_retraining


def section(at: Incident) -> None:
    w = session.words()
    with session.reading() as connection:
        count, learnt = tone_models.corrected(connection), tone_models.in_force(connection)
    with st.expander(w("learn.title", count=count), key="learn_part", on_change="rerun"):
        html(f"<p class='cd-quiet' style='margin:0;max-width:46em'>{h(w('learn.help'))}</p>")
        html(_standing(at, learnt))
        with st.container(horizontal=True, gap="small"):
            st.button(w("learn.button"), key="learn_now", type="primary", disabled=not count, on_click=_learn)
            if learnt.number and learnt.undone is None:
                st.button(w("learn.undo"), key="learn_undo", on_click=_forget, args=(learnt.number,))
            st.button(w("learn.rescore"), key="learn_rescore", on_click=_rescore)
        error = session.notice("learn")
        if error is not None:
            show.problem(error)


def _standing(at: Incident, learnt: Learnt) -> str:
    w = session.words()
    if not learnt.number:
        return f"<p style='margin:.3rem 0'>{h(w('learn.none'))}</p>"
    when, who = clock_time(learnt.saved_at, at.zone), learnt.saved_by or w("correct.somebody")
    key = "learn.undone" if learnt.undone else "learn.version"
    told = w(key, number=learnt.undone or learnt.number, at=when, who=who, count=learnt.corrections)
    if learnt.undone:
        return f"<p style='margin:.3rem 0'>{h(told)}</p>"
    rows = "".join(_figure(learnt, name) for name in ("corrections", "corpus"))
    return f"<p style='margin:.3rem 0'>{h(told)}</p><ul class='cd-list'>{rows}</ul>"


def _figure(learnt: Learnt, name: str) -> str:
    w = session.words()
    before, after = learnt.figures.get(f"{name}_before"), learnt.figures.get(f"{name}_after")
    n = learnt.corrections if name == "corrections" else int(learnt.figures.get("corpus_n") or 0)
    if before is None or after is None:
        return f"<li>{h(w('learn.figure.few', n=n))}</li>"
    return f"<li>{h(w(f'learn.figure.{name}', before=_percent(before), after=_percent(after), n=f'{n:,}'))}</li>"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _learn() -> None:
    session.do(request_retraining, actor=session.my_name(), said="learn.asked", field="learn")


def _forget(number: int) -> None:
    session.do(undo_retraining, number=number, actor=session.my_name(), said="learn.forgotten", field="learn")


def _rescore() -> None:
    session.do(request_rescore, why="asked", actor=session.my_name(), said="learn.rescoring", field="learn")
