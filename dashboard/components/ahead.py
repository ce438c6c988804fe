"""Templates that legal and the head have cleared ahead: which words, by whom, and the way to do it or take it back."""

import streamlit as st

from dashboard import session
from dashboard.components.approve import my_roles
from dashboard.components.show import h, html
from dashboard.tools import tools
from incidents.models import Incident
from statements.precleared import AHEAD_ROLES, TemplateClearance, words_hash
from statements.records import LANGUAGES, Statement
from storage import clearing
from workflows.preclear_template import preclear_template, withdraw_preclearance


def ahead(at: Incident, stands: Statement) -> None:
    w = session.words()
    kit = tools().kit
    if stands.kind not in kit.templates:
        return
    hashes = {language: words_hash(kit, stands.kind, language) for language in LANGUAGES}
    with session.reading() as connection:
        standing = clearing.cleared_ahead(connection, at.id, stands.kind, hashes)
    with st.expander(w("ahead.title")):
        html(f"<p class='cd-quiet'>{h(w('ahead.what'))}</p>")
        for language in LANGUAGES:
            _language(at, stands, language, hashes[language], standing[language])


def _language(at: Incident, stands: Statement, language: str, digest: str, standing: tuple[TemplateClearance, ...]) -> None:
    w = session.words()
    name = w(f"statement.view.{language}")
    given = {one.role: one for one in standing}
    told = {role: _told(role, given.get(role)) for role in AHEAD_ROLES}
    html(f"<p>{h(w('ahead.language', language=name, **told))}<br><span class='cd-saved'>SHA-256 {digest[:16]}…</span></p>")
    if st.toggle(w("ahead.words", language=name), key=f"ahead_words_{language}"):
        st.code(tools().kit.templates[stands.kind].sources[language], language=None, wrap_lines=True)
    person = session.me()
    if person is None:
        return
    for role in (one for one in AHEAD_ROLES if one in my_roles() and one not in given):
        st.button(
            w("ahead.clear", role=w(f"role.{role}"), language=name), key=f"ahead_{role}_{language}", on_click=_clear,
            args=(at, stands, language, role, digest, person.id),
        )  # fmt: skip
    if set(given) & set(my_roles()):
        st.button(
            w("ahead.withdraw", language=name), key=f"ahead_back_{language}", on_click=_withdraw,
            args=(at, stands, language, person.id),
        )  # fmt: skip


def _told(role: str, one: TemplateClearance | None) -> str:
    w = session.words()
    if one is None:
        return w("ahead.open", role=w(f"role.{role}"))
    name = w("clearing.by_for", name=one.decided_by, principal=one.decided_for) if one.decided_for else one.decided_by
    return w("ahead.given", role=w(f"role.{role}"), name=name)


def _clear(at: Incident, stands: Statement, language: str, role: str, digest: str, person_id: int) -> None:
    session.do(
        preclear_template, at.id, stands.kind, language, role=role, person_id=person_id, seen=digest, kit=tools().kit,
        field="clearing", said="ahead.done",
    )  # fmt: skip


def _withdraw(at: Incident, stands: Statement, language: str, person_id: int) -> None:
    session.do(
        withdraw_preclearance, at.id, stands.kind, language, person_id=person_id, kit=tools().kit, field="clearing"
    )
