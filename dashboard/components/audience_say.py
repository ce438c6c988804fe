"""What we say to a group: from settled facts only, through the guard; and what they will ask first."""

import streamlit as st

from dashboard import session
from dashboard.components import audience_four
from dashboard.components.audience_board import Board
from dashboard.components.show import h, html
from stakeholders.filling import fill
from stakeholders.models import Audience, AudienceAnswer
from statements.gates import HOLE


def say(board: Board, group: Audience) -> None:
    w = session.words()
    answer = board.answers_of(group).get("message") or AudienceAnswer(0, group.id, "message", "", "", version=0)
    left, right = st.columns([6, 4], gap="medium")
    with left, st.container(border=True):
        text = answer.text(session.language())
        html(
            f"<h2 class='cd-h2'>{h(w('audiences.question.message'))}</h2><div class='cd-text'>{_holes(text)}</div>"
            f"<div class='cd-clause'>{_checked(text)}<small>{h(w('audiences.say.hint'))}</small>"
            f"{audience_four.written(board, answer)}</div>"
        )
        if text and not HOLE.search(text):
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


def _checked(text: str) -> str:
    """What the guard says of the text."""
    w = session.words()
    verdict = session.checker()(text, session.language())
    if not verdict.findings:
        return f"✓ {h(w('audiences.say.clear'))}"
    return "".join(
        f"<div class='cd-quote'><span class='{'cd-act' if found.severity == 'block' else 'cd-tone-negative'}'>"
        f"{h(w(f'severity.{found.severity}'))} · {h(w(f'label.{found.label}'))}</span> "
        f"{h(text[found.start : found.end])}<br>{h(found.why)}</div>"
        for found in verdict.findings
    )


def _asks(board: Board, group: Audience) -> str:
    """What they have asked us already, then what people in their place ask first."""
    w = session.words()
    heard = "".join(
        f"<li>{h(one['question'])} <small class='cd-quiet'>{h(w('audiences.kind.contact'))} {h(board.hour(one['at']))}</small></li>"
        for one in board.heard.get(group.id, ())[: audience_four.HEARD]
    )
    asks = fill(board.catalogue.group(group.slug).asks, board.case, board.catalogue, "asks")
    return heard + "".join(f"<li>{h(one.phrase.text(session.language()))}</li>" for one in asks)
