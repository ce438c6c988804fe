"""The formats a text leaves in: Word, plain text, and what is pasted into WeChat or Weibo."""

from collections.abc import Mapping

import streamlit as st

from dashboard import session
from dashboard.components.show import h, html
from documents.channels import for_wechat, for_weibo
from documents.statement import OutgoingText, as_docx, as_txt
from incidents.models import Incident
from statements.gates import HOLE
from statements.records import LANGUAGES, Statement
from storage import statements

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def outgoing(at: Incident, stands: Statement, texts: Mapping[str, str]) -> None:
    """A draft may be taken out to be read: it says that it is one. A text with holes cannot leave."""
    w = session.words()
    html(f"<h2 class='cd-h2' style='margin-top:1.2rem'>{h(w('out.title'))}</h2>")
    if stands.state != "released":
        html(f"<p class='cd-quiet'>{h(w('out.draft'))}</p>")
    for column, name in zip(st.columns(2, gap="medium"), LANGUAGES, strict=True):
        with column:
            _formats(at, stands, name, texts[name])


def _formats(at: Incident, stands: Statement, language: str, text: str) -> None:
    w = session.words()
    html(f"<h2 class='cd-h2'>{h(w(f'statement.view.{language}'))}</h2>")
    if not text or HOLE.search(text):
        html(f"<p class='cd-act'>{h(w('out.hole'))}</p>")
        return
    whole = _outgoing(at, stands, language, text)
    name = f"statement-{at.id}-{stands.number}-{language}"
    with st.container(horizontal=True):
        st.download_button(
            w("out.docx"), lambda: as_docx(whole), file_name=f"{name}.docx", mime=DOCX, key=f"docx_{language}", on_click="ignore"
        )
        st.download_button(
            w("out.txt"), as_txt(whole), file_name=f"{name}.txt", mime="text/plain", key=f"txt_{language}", on_click="ignore"
        )
    with st.expander(w("out.paste")):
        for key, shaped in (("wechat", for_wechat(whole)), ("weibo", for_weibo(whole))):
            html(f"<p class='cd-quiet'>{h(w(f'out.{key}', count=len(shaped)))}</p>")
            st.code(shaped, language=None, wrap_lines=True)


def _outgoing(at: Incident, stands: Statement, language: str, text: str) -> OutgoingText:
    """The text with the marks it carries outside: number and hash when released, a watermark otherwise or for an example."""
    w = session.words()
    with session.reading() as connection:
        out = [one for one in statements.publications(connection, at.id) if one.statement_id == stands.id]
    published = next((one for one in out if one.language == language), None)
    marks = [] if at.kind == "real" else [w(f"kind.{at.kind}.band")]
    if published is None:
        return OutgoingText(text, language, (*marks, w("out.watermark")), "")
    stamp = w("out.stamp", number=published.number, sha=published.sha256[:16])
    return OutgoingText(text, language, tuple(marks), stamp)
