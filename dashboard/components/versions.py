"""Earlier versions of a text: what changed from one to the next, and the way back."""

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.look_text import compared
from dashboard.components.show import h, html
from incidents.models import Incident
from statements.differences import changed, differences
from statements.records import LANGUAGES, Publication, Statement, StatementVersion, body
from storage import statements
from workflows.edit_statement import restore_version


def versions(at: Incident, stands: Statement, version: StatementVersion) -> None:
    w = session.words()
    with session.reading() as connection:
        known = statements.versions(connection, stands.id)
        out = [one for one in statements.publications(connection, at.id) if one.statement_id != stands.id]
    with st.expander(w("statement.versions", count=len(known))):
        _compare(stands, version, known, out)
        for one in known:
            hour = show.clock_time(one.saved_at, at.zone, session.here_now(at))
            said = f"{w('versions.draft', number=one.number)} · {w(f'statement.reason.{one.reason}')}"
            html(f"<div>{h(said)} · {h(one.saved_by or w('timeline.desk'))} · {h(hour)}</div>")
            if one.number != version.number and stands.state != "released":
                st.button(
                    w("statement.restore", number=one.number), key=f"restore_{one.id}", on_click=_restore,
                    args=(stands, one.number, version.number),
                )  # fmt: skip


def _compare(
    stands: Statement, version: StatementVersion, known: tuple[StatementVersion, ...], out: list[Publication]
) -> None:
    """The newest version beside an earlier one, or beside what was released before."""
    w = session.words()
    older = {f"v{one.number}": w("versions.draft", number=one.number) for one in known if one.number != version.number}
    released = {f"p{one.number}": w("versions.published", number=one.number) for one in out}
    choices = older | released
    if not choices:
        html(f"<p class='cd-quiet'>{h(w('versions.first'))}</p>")
        return
    picked = st.selectbox(
        w("versions.with"), list(choices), key=f"compare_{stands.id}_{version.number}", format_func=lambda name: choices[name]
    )
    if not st.toggle(w("versions.compare"), key=f"compare_on_{stands.id}", value=False):
        return
    html(f"<p class='cd-quiet'>{h(w('versions.legend'))}</p>")
    for language in LANGUAGES:
        before, after = _texts(stands, version, known, out, picked, language)
        pieces = differences(before, after)
        html(f"<h3 class='cd-h2'>{h(w(f'statement.view.{language}'))}</h3>")
        if changed(pieces):
            html(f"<div class='cd-text' lang='{language}'>{compared(pieces)}</div>")
        else:
            html(f"<p class='cd-quiet'>{h(w('versions.same'))}</p>")


def _texts(
    stands: Statement, version: StatementVersion, known: tuple[StatementVersion, ...], out: list[Publication], picked: str,
    language: str,
) -> tuple[str, str]:  # fmt: skip
    number = int(picked[1:])
    with session.reading() as connection:
        now = body(statements.sentences(connection, version.id), language)
        if picked.startswith("p"):
            return next((one.body for one in out if (one.number, one.language) == (number, language)), ""), now
        then = next(one.id for one in known if one.number == number)
        return body(statements.sentences(connection, then), language), now


def _restore(stands: Statement, number: int, seen: int) -> None:
    session.do(restore_version, stands.id, number, seen=seen, actor=session.my_name())
