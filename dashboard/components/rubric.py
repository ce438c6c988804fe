"""The 24 points beside a text: how many it meets, what is missing, the fatal ones first; all of them when unfolded."""

from typing import Any

import streamlit as st

from dashboard import session
from dashboard.components.ladder import ladder
from dashboard.components.show import h, html
from dashboard.components.text import Shown
from dashboard.tools import tools
from incidents.models import Incident
from statements import reading
from statements.drafting.matching import advice_applies
from statements.rubric import Answer, Judgement, Seen, judge
from storage import content, judgements, statements

_SIGNS = {"yes": "✓", "no": "✗", "na": "–"}
_LOOKS = {"yes": "cd-fact-confirmed", "no": "cd-act", "na": "cd-quiet"}


def rubric(at: Incident, shown: Shown) -> None:
    """The points of the text in the incident's language, and the rung of the admission ladder each sentence stands on."""
    about = tools().kit.templates.get(shown.stands.kind)
    if about is None or not shown.mine:
        return
    table = content.rubric()
    found = judge(_seen(at, shown, about.about), table)
    _summary(found, table)
    with st.expander(session.words()("rubric.open")):
        _every_point(found, table)
    ladder(at, shown)


def _seen(at: Incident, shown: Shown, about: Any) -> Seen:
    language = shown.language
    with session.reading() as connection:
        known = statements.of_incident(connection, at.id)
        kind = judgements.current(connection, at.id)
    began = at.first_public_at or at.known_at
    facts = {one.id: one for one in shown.basis.facts}
    lines = reading.of_kept(shown.sentences, language, facts)
    return Seen(
        shown.stands.kind, language, lines, shown.verdict, about, kind.crisis_type if kind else "",
        tuple((one.kind, one.what) for one in shown.found if one.language == language),
        (shown.version.saved_at - began).total_seconds() / 60 if began else None,
        any(one.slot in ("injured", "deaths") and one.value for one in shown.basis.facts),
        advice_applies(" ".join(line.text for line in lines), language, tools().kit),
        tuple(sorted({one.kind for one in known if one.kind in ("staff", "dealers", "neighbours")})),
    )  # fmt: skip


def _summary(found: Judgement, table: Any) -> None:
    w = session.words()
    score = w("rubric.score", met=found.met, asked=found.asked)
    word = w("rubric.pass" if found.passes(table) else "rubric.fail")
    html(f"<h2 class='cd-h2'>{h(w('rubric.title'))} <span class='cd-badge'>{h(score)} · {h(word)}</span></h2>")
    by_number = {point["n"]: point for point in table["points"]}
    lines = [_point(one, by_number[one.number], "missing") for one in found.missed]
    if found.deductions:
        words = "、".join(found.deductions)
        lines.append(f"<li><span class='cd-act'>−</span> {h(w('rubric.deduction', words=words))}</li>")
    html(f"<ul class='cd-list'>{''.join(lines)}</ul>" if lines else f"<p class='cd-quiet'>{h(w('rubric.all_met'))}</p>")


def _every_point(found: Judgement, table: Any) -> None:
    w = session.words()
    by_number = {point["n"]: point for point in table["points"]}
    order = sorted(found.answers, key=lambda one: (not one.fatal, one.number))
    html(f"<ul class='cd-list'>{''.join(_point(one, by_number[one.number], 'counts') for one in order)}</ul>")
    html(f"<p class='cd-quiet'>{h(w('rubric.note', checked=table['last_checked']))}</p>")


def _point(one: Answer, point: Any, which: str) -> str:
    """One line: its sign, its name, and what counts or what is missing."""
    w, language = session.words(), session.language()
    sign = f"<span class='{_LOOKS[one.verdict]}' title='{h(w(f'rubric.verdict.{one.verdict}'))}'>{_SIGNS[one.verdict]}</span>"
    fatal = f" <span class='cd-badge cd-badge-warm'>{h(w('rubric.fatal'))}</span>" if one.fatal else ""
    why = point[which][language] if one.verdict != "na" else (point.get("na") or {}).get(language, "")
    because = f" {h(w('rubric.because', words=one.because))}" if one.because else ""
    return (
        f"<li>{sign} <b>{one.number} {h(point['name'][language])}</b>{fatal} <span class='cd-quiet'>{h(why)}{because}</span></li>"
    )
