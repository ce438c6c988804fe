"""Facts: what is confirmed, what is not, on whose word. Confirming one is one click, and a name."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import session
from dashboard.components import facts as shown
from dashboard.components import marks, show
from dashboard.components.evidence import evidence
from dashboard.components.notice import notice
from dashboard.components.show import h, html, plain_md
from dashboard.tools import with_stock
from incidents.facts import missing_wordings
from incidents.models import Fact, Incident
from storage import facts
from words import LANGUAGES
from workflows.add_fact import add_fact
from workflows.edit_fact import edit_fact
from workflows.settle_fact import settle_fact
from workflows.texts_using import Use, texts_using

ADDABLE = {"detail": "text", "deed": "deed", "finding": "finding", "negative_search": "negative_search", "advice": "text"}
Uses = Mapping[int, Sequence[Use]]
MANY = 30  # more facts than fit a few screens
GROUPS = (("open", ("reported", "unknown", "disputed")), ("settled", ("confirmed", "official")), ("gone", ("withdrawn",)))


def page() -> None:
    at = session.incident()
    if at is None:
        st.switch_page("screens/incidents.py")
    show.title("facts.title", "facts.question")
    with session.reading() as connection:
        known = facts.of_incident(connection, at.id)
        uses = texts_using(connection, at.id, session.language())
    if not known:
        show.empty("facts.empty")
        st.page_link("screens/intake.py", label=session.words()("facts.to_intake"))
    looked_for = _narrowed(at, known)
    for name, statuses in GROUPS:
        _group(at, name, [fact for fact in looked_for if fact.status in statuses], uses)
    _wordings(at, known)
    notice(at, known)
    evidence(at, known)
    _add(at)


def _narrowed(at: Incident, known: Sequence[Fact]) -> list[Fact]:
    """With many facts, those that hold the words looked for; the newest of each group are shown, the others on a press."""
    if len(known) <= MANY:
        return list(known)
    w = session.words()
    typed = st.text_input(w("facts.find"), key="facts_find", placeholder=w("facts.find.hint"), max_chars=80)
    words = typed.casefold().split()
    told = [(fact, f"{w(f'slot.{fact.slot}')} {shown.said(fact, at)} {shown.provenance(fact, at)}".casefold()) for fact in known]
    found = [fact for fact, text in told if all(word in text for word in words)]
    if words and not found:
        show.empty("facts.find.none")
    return found


def _first(name: str, mine: list[Fact]) -> list[Fact]:
    if len(mine) <= MANY or st.session_state.get(f"facts_all_{name}"):
        return mine
    return mine[:MANY]


def _others(name: str, left: int) -> None:
    if left:
        label = session.words()("facts.others", count=left)
        st.button(label, key=f"facts_others_{name}", on_click=_show_all, args=(name,), width="stretch")


def _show_all(name: str) -> None:
    st.session_state[f"facts_all_{name}"] = True


def _group(at: Incident, name: str, mine: list[Fact], uses: Uses) -> None:
    if not mine:
        return
    w = session.words()
    html(f"<h2 class='cd-h2' style='margin-top:1rem'>{h(w(f'facts.group.{name}'))} <small>{len(mine)}</small></h2>")
    some = _first(name, mine)
    for number, fact in enumerate(some):
        _row(at, fact, uses.get(fact.id, ()), first=number == 0)
    _others(name, len(mine) - len(some))


def _row(at: Incident, fact: Fact, used: Sequence[Use], *, first: bool) -> None:
    w = session.words()
    with st.container(key=f"cd_row_fact_{fact.id}"):
        left, right = st.columns([7, 3], vertical_alignment="center")
        with left:
            html(
                f"<div><span class='cd-quiet'>{h(w(f'slot.{fact.slot}'))}</span> {h(shown.said(fact, at))}<br>"
                f"{marks.fact(fact.status)} <span class='cd-quiet'>{h(shown.provenance(fact, at))}</span>"
                f"{shown.used_in(used)}</div>"
            )
        with right, st.container(horizontal=True, horizontal_alignment="right"):
            if fact.status in ("reported", "disputed") and fact.value is not None:
                st.button(
                    w("facts.confirm"), key=f"confirm_{fact.id}", type="primary" if first else "secondary", on_click=_settle,
                    args=(fact, "confirmed"),
                )  # fmt: skip
            _more(at, fact)
        error = session.notice(f"fact:{fact.id}")
        if error is not None:
            show.problem(error)


def _more(at: Incident, fact: Fact) -> None:
    w = session.words()
    with st.popover(w("facts.more")):
        if fact.value is not None:
            st.text_input(w("facts.source"), value=fact.source or "", key=f"source_{fact.id}", placeholder=w("facts.source.hint"))
            with st.container(horizontal=True):
                if fact.status != "official":
                    st.button(w("facts.official"), key=f"official_{fact.id}", on_click=_settle, args=(fact, "official"))
                for status in ("disputed", "withdrawn", "reported"):
                    if status != fact.status:
                        st.button(w(f"facts.to.{status}"), key=f"{status}_{fact.id}", on_click=_settle, args=(fact, status))
        if fact.kind in ("time", "number") and fact.value is not None:
            _value(at, fact)
        if fact.kind not in ("time", "number"):
            for language in LANGUAGES:
                key = f"wording_{language}_{fact.id}_{fact.version}"
                st.text_area(
                    w(f"facts.wording.{language}"), value=fact.wording(language) or "", key=key, height=80,
                    on_change=_word, args=(fact, language, key),
                )  # fmt: skip
        _history(at, fact)


def _value(at: Incident, fact: Fact) -> None:
    """A count or an hour that turns out otherwise: corrected here, and to be confirmed again."""
    w = session.words()
    key = f"value_{fact.id}_{fact.version}"
    if fact.kind == "number":
        st.number_input(w(f"slot.{fact.slot}"), value=fact.value, min_value=0, step=1, key=key)
    else:
        local = datetime.fromisoformat(fact.value).astimezone(ZoneInfo(at.zone))
        st.text_input(w(f"slot.{fact.slot}"), value=f"{local:%Y-%m-%d %H:%M}", key=key)
    st.button(w("facts.correct"), key=f"correct_{fact.id}", on_click=_correct, args=(fact, key))


def _correct(fact: Fact, key: str) -> None:
    session.do(
        with_stock(edit_fact, fact.incident_id), fact.id, version=fact.version, value=st.session_state[key],
        actor=session.my_name(), field=f"fact:{fact.id}",
    )  # fmt: skip


def _history(at: Incident, fact: Fact) -> None:
    w = session.words()
    with session.reading() as connection:
        versions = facts.versions(connection, fact.id)
    lines = "".join(
        f"<li><span class='cd-when'>{h(show.clock_time(one['saved_at'], at.zone, session.here_now(at)))}</span>"
        f"{marks.fact(one['snapshot']['status'])} {h(one['snapshot'].get('value') or '—')} {h(one['saved_by'] or '')}</li>"
        for one in versions[:8]
    )
    html(f"<p class='cd-quiet'>{h(w('facts.history'))}</p><ul class='cd-list'>{lines}</ul>")


def _settle(fact: Fact, status: str) -> None:
    source = st.session_state.get(f"source_{fact.id}") or None
    session.do(
        with_stock(settle_fact, fact.incident_id), fact.id, status, version=fact.version, actor=session.my_name(),
        source=source if source != fact.source else None, field=f"fact:{fact.id}",
    )  # fmt: skip


def _word(fact: Fact, language: str, key: str) -> None:
    wording = {f"wording_{language}": st.session_state[key]}
    session.do(edit_fact, fact.id, version=fact.version, actor=session.my_name(), field=f"fact:{fact.id}", **wording)


def _wordings(at: Incident, known: tuple[Fact, ...]) -> None:
    """A settled fact without words in the other language is a question, answered here."""
    w = session.words()
    for language in LANGUAGES:
        missing = missing_wordings(known, language)
        if not missing:
            continue
        html(f"<h2 class='cd-h2' style='margin-top:1rem'>{h(w(f'facts.missing.{language}', count=len(missing)))}</h2>")
        for fact in missing[:MANY]:
            key = f"missing_{language}_{fact.id}_{fact.version}"
            st.text_input(plain_md(str(fact.value)), key=key, on_change=_word, args=(fact, language, key))


def _add(at: Incident) -> None:
    w = session.words()
    with st.expander(w("facts.add")):
        st.selectbox(w("facts.add.slot"), tuple(ADDABLE), key="new_slot", format_func=lambda slot: w(f"slot.{slot}"))
        st.text_area(w("facts.add.value"), key="new_value", height=80)
        st.text_input(w("facts.source"), key="new_source", placeholder=w("facts.source.hint"))
        st.button(w("facts.add.button"), on_click=_added, args=(at,), type="primary")
        error = session.notice("fact:new")
        if error is not None:
            show.problem(error)


def _added(at: Incident) -> None:
    slot = st.session_state.new_slot
    made = session.do(
        add_fact, at.id, slot=slot, kind=ADDABLE[slot], value=st.session_state.new_value,
        source=st.session_state.new_source or None, actor=session.my_name(), field="fact:new",
    )  # fmt: skip
    if made:
        st.session_state.new_value = st.session_state.new_source = ""


page()
