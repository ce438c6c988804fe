"""Where a text stands on the admission ladder under its jurisdiction, with the banner of that law; and the choice of others."""

from typing import Any

import streamlit as st

from dashboard import session
from dashboard.components.show import h, html
from dashboard.components.text import Shown
from dashboard.tools import tools
from incidents.models import Incident
from statements.ladder import Rung, highest, pack_for, rungs
from statements.models import JURISDICTIONS
from statements.records import body
from storage import content
from workflows.choose_jurisdictions import choose_jurisdictions
from workflows.draft_statement import draft_statement


def ladder(at: Incident, shown: Shown) -> None:
    w, language = session.words(), session.language()
    pack = pack_for(shown.stands.jurisdiction, content.ladders())
    found = rungs(_pieces(shown), pack)
    name = h(pack["names"][language])
    html(f"<h2 class='cd-h2'>{h(w('ladder.title'))} <span class='cd-badge'>{name}</span></h2>")
    html(f"<p>{h(_top(found, pack))}</p><p class='cd-quiet'>{h(pack['banner'][language])} {h(pack['note'][language])}</p>")
    with st.expander(w("ladder.open")):
        _sentences(shown, found, pack)
        _source(pack)
        _others(at, shown)


def _pieces(shown: Shown) -> list[tuple[str, str, list[Any]]]:
    pieces, at, text = [], 0, body(shown.sentences, shown.language)
    for one in shown.mine:
        start = text.find(one.text, at)
        at = start + len(one.text)
        pieces.append((one.sid, one.text, [f for f in shown.verdict.findings if f.start < at and f.end > start]))
    return pieces


def _row(level: int | None, pack: Any) -> Any:
    return next((row for row in pack["levels"] if row["level"] == level), None)


def _top(found: tuple[Rung, ...], pack: Any) -> str:
    w = session.words()
    top = highest(found)
    row = _row(top.level, pack) if top else None
    return w("ladder.highest", level=row["level"], name=row["name"][session.language()]) if row else w("ladder.highest.none")


def _sentences(shown: Shown, found: tuple[Rung, ...], pack: Any) -> None:
    w, language = session.words(), session.language()
    said = {one.sid: one.text for one in shown.mine}
    lines = []
    for one in found:
        row = _row(one.level, pack)
        if row:
            head = f"<b>{h(w('ladder.level', level=row['level']))} · {h(row['name'][language])}</b>"
            lines.append(f"<li>{head} <span class='cd-quiet'>{h(row['means'][language])}</span><br>{h(said[one.sid])}</li>")
    html(f"<ul class='cd-list'>{''.join(lines)}</ul>")


def _source(pack: Any) -> None:
    w, language = session.words(), session.language()
    told = w(
        "ladder.source", source=pack["source"][language], since=pack["effective_from"], checked=pack["last_checked"],
        grade=pack["grade"],
    )  # fmt: skip
    html(f"<p class='cd-quiet'>{h(told)}<br>{h(w('ladder.grade'))}</p>")


def _others(at: Incident, shown: Shown) -> None:
    """Which other laws the incident's texts are read under, and a text for one of them."""
    w, language, packs = session.words(), session.language(), content.ladders()
    key = f"jurisdictions:{at.id}:{at.version}"
    others = [one for one in JURISDICTIONS[1:] if one in packs]
    st.multiselect(
        w("ladder.which"), others, default=[one for one in at.jurisdictions if one in others], key=key,
        format_func=lambda one: packs[one]["names"][language], help=w("ladder.which.help"),
    )  # fmt: skip
    st.button(w("ladder.keep"), key=f"{key}:keep", on_click=_choose, args=(at, key))
    for one in at.jurisdictions:
        if one != shown.stands.jurisdiction:
            label = w("ladder.draft", name=packs[one]["names"][language])
            st.button(label, key=f"{key}:{one}", on_click=_draft, args=(at, shown.stands.kind, one))


def _choose(at: Incident, key: str) -> None:
    session.do(
        choose_jurisdictions, at.id, st.session_state[key], version=at.version, actor=session.my_name(), said="ladder.chosen"
    )


def _draft(at: Incident, kind: str, jurisdiction: str) -> None:
    made = tools()
    drafted = session.do(
        draft_statement, at.id, kind=kind, jurisdiction=jurisdiction, kit=made.kit, check=made.check, actor=session.my_name()
    )
    if drafted:
        st.session_state.statement_id = drafted
