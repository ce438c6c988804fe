"""The formats a text leaves in: files, and what is pasted into each channel. Every one says what it is and which."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.copying import copy_button
from dashboard.components.show import h, html
from documents.channels import CHANNELS, LONGEST, Pasted, Piece, for_channel
from documents.file_names import file_name
from documents.outgoing import OutgoingText
from documents.statement import as_docx, as_txt
from documents.statement_html import as_html
from documents.statement_pdf import as_pdf, can_set
from incidents.models import Incident
from statements.gates import HOLE
from statements.records import LANGUAGES, Publication, Sentence, Statement, StatementVersion
from storage import content, statements
from workflows.firm_name import firm_name

FORMATS: dict[str, tuple[Callable[[OutgoingText], bytes], str]] = {
    "docx": (as_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (as_pdf, "application/pdf"),
    "html": (as_html, "text/html"),
    "txt": (as_txt, "text/plain"),
}


def outgoing(at: Incident, stands: Statement, texts: Mapping[str, str]) -> None:
    """A draft may be taken out to be read: it says that it is one. A text with holes cannot leave."""
    w = session.words()
    with session.reading() as connection:
        version = statements.latest(connection, stands.id)
        sentences = statements.sentences(connection, version.id)
        out = [one for one in statements.publications(connection, at.id) if one.statement_id == stands.id]
        firms = {name: firm_name(connection, at, name) for name in LANGUAGES}
    html(f"<h2 class='cd-h2' style='margin-top:1.2rem'>{h(w('out.title'))}</h2>")
    if stands.state != "released":
        html(f"<p class='cd-quiet'>{h(w('out.draft'))}</p>")
    for column, name in zip(st.columns(2, gap="medium"), LANGUAGES, strict=True):
        with column:
            html(f"<h2 class='cd-h2'>{h(w(f'statement.view.{name}'))}</h2>")
            if not texts[name] or HOLE.search(texts[name]):
                html(f"<p class='cd-act'>{h(w('out.hole'))}</p>")
                continue
            published = next((one for one in out if one.language == name), None)
            whole = outgoing_text(at, stands, version, name, texts[name], published, firms[name])
            _files(whole, published)
            _channels(whole, [one for one in sentences if one.language == name])


def _files(whole: OutgoingText, published: Publication | None) -> None:
    w = session.words()
    named = w("out.name.number", number=published.number) if published else w("out.name.draft")
    day = whole.at.strftime("%Y%m%d") if whole.at else ""
    parts = (whole.firm, whole.kind.split(" · ")[0], named, f"v{whole.version}", whole.language, day)
    with st.container(horizontal=True, gap="small"):
        for ending, (make, mime) in FORMATS.items():
            if ending == "pdf" and not can_set(whole):
                continue
            st.download_button(
                w(f"out.{ending}"), partial(make, whole), file_name=file_name(parts, ending), mime=mime,
                key=f"{ending}_{whole.language}", on_click="ignore",
            )  # fmt: skip
    if not can_set(whole):
        html(f"<p class='cd-quiet'>{h(w('out.no_font'))}</p>")


def _channels(whole: OutgoingText, sentences: list[Sentence]) -> None:
    pieces = tuple(Piece(one.sid, one.lead, one.text) for one in sorted(sentences, key=lambda one: one.position))
    for channel in CHANNELS:
        made = for_channel(channel, whole, pieces)
        if made:
            _channel(whole.language, made)


def _channel(language: str, made: Pasted) -> None:
    w = session.words()
    with st.container(key=f"cd_row_{made.channel}_{language}"):
        name = w(f"out.channel.{made.channel}")
        look = f"<summary>{h(w('out.look'))}</summary><div class='cd-text'>{h(made.text)}</div>"
        html(
            f"<div class='cd-copy-row'><div><b>{h(name)}</b> <span class='cd-quiet'>{h(_size(made))}</span></div>"
            f"{copy_button(made.text, name)}</div>"
            f"{_note(made)}<details class='cd-look'>{look}</details>"
        )


def _note(made: Pasted) -> str:
    key = "out.short" if made.channel == "sms" else f"out.short.{made.channel}"
    return f"<p class='cd-quiet'>{h(session.words()(key))}</p>" if made.short else ""


def _size(made: Pasted) -> str:
    w = session.words()
    if made.messages:
        return w("out.size.sms", count=len(made.text), messages=made.messages)
    most = LONGEST.get(made.channel)
    return w("out.size.of", count=len(made.text), most=most) if most else w("out.size", count=len(made.text))


def outgoing_text(
    at: Incident,
    stands: Statement,
    version: StatementVersion,
    language: str,
    text: str,
    published: Publication | None,
    firm: str,
) -> OutgoingText:
    """The text with what it carries outside: number and hash when released, a watermark otherwise or for an example.

    Its words are in the language of the text, not of the reader.
    """
    w = content.words(language)
    marks = [] if at.kind == "real" else [w(f"kind.{at.kind}.band")]
    across = "" if at.kind == "real" else w(f"out.across.{at.kind}")
    name = content.kind_name(stands.kind, language)
    sha = published.sha256 if published else sha256(text.encode()).hexdigest()
    moment = (published.released_at if published else version.saved_at).astimezone(ZoneInfo(at.zone))
    facts = {"version": version.number, "at": show.moment(moment, at.zone), "sha": sha[:16]}
    whole = OutgoingText(text, language, sha256=sha, firm=firm, version=version.number, at=moment, watermark=across)
    if published is None:
        marks.append(w("out.watermark"))
        return replace(
            whole, marks=tuple(marks), stamp=w("out.stamp.draft", **facts), kind=w("out.kind.draft", kind=name),
            watermark=w("out.across.draft"),
        )  # fmt: skip
    return replace(
        whole, marks=tuple(marks), stamp=w("out.stamp", number=published.number, **facts),
        kind=w("out.kind", kind=name, number=published.number), number=published.number,
    )  # fmt: skip
