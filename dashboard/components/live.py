"""A field that is read while somebody types: what may not be said shows before the field is left."""

from functools import lru_cache

import streamlit as st

from dashboard import session
from dashboard.components.look_text import marked
from dashboard.components.show import h, html
from statements.guard import Finding, check_sentence
from storage import content

_PAUSE = "300ms"  # of not typing, before what stands is read


@st.fragment
def sentence_field(label: str, *, key: str, language: str, value: str = "") -> None:
    """One sentence to write, kept under `key`; under it, once something is objected to, the sentence in full and why."""
    one_line = "\n" not in value
    typed = st.text_input(label, value=value, key=key, live=_PAUSE) if one_line else st.text_area(label, value=value, key=key)
    text = str(typed or "")
    findings = _findings(text, language)
    if findings:
        said = "".join(map(_said, findings)) + _instead(findings[0])  # the findings of a sentence share its rewriting
        html(f"<div role='status' data-live><div class='cd-text'>{marked(text, findings)}</div>{said}</div>")


@lru_cache(maxsize=4096)
def _findings(text: str, language: str) -> tuple[Finding, ...]:
    """A page of sentences is drawn far more often than one of them changes."""
    return tuple(check_sentence(text, language, content.guard()))


def _said(found: Finding) -> str:
    w = session.words()
    name = "cd-act" if found.severity == "block" else "cd-tone-negative"
    head = f"<span class='{name}'>{h(w(f'severity.{found.severity}'))} · {h(w(f'label.{found.label}'))}</span>"
    return f"<div class='cd-quote'>{head} {h(found.why)}</div>"


def _instead(found: Finding) -> str:
    words = session.words()("statement.rewrite")
    return f"<div class='cd-quote'>{h(words)} {h(found.suggestion)}</div>" if found.suggestion else ""
