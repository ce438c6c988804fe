"""Is this text one that we released? A file or pasted words, compared with everything that went out."""

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.show import h, html
from documents.answer import answer_lines
from documents.envelope import opened
from documents.reading import ENDINGS, text_of
from errors import DeskError
from incidents.models import Incident
from storage import content, incidents
from workflows.verify_text import around, verify_text

MARKS = {"released": "✓", "altered": "✗", "draft": "✗", "unknown": "○"}


def verifying(at: Incident) -> None:
    w = session.words()
    with st.expander(w("verify.title")):
        html(f"<p class='cd-quiet'>{h(w('verify.help'))}</p>")
        left, right = st.columns(2, gap="medium")
        brought = left.file_uploader(w("verify.upload"), type=list(ENDINGS), key="verify_file")
        pasted = right.text_area(w("verify.paste"), key="verify_text", height=140, max_chars=100_000)
        if st.button(w("verify.do"), key="verify_do"):
            if brought is not None:
                _answer(at, brought.name, brought.getvalue())
            elif pasted.strip():
                _answer(at, "", pasted.encode("utf-8", "replace"))


def _answer(at: Incident, name: str, raw: bytes) -> None:
    try:
        text = opened(text_of(name or "pasted.txt", raw), around())
    except DeskError as error:
        show.problem(error)
        return
    mine = {one.id for one in session.all_incidents()}
    with session.reading() as connection:
        hidden = frozenset(one.id for one in incidents.all_of(connection) if one.id not in mine)
        answer = verify_text(connection, text.text, loose=raw.startswith(b"%PDF"), hidden=hidden)
    first, *others = answer_lines(answer, text, at.zone, session.words(), content.kind_name)
    name = "cd-fact-confirmed" if answer.state == "released" else "cd-act"
    lines = "".join(f"<li>{h(line)}</li>" for line in others)
    html(f"<p class='{name}'>{MARKS[answer.state]} {h(first)}</p><ul class='cd-list'>{lines}</ul>")
