"""What we say to a group: from settled facts only, through the guard; and what they will ask first."""

import streamlit as st

from dashboard import session
from dashboard.components import audience_four
from dashboard.components.audience_board import Board
from dashboard.components.show import h, html
from dashboard.tools import tools
from stakeholders.filling import fill
from stakeholders.models import Audience, AudienceAnswer
from statements.gates import HOLE


def say(board: Board, group: Audience) -> None:
    w = session.words()
    answer = board.answers_of(group).get("message") or AudienceAnswer(0, group.id, "message", "", "", version=0)
    left, right = st.columns([6, 4], gap="medium")
    with left, st.container(border=True):
        html(f"<h2 class='cd-h2'>{h(w('audiences.question.message'))}</h2>")
        text = answer.text(session.language())
        html(f"<div class='cd-text'>{_holes(text)}</div>")
        _checked(text)
        html(f"<p class='cd-saved'>{h(w('audiences.say.hint'))}</p>")
        if text:
            st.caption(w("audiences.say.copy"))
            st.code(text, language=None, wrap_lines=True)
        audience_four.rewrite(board, group, answer)
    with right:
        html(f"<h2 class='cd-h2'>{h(w('audiences.asks'))}</h2><ul class='cd-list'>{_asks(board, group)}</ul>")


def _holes(text: str) -> str:
    """The text as HTML, what is still to be filled impossible to overlook."""
    out, at = [], 0
    for found in HOLE.finditer(text):
        out.append(f"{h(text[at : found.start()])}<span class='cd-hole'>{h(found.group())}</span>")
        at = found.end()
    return "".join(out) + h(text[at:])


def _checked(text: str) -> None:
    w = session.words()
    verdict = tools().check(text, session.language())
    if not verdict.findings:
        html(f"<p class='cd-saved'>✓ {h(w('audiences.say.clear'))}</p>")
    for found in verdict.findings:
        name = "cd-act" if found.severity == "block" else "cd-tone-negative"
        html(
            f"<div class='cd-quote'><span class='{name}'>{h(w(f'severity.{found.severity}'))} · "
            f"{h(w(f'label.{found.label}'))}</span> {h(text[found.start : found.end])}<br>{h(found.why)}</div>"
        )


def _asks(board: Board, group: Audience) -> str:
    asks = fill(board.catalogue.group(group.slug).asks, board.case, board.catalogue, "asks")
    return "".join(f"<li>{h(one.phrase.text(session.language()))}</li>" for one in asks)
