"""Who has cleared the text, who still has to, what stands in its way, and the release."""

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.ahead import ahead
from dashboard.components.approve import answer, owed_by_me, time_left
from dashboard.components.deputies import deputies
from dashboard.components.overriding import in_the_way
from dashboard.components.releasing import release_button, went_out
from dashboard.components.show import clock_time, h, html
from dashboard.tools import tools
from incidents.models import Incident
from statements.precleared import Path
from statements.records import Clearance, Statement, StatementVersion
from statements.steps import roles_of, scope_of
from storage import statements
from workflows.clear_statement import clearing_path, send_to_clear

MARKS = {"asked": "…", "given": "✓", "refused": "✗", "void": "—"}


def clearing(at: Incident, stands: Statement, version: StatementVersion) -> None:
    w = session.words()
    html(f"<h2 class='cd-h2'>{h(w('clearing.title'))}</h2>")
    if stands.state == "released":
        went_out(at, stands)
        return
    with session.reading() as connection:
        asked = {one.role: one for one in statements.clearances(connection, version.id)}
        path = clearing_path(connection, stands, version, tools().kit)
    scope = scope_of(tuple(asked.values())) if asked else path.scope
    html(f"<ul class='cd-list'>{''.join(_line(at, role, asked.get(role)) for role in roles_of(scope))}</ul>")
    if not asked:
        html(f"<p class='cd-quiet'>{h(_path(path))}</p>")
    in_the_way(at, stands, version)
    if not asked:
        label = w("clearing.send.slots" if scope == "slots" else "clearing.send")
        st.button(label, type="primary", width="stretch", on_click=_send, args=(at, stands, version))
    mine = owed_by_me(tuple(asked.values()))
    if mine:
        with st.container(border=True):
            if len(mine) == 1:
                html(f"<p>{h(w('clearing.yours', role=w(f'role.{mine[0].role}')))}</p>")
            answer(at, stands, version, mine)
    if stands.state == "cleared":
        release_button(at, stands, version)
    error = session.notice("clearing")
    if error is not None:
        show.problem(error)
    deputies(at)
    ahead(at, stands)


def _path(path: Path) -> str:
    w = session.words()
    if path.scope == "slots":
        return w("clearing.path.slots")
    language = w(f"statement.view.{path.language}") if path.language else ""
    why = w(f"clearing.path.{path.why}", **({"language": language} if language else {}))
    return w("clearing.path.whole", why=why)


def _line(at: Incident, role: str, one: Clearance | None) -> str:
    w = session.words()
    name = f"<b>{h(w(f'role.{role}'))}</b>"
    if one is None:
        return f"<li>○ {name} <span class='cd-quiet'>{h(w('clearing.not_asked'))}</span></li>"
    mark = MARKS.get(one.state, "○")
    slots = f" <span class='cd-badge'>{h(w('clearing.scope.slots'))}</span>" if one.scope == "slots" else ""
    if one.state == "asked" and one.due_at:
        return f"<li>{mark} {name}{slots} {time_left(one)}</li>"
    when = clock_time(one.decided_at, at.zone, session.here_now(at)) if one.decided_at else ""
    by = w("clearing.by_for", name=one.decided_by, principal=one.decided_for) if one.decided_for else one.decided_by
    said = w("list.dot").join(part for part in (w(f"clearing.{one.state}"), by, when, one.note) if part)
    return f"<li>{mark} {name}{slots} <span class='cd-quiet'>{h(said)}</span></li>"


def _send(at: Incident, stands: Statement, version: StatementVersion) -> None:
    session.do(
        send_to_clear, stands.id, seen=version.number, language=at.language, check=tools().check, kit=tools().kit,
        actor=session.my_name(), field="clearing", said="clearing.sent",
    )  # fmt: skip
