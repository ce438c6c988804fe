"""What is watched for: one line a term, tried on the last seven days before it is saved, and taken back in one step."""

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.show import h, html
from incidents.models import Incident
from monitoring.watch import WatchTerm
from storage import content, watching
from workflows.edit_watch import Preview, preview_watch, save_watch, undo_watch
from workflows.watch_terms import KINDS


def section(at: Incident) -> None:
    w = session.words()
    with session.reading() as connection:
        terms = watching.terms(connection, at.id)
        before = watching.before_last_change(connection, at.id)
    with st.expander(w("watch.title", count=len(terms)), key="watch_part", on_change="rerun"):
        html(f"<p class='cd-quiet' style='margin:0;max-width:46em'>{h(_now(at, terms))}</p>")
        html(f"<p class='cd-quiet' style='margin:.3rem 0 0;max-width:46em'>{h(w('watch.help'))}</p>")
        _fields(at, terms)
        with st.container(horizontal=True, gap="small"):
            st.button(w("watch.try"), key="watch_try", on_click=_tried, args=(at,))
            st.button(w("watch.save"), key="watch_save", type="primary", on_click=_saved, args=(at, terms))
            if before is not None:
                st.button(w("watch.undo"), key="watch_undo", on_click=_undone, args=(at,))
        error = session.notice("watch")
        if error is not None:
            show.problem(error)
        elif found := st.session_state.get("watch_preview"):
            _preview(found)


def _now(at: Incident, terms: tuple[WatchTerm, ...]) -> str:
    w = session.words()
    if terms:
        return w("watch.now", count=len(terms))
    return w("watch.now.example" if at.kind == "example" else "watch.now.name", company=at.company or "—")


def _fields(at: Incident, terms: tuple[WatchTerm, ...]) -> None:
    """A field a kind, a term a line. The keys carry what is stored, so that a saved change shows at once."""
    w = session.words()
    left, right = st.columns(2, gap="medium")
    for number, kind in enumerate(KINDS):
        lines = "\n".join(term.expression for term in terms if term.kind == kind)
        with (left, right)[number % 2]:
            st.text_area(
                w(f"watch.kind.{kind}"), value=lines, key=_key(at, terms, kind), height=96, placeholder=w(f"watch.hint.{kind}"),
                max_chars=4000,
            )  # fmt: skip


def _key(at: Incident, terms: tuple[WatchTerm, ...], kind: str) -> str:
    return f"watch_{kind}_{at.id}_{abs(hash(terms))}"


def _given(at: Incident) -> list[tuple[str, str]]:
    with session.reading() as connection:
        terms = watching.terms(connection, at.id)
    lines = ((kind, str(st.session_state.get(_key(at, terms, kind)) or "").splitlines()) for kind in KINDS)
    return [(kind, line) for kind, mine in lines for line in mine]


def _tried(at: Incident) -> None:
    endings = content.company_endings()
    st.session_state["watch_preview"] = session.do(preview_watch, at.id, _given(at), endings=endings, field="watch")


def _preview(found: Preview) -> None:
    w = session.words()
    told = w("watch.preview", matching=found.matching, n=found.looked_at, standing=found.standing)
    html(f"<div class='cd-quote' role='status'>{h(told)}</div>")
    for name, count, examples in (("come", found.came, found.come), ("go", found.went, found.go)):
        if count:
            lines = "".join(f"<li>{h(title)} <span class='cd-quiet'>{h(outlet)}</span></li>" for title, outlet in examples)
            head = h(w(f"watch.preview.{name}", count=count))
            html(f"<p class='cd-quiet' style='margin:.4rem 0 0'>{head}</p><ul class='cd-list'>{lines}</ul>")


def _saved(at: Incident, seen: tuple[WatchTerm, ...]) -> None:
    session.do(save_watch, at.id, _given(at), seen=seen, actor=session.my_name(), said="watch.saved", field="watch")
    st.session_state.pop("watch_preview", None)


def _undone(at: Incident) -> None:
    session.do(undo_watch, at.id, actor=session.my_name(), said="watch.undone", field="watch")
    st.session_state.pop("watch_preview", None)
