"""Crisis type: which of the five, on which words, what would change it. A person may decide otherwise, with a reason."""

from typing import Any

import streamlit as st

from dashboard import session
from dashboard.components import facts as shown
from dashboard.components import header, marks, show
from dashboard.components.show import clock_time, h, html
from dashboard.tools import tools
from incidents.models import Incident, TypeRecord
from incidents.types import CREDIT_KINDS, TYPES
from storage import content, facts, judgements
from workflows.judge_type import answer_proposal, judge_type, overrule_type
from workflows.take_stock import take_stock

MOST_SURE = 0.95


def page() -> None:
    at = session.incident()
    if at is None:
        st.switch_page("screens/incidents.py")
    w = session.words()
    show.title("typepage.title", "typepage.question")
    with session.reading() as connection:
        current = judgements.current(connection, at.id)
        proposed = judgements.proposed(connection, at.id)
    if current is None:
        show.empty("typepage.empty")
        st.button(w("typepage.judge"), type="primary", on_click=_judge, args=(at,))
        return
    if proposed:
        _proposal(at, proposed)
    _verdict(current)
    left, right = st.columns([6, 4], gap="medium")
    with left:
        _reasons(current)
    with right:
        _question(at, current)
        _would_change(current)
        _guide(current)
    _overrule(at, current)
    _history(at)


def _judge(at: Incident) -> None:
    session.do(take_stock, at.id, tools=tools())


def _verdict(current: TypeRecord) -> None:
    w = session.words()
    kind = f" · {w(f'types.kind.{current.credit_kind}')}" if current.credit_kind else ""
    sure = _sure(current.confidence) if current.confidence is not None else ""
    by = w("typepage.by", name=current.made_by) if current.made_by else ""
    runner = w("typepage.runner_up", name=w(f"type.{current.runner_up}")) if current.runner_up else ""
    overlay = "".join(marks.badge(w("type.overlay", name=w(f"type.{name}"))) for name in current.secondary)
    state = marks.badge(w("type.provisional"), "accent") if current.provisional else ""
    html(
        f"<div class='cd-big'>{h(w(f'type.{current.crisis_type}'))}{h(kind)} {state} {overlay}</div>"
        f"<p class='cd-quiet'>{h(w('list.dot').join(part for part in (sure, runner, by) if part))}</p>"
    )
    if current.reason and current.made_by:
        html(f"<p class='cd-quote'>{h(current.reason)}</p>")
    if current.provisional and current.runner_up:
        _side_by_side(current)


def _sure(confidence: float) -> str:
    """Never all of it: of what was judged with more than MOST_SURE, a few in a hundred were wrong (docs/type-reliability.md)."""
    key = "types.confidence.most" if confidence >= MOST_SURE else "types.confidence"
    return session.words()(key, percent=round(100 * min(confidence, MOST_SURE)))


def _side_by_side(current: TypeRecord) -> None:
    w = session.words()
    for column, name in zip(st.columns(2), (current.crisis_type, str(current.runner_up)), strict=True):
        share = current.detail.get("probabilities", {}).get(name)
        with column, st.container(border=True, height="stretch"):
            html(
                f"<h2 class='cd-h2'>{h(w(f'type.{name}'))} <small>{h(f'{share:.0%}' if share is not None else '')}</small></h2>"
                f"<p class='cd-quiet'>{h(_in_language(content.type_guide().posture(name).definition))}</p>"
            )


def _in_language(phrase: Any) -> str:
    """A bilingual phrase, stored or from content, in the language on the screen."""
    name = session.language()
    return phrase[name] if isinstance(phrase, dict) else getattr(phrase, name)


def _reasons(current: TypeRecord) -> None:
    w = session.words()
    html(f"<h2 class='cd-h2'>{h(w('types.reasons'))}</h2>")
    reasons = current.detail.get("reasons", ())
    if not reasons:
        show.empty("typepage.reasons.empty")
    lines = []
    for reason in reasons:
        against = reason["weight"] < 0
        mark = marks.badge(w("typepage.against" if against else "typepage.for"))
        quotes = h(w("list.dot").join(dict.fromkeys(one["quote"] for one in reason["evidence"])))
        lines.append(f"<li>{mark} {h(_in_language(reason['text']))}<div class='cd-quote'>{quotes}</div></li>")
    html(f"<ul class='cd-list'>{''.join(lines)}</ul>")


def _question(at: Incident, current: TypeRecord) -> None:
    question = current.detail.get("question")
    if not question:
        return
    w = session.words()
    with st.container(border=True):
        html(f"<h2 class='cd-h2'>{h(w('types.deciding_question'))}</h2><p>{h(_in_language(question['text']))}</p>")
        for option in question["options"]:
            label = show.plain_md(_in_language(option["text"]))
            st.button(
                label, key=f"answer_{option['id']}", on_click=_answer, args=(at, question["id"], option["id"]),
                width="stretch",
            )  # fmt: skip


def _answer(at: Incident, question: str, option: str) -> None:
    session.do(judge_type, at.id, model=tools().type_model, answers={question: option}, said="types.answered")


def _would_change(current: TypeRecord) -> None:
    w = session.words()
    entries = current.detail.get("would_change", ())
    if entries:
        lines = "".join(f"<li>{h(_in_language(one))}</li>" for one in entries)
        html(f"<h2 class='cd-h2'>{h(w('types.would_change'))}</h2><ul class='cd-list'>{lines}</ul>")


def _guide(current: TypeRecord) -> None:
    w = session.words()
    posture = content.type_guide().posture(current.crisis_type)
    with st.expander(w("typepage.posture")):
        for name in ("first_steps", "statement_must_carry", "never"):
            lines = "".join(f"<li>{h(_in_language(one))}</li>" for one in getattr(posture, name))
            html(f"<h2 class='cd-h2'>{h(w(f'types.{name}'))}</h2><ul class='cd-list'>{lines}</ul>")


def _proposal(at: Incident, proposed: TypeRecord) -> None:
    w = session.words()
    with st.container(border=True):
        html(f"<h2 class='cd-h2 cd-act'>{h(w('typepage.proposed', name=w(f'type.{proposed.crisis_type}')))}</h2>")
        if proposed.reason and proposed.reason.isdigit():
            with session.reading() as connection:
                cause = facts.get(connection, int(proposed.reason))
            html(f"<p>{h(w('typepage.because'))} {marks.fact(cause.status)} {h(shown.said(cause, at))}</p>")
        with st.container(horizontal=True):
            st.button(w("types.accept_change"), type="primary", on_click=_decide, args=(proposed, True))
            st.button(w("types.refuse_change"), on_click=_decide, args=(proposed, False))


def _decide(proposed: TypeRecord, accepted: bool) -> None:
    session.do(answer_proposal, proposed.id, accepted=accepted, actor=session.my_name())


def _overrule(at: Incident, current: TypeRecord) -> None:
    w = session.words()
    with st.expander(w("typepage.overrule")):
        names = list(TYPES)
        st.selectbox(
            w("typepage.overrule.type"), names, key="overrule_type", index=names.index(current.crisis_type),
            format_func=lambda name: w(f"type.{name}"),
        )  # fmt: skip
        if st.session_state.overrule_type == "credit":
            st.selectbox(
                w("typepage.overrule.credit"), CREDIT_KINDS, key="overrule_credit", format_func=lambda k: w(f"types.kind.{k}")
            )
        st.text_area(w("typepage.overrule.reason"), key="overrule_reason", height=80)
        st.button(w("typepage.overrule.button"), on_click=_overruled, args=(at,))
        error = session.notice("overrule")
        if error is not None:
            show.problem(error)


def _overruled(at: Incident) -> None:
    session.do(
        overrule_type, at.id, st.session_state.overrule_type, reason=st.session_state.overrule_reason,
        credit_kind=st.session_state.get("overrule_credit"), actor=session.my_name(), field="overrule",
    )  # fmt: skip


def _history(at: Incident) -> None:
    w = session.words()
    with session.reading() as connection:
        records = judgements.history(connection, at.id)
    with st.expander(w("typepage.history", count=len(records))):
        lines = "".join(
            f"<li><span class='cd-when'>{h(clock_time(one.made_at, at.zone, session.here_now(at)))}</span>"
            f"{header.type_badge(one)} {h(w(f'typepage.state.{one.state}'))} {h(one.made_by or w('timeline.desk'))}</li>"
            for one in records
        )
        html(f"<ul class='cd-list'>{lines}</ul>")


page()
