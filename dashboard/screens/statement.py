"""Statement: may it go out? The text sentence by sentence, what is missing, who still has to clear it, and the release."""

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.binding import before_release, offers, released_stale
from dashboard.components.clearing import clearing
from dashboard.components.confirm_first import confirm_first
from dashboard.components.duty import duties, watch
from dashboard.components.kinds import kind_name, kinds
from dashboard.components.outgoing import outgoing
from dashboard.components.rubric import rubric
from dashboard.components.show import h, html
from dashboard.components.text import Shown, text_in
from dashboard.components.versions import versions
from dashboard.tools import tools
from incidents.models import Incident
from statements.records import LANGUAGES, PUBLIC_KINDS, Statement, StatementVersion, body
from storage import statements
from words import Words
from workflows.draft_statement import draft_statement, redraft
from workflows.statement_basis import statement_basis

VIEWS = ("zh", "en", "both")


def page() -> None:
    at = session.incident()
    if at is None:
        st.switch_page("screens/incidents.py")
    show.title("statement.title", "statement.question")
    with session.reading() as connection:
        known = statements.of_incident(connection, at.id)
    if not known:
        show.empty("statement.empty")
        confirm_first(at, _draft)
        return
    _one(at, _chosen(known), known)


def _chosen(known: tuple[Statement, ...]) -> Statement:
    """The text on the screen: the one picked, else the newest statement to everybody, else the newest text."""
    w = session.words()
    public = [one for one in known if one.kind in PUBLIC_KINDS]
    first = (public or list(known))[0]
    if len(known) == 1:
        return first
    ids = [one.id for one in known]
    if st.session_state.get("statement_id") not in ids:
        st.session_state.statement_id = first.id
    by_id = {one.id: one for one in known}
    picked = st.selectbox(
        w("statement.which"), ids, key="statement_id",
        format_func=lambda number: _label(by_id[number]),
    )  # fmt: skip
    return by_id[picked]


def _label(one: Statement) -> str:
    w = session.words()
    return w("statement.earlier", kind=kind_name(one.kind), number=one.number) + " · " + w(f"statement.state.{one.state}")


def _draft(at: Incident, kind: str) -> None:
    made = tools()
    drafted = session.do(draft_statement, at.id, kind=kind, kit=made.kit, check=made.check, actor=session.my_name())
    if drafted:
        st.session_state.statement_id = drafted


def _another(at: Incident, known: tuple[Statement, ...]) -> None:
    """Another text from the same facts: the next statement, a post, a notice, a line for the door."""
    w = session.words()
    released = any(one.kind == "holding" and one.state == "released" for one in known)
    names = [kind for kind in kinds() if kind != "holding" or not released]
    with st.popover(w("statement.another"), width="stretch"):
        kind = st.selectbox(
            w("statement.another.kind"), names, index=names.index("update") if released else 0, key="another_kind",
            format_func=kind_name,
        )  # fmt: skip
        st.button(w("statement.another.draft"), on_click=_draft, args=(at, kind), type="primary", width="stretch")


def _one(at: Incident, stands: Statement, known: tuple[Statement, ...]) -> None:
    w = session.words()
    with session.reading() as connection:
        version = statements.latest(connection, stands.id)
        sentences = statements.sentences(connection, version.id)
        basis = statement_basis(connection, stands.id)
    texts = {name: body(sentences, name) for name in LANGUAGES}
    shown = {name: Shown(stands, version, sentences, name, tools().check(texts[name], name), basis) for name in LANGUAGES}
    watch(at, stands, sentences, {name: one.verdict for name, one in shown.items()})
    duties(at)
    _top(w, at, stands, version, known)
    view = st.segmented_control(
        w("statement.view"), VIEWS, default=session.language(), key="statement_view", label_visibility="collapsed",
        format_func=lambda name: w(f"statement.view.{name}"), required=True,
    )  # fmt: skip
    left, right = st.columns([6, 4], gap="large")
    with left:
        if view == "both":
            for column, name in zip(st.columns(2, gap="medium"), LANGUAGES, strict=True):
                with column:
                    text_in(shown[name])
        else:
            text_in(shown[view or session.language()])
    with right:
        _principles(shown[at.language])
        rubric(at, shown[at.language])
        if stands.state == "released":
            released_stale(at, stands, offers(stands, basis))
        else:
            before_release(at, stands, shown[at.language].found, basis)
        clearing(at, stands, version)
        versions(at, stands, version)
    outgoing(at, stands, texts)


def _top(w: Words, at: Incident, stands: Statement, version: StatementVersion, known: tuple[Statement, ...]) -> None:
    left, right = st.columns([7, 3], vertical_alignment="center")
    with left:
        saved = show.clock_time(version.saved_at, at.zone, session.here_now(at))
        said = w("statement.version", kind=kind_name(stands.kind), number=version.number, at=saved)
        html(
            f"<div>{h(said)} <span class='cd-badge cd-badge-accent'>{h(w(f'statement.state.{stands.state}'))}</span></div>"
        )
    with right:
        _another(at, known)
        if stands.state != "released":
            with st.popover(w("statement.refresh"), width="stretch"):
                st.text(w("statement.refresh.sure"))
                st.button(w("statement.refresh.yes"), on_click=_redraft, args=(stands,), type="primary")


def _redraft(stands: Statement) -> None:
    made = tools()
    session.do(
        redraft, stands.id, kit=made.kit, check=made.check, actor=session.my_name(), said="statement.refreshed"
    )


def _principles(shown: Shown) -> None:
    w = session.words()
    lines = []
    for name in ("candid", "fast", "proactive", "comprehensive"):
        found = getattr(shown.verdict.principles, name)
        mark = "<span class='cd-fact-confirmed'>✓</span>" if found.ok else "<span class='cd-act'>✗</span>"
        lines.append(
            f"<li>{mark} <b>{h(w(f'principle.{name}'))}</b> <span class='cd-quiet'>{h(found.why)}</span></li>"
        )
    html(f"<h2 class='cd-h2'>{h(w('statement.principles'))}</h2><ul class='cd-list'>{''.join(lines)}</ul>")


page()
