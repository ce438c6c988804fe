"""Under a sentence: words no confirmed fact bears out, facts that changed, languages that differ; and what to do about each."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

import streamlit as st

from dashboard import session
from dashboard.components import facts as known
from dashboard.components.show import h, html
from dashboard.tools import tools
from incidents.models import Incident
from statements.basis import Basis
from statements.gates import UNTRACED, Obstacle
from statements.records import LANGUAGES, Sentence, Statement, StatementVersion
from statements.staleness import Correction, Name
from storage import statements
from workflows.correct_sentences import keep_sentences, offered, take_corrections
from workflows.correct_statement import correct_statement
from workflows.note_before_release import check_languages, note_family_told, note_filing

SHOWN = UNTRACED | {"locked", "contradiction", "parity", "stale"}
WORDS = 200  # of a correction: what was wrong, what is right


def offers(stands: Statement, basis: Basis) -> Mapping[Name, Correction]:
    """What each stale sentence would say now; drafted only where something is stale."""
    if not basis.stale:
        return {}
    made = tools()
    with session.reading() as connection:
        found = offered(connection, stands.id, kit=made.kit, check=made.check, now=session.now())
    return {one.name: one for one in found}


def notes(
    stands: Statement, version: StatementVersion, one: Sentence, found: Sequence[Obstacle], offer: Correction | None, basis: Basis
) -> None:
    """What stands in the way of one sentence, each with the fact it is nearest to."""
    w = session.words()
    for number, each in enumerate(each for each in found if each.kind != "stale"):
        near = w("bind.near", near=each.near) if each.near else w("bind.near.none") if each.kind in UNTRACED else ""
        if each.kind == "contradiction":
            near = w("bind.against", near=each.near)
        if each.kind == "parity":
            near = w("bind.parity.other", text=each.near) if each.near else w("bind.parity.none")
        html(
            f"<div class='cd-quote'><span class='cd-act'>{h(w(f'bind.{each.kind}'))}</span> “{h(each.what)}” "
            f"<span class='cd-quiet'>{h(near)}</span></div>"
        )
        if each.kind == "parity" and one.edited:
            st.button(
                w("bind.parity.check"), key=f"pair:{stands.id}:{version.number}:{one.language}:{one.sid}:{number}", type="tertiary",
                on_click=_checked, args=(stands, one),
            )  # fmt: skip
    if offer is not None:
        _stale(stands, version, offer, basis)


def _stale(stands: Statement, version: StatementVersion, offer: Correction, basis: Basis) -> None:
    """The sentence as it stands above, as it would be now below, and one press to take it over."""
    w = session.words()
    at = session.incident()
    changed = [fact for fact in basis.facts if fact.id in offer.facts]
    said = w("list.dot").join(known.said(fact, at) for fact in changed) if at else ""
    html(f"<div class='cd-quote'><span class='cd-act'>{h(w('bind.stale'))}</span> "
         f"<span class='cd-quiet'>{h(w('bind.stale.facts', facts=said))}</span><br>{_after(offer)}</div>")  # fmt: skip
    key = f"stale:{stands.id}:{version.number}:{offer.before.language}:{offer.before.sid}"
    with st.container(horizontal=True):
        if offer.changes:
            st.button(
                w("bind.stale.take"), key=f"{key}:take", type="primary", on_click=_take,
                args=(stands, version, _both(offer.before.sid, basis)),
            )  # fmt: skip
        st.button(w("bind.stale.keep"), key=f"{key}:keep", on_click=_keep, args=(stands, version, (offer.name,)))


def _after(offer: Correction) -> str:
    w = session.words()
    if offer.after is None:
        return h(w("bind.stale.gone"))
    if not offer.changes:
        return h(w("bind.stale.same"))
    return f"{h(w('bind.stale.now'))} {_difference(offer.before.text, offer.after.text)}"


def _difference(before: str, after: str) -> str:
    """The new sentence with what is new in it underlined."""
    parts = []
    for tag, _, _, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if start < end:
            parts.append(h(after[start:end]) if tag == "equal" else f"<ins class='cd-ins'>{h(after[start:end])}</ins>")
    return "".join(parts)


def _both(sid: str, basis: Basis) -> tuple[Name, ...]:
    """The sentence in every language in which it is stale: one press corrects both."""
    return tuple((language, sid) for language in LANGUAGES if (language, sid) in basis.stale)


def all_at_once(stands: Statement, version: StatementVersion, found: Mapping[Name, Correction]) -> None:
    """One press for every corrected sentence, where there are several."""
    names = tuple(name for name, one in found.items() if one.changes)
    if len({sid for _, sid in names}) > 1:
        w = session.words()
        st.button(
            w("bind.stale.all", count=len(names)), key=f"stale_all:{stands.id}:{version.number}", type="primary",
            help=w("bind.stale.sure"), on_click=_take, args=(stands, version, names),
        )  # fmt: skip


def _take(stands: Statement, version: StatementVersion, names: Sequence[Name]) -> None:
    made = tools()
    session.do(
        take_corrections, stands.id, tuple(names), seen=version.number, kit=made.kit, check=made.check,
        actor=session.my_name(), field="clearing",
    )  # fmt: skip


def _keep(stands: Statement, version: StatementVersion, names: Sequence[Name]) -> None:
    session.do(keep_sentences, stands.id, tuple(names), seen=version.number, actor=session.my_name(), field="clearing")


def _checked(stands: Statement, one: Sentence) -> None:
    session.do(check_languages, stands.id, one.sid, actor=session.my_name(), field="clearing")


# --- what has to happen outside the desk ---------------------------------------------------------------------------

def before_release(at: Incident, stands: Statement, found: Sequence[Obstacle], basis: Basis) -> None:
    """The family first, and the exchange first: noted here by name."""
    w = session.words()
    if any(one.kind == "locked" for one in found):
        html(f"<h2 class='cd-h2'>{h(w('bind.family'))}</h2><p>{h(w('bind.family.open'))}</p>")
        st.button(w("bind.family.tell"), key="family_told", width="stretch", on_click=_family, args=(at, True))
    elif basis.family_told:
        html(f"<p class='cd-quiet'>✓ {h(w('bind.family.told'))}</p>")
        st.button(w("bind.family.back"), key="family_back", type="tertiary", on_click=_family, args=(at, False))
    if any(one.kind == "filing" for one in found):
        html(f"<h2 class='cd-h2'>{h(w('bind.filing'))}</h2>")
        st.text_input(w("bind.filing.number"), key=f"filing_{stands.id}")
        st.button(w("bind.filing.note"), key="filing_note", width="stretch", on_click=_filed, args=(stands,))


def _family(at: Incident, told: bool) -> None:
    session.do(note_family_told, at.id, told=told, actor=session.my_name(), field="clearing")


def _filed(stands: Statement) -> None:
    number = st.session_state.get(f"filing_{stands.id}", "")
    session.do(note_filing, stands.id, number, actor=session.my_name(), field="clearing")


# --- what is out already -------------------------------------------------------------------------------------------

def released_stale(at: Incident, stands: Statement, found: Mapping[Name, Correction]) -> None:
    """Facts have changed since the text went out: it stays as it is, and a correction is offered that names it."""
    told = [one for one in found.values() if one.changes]
    if not told:
        return
    w = session.words()
    html(f"<p class='cd-act'>{h(w('bind.released', count=len(told)))}</p>")
    for one in told:
        html(f"<div class='cd-quote'>{h(one.before.text)}<br>{_after(one)}</div>")
    st.button(w("bind.released.correct"), key=f"correct_{stands.id}", type="primary", on_click=_correct, args=(at, stands, told))


def _correct(at: Incident, stands: Statement, told: Sequence[Correction]) -> None:
    made = tools()
    with session.reading() as connection:
        out = [one for one in statements.publications(connection, at.id) if one.statement_id == stands.id]
    if not out:
        return
    wrong = {name: _joined([one.before.text for one in told if one.before.language == name], name) for name in LANGUAGES}
    right = {name: _joined([one.after.text for one in told if one.after and one.name[0] == name], name) for name in LANGUAGES}
    drafted = session.do(
        correct_statement, at.id, out[0].number, wrong=wrong, right=right, kit=made.kit, check=made.check,
        actor=session.my_name(), field="clearing", said="bind.released.drafted",
    )  # fmt: skip
    if drafted:
        st.session_state.statement_id = drafted


def _joined(texts: Sequence[str], language: str) -> str:
    """The sentences in a row, as many as a correction holds, without the stop that the correction sets itself."""
    said, gap = "", "" if language == "zh" else " "
    for text in texts:
        more = f"{said}{gap if said else ''}{text}"
        if len(more) > WORDS:
            break
        said = more
    return (said or (texts[0][:WORDS] if texts else "")).rstrip("。.")
