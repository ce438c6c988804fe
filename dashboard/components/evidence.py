"""Files kept as evidence: brought in, named, handed out again as they came. Nothing of them is ever shown on the page."""

from collections.abc import Sequence

import streamlit as st

from dashboard import session
from dashboard.components import facts as shown
from dashboard.components import show
from dashboard.components.show import clock_time, h, html, plain_md
from documents.file_kinds import ENDINGS, MEDIA_TYPES, MOST_BYTES
from errors import DeskError
from incidents.models import Fact, Incident
from storage import uploads
from storage.uploads import Upload
from workflows.attach_file import MAX_NOTE, attach_file, detach_file

FIELD = "evidence"


def evidence(at: Incident, known: Sequence[Fact]) -> None:
    w = session.words()
    with session.reading() as connection:
        files = uploads.of_incident(connection, at.id)
    names = {fact.id: f"{w(f'slot.{fact.slot}')}: {shown.said(fact, at)}"[:80] for fact in known}
    title = f"{w('evidence.title')} · {len(files)}" if files else w("evidence.title")
    with st.expander(title, expanded=session.notice(FIELD) is not None):
        most = MOST_BYTES // 1024**2
        html(f"<p class='cd-quiet' style='max-width:46em'>{h(w('evidence.help', kinds=' '.join(MEDIA_TYPES), most=most))}</p>")
        for one in files:
            _row(at, one, names)
        _new(at, names)
        error = session.notice(FIELD)
        if error is not None:
            show.problem(error)


def _row(at: Incident, one: Upload, names: dict[int, str]) -> None:
    w = session.words()
    about = names.get(one.fact_id or 0) or w("evidence.for.incident")
    line = w(
        "evidence.line", size=max(1, one.size // 1024), at=clock_time(one.added_at, at.zone, session.here_now(at)),
        name=one.added_by or "", digest=one.sha256[:12],
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        html(
            f"<div><b>{h(one.name)}</b> {h(one.note or '')}<br>"
            f"<span class='cd-quiet'>{h(about)} · {h(line)}</span></div>"
        )
        with st.container(horizontal=True, width="content"):
            _fetch(one)
            st.button(w("evidence.remove"), key=f"evidence_out_{one.id}", on_click=_remove, args=(one,))


def _fetch(one: Upload) -> None:
    """The file is read when somebody asks for it, and handed out as bytes: no browser opens it as a page."""
    w = session.words()
    if not st.session_state.get(f"evidence_ready_{one.id}"):
        st.button(w("evidence.get"), key=f"evidence_get_{one.id}", on_click=_ready, args=(one,))
        return
    try:
        body = uploads.body(session.desk().settings.home, one)
    except DeskError as error:
        show.problem(error)
        return
    st.download_button(
        w("evidence.save", name=plain_md(one.name)), body, file_name=one.name, mime="application/octet-stream",
        key=f"evidence_file_{one.id}", on_click="ignore",
    )  # fmt: skip


def _ready(one: Upload) -> None:
    st.session_state[f"evidence_ready_{one.id}"] = True


def _new(at: Incident, names: dict[int, str]) -> None:
    w = session.words()
    turn = st.session_state.setdefault("evidence_turn", 0)
    _in_our_words()
    st.file_uploader(
        w("evidence.file"), type=list(ENDINGS), key=f"evidence_file_{turn}_new", max_upload_size=MOST_BYTES // 1024**2
    )
    left, right = st.columns(2, gap="medium")
    left.selectbox(
        w("evidence.for"), (0, *names), key=f"evidence_for_{turn}",
        format_func=lambda one: plain_md(names[one]) if one else w("evidence.for.incident"),
    )  # fmt: skip
    right.text_input(w("evidence.note"), key=f"evidence_note_{turn}", max_chars=MAX_NOTE)
    st.button(w("evidence.add"), key="evidence_add", on_click=_add, args=(at, turn))


def _in_our_words() -> None:
    """Streamlit's own words on the field are English; ours stand in their place."""
    zone = "[data-testid='stFileUploaderDropzone']"
    choose = h(session.words()("feeds.import.choose"))
    html(
        f"<style>[data-testid='stFileUploaderDropzoneInstructions'] {{ display: none; }}"
        f"{zone} button p {{ font-size: 0; }} {zone} button p::after {{ content: '{choose}'; font-size: 1rem; }}</style>"
    )


def _add(at: Incident, turn: int) -> None:
    given = st.session_state.get(f"evidence_file_{turn}_new")
    made = session.do(
        attach_file, at.id, given.name if given else "", given.getvalue() if given else b"",
        home=session.desk().settings.home, fact_id=st.session_state[f"evidence_for_{turn}"] or None,
        note=st.session_state[f"evidence_note_{turn}"], actor=session.my_name(), field=FIELD, said="evidence.added",
    )  # fmt: skip
    if made:
        st.session_state.evidence_turn = turn + 1


def _remove(one: Upload) -> None:
    session.do(detach_file, one.id, actor=session.my_name(), field=FIELD)
