"""Search 查找: everything that is kept, of this incident or of all; what was found grouped by what it is."""

import re
from collections.abc import Sequence

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.kinds import kind_name
from dashboard.components.show import clock_time, h, html
from dashboard.components.telling import told
from errors import DeskError
from incidents.models import Incident
from monitoring.watch import folded
from storage.search import Hit
from workflows.search_everything import KINDS, MOST, Found, search_everything

AROUND = 60  # characters shown on either side of the first word found
SCREENS = {"item": "monitor", "fact": "facts", "text": "statement", "published": "statement", "answer": "audiences",
           "contact": "audiences", "event": "timeline"}  # fmt: skip
SHOWN = 8


def page() -> None:
    w = session.words()
    at = session.incident()
    show.title("search.title", "search.question")
    with st.form("search", border=False):
        left, right = st.columns([8, 2], vertical_alignment="bottom")
        left.text_input(w("search.words"), key="search_words", placeholder=w("search.hint"), max_chars=200)
        right.form_submit_button(w("search.button"), type="primary", width="stretch")
    everywhere = st.segmented_control(
        w("search.where"), ("here", "everywhere"), key="search_where", default="here" if at else "everywhere", required=True,
        format_func=lambda one: w(f"search.where.{one}"), label_visibility="collapsed",
    ) == "everywhere"  # fmt: skip
    words = str(st.session_state.get("search_words") or "").strip()
    if not words:
        show.empty("search.empty")
        return
    _results(words, at, everywhere or at is None)


def _results(words: str, at: Incident | None, everywhere: bool) -> None:
    known = {one.id: one for one in session.all_incidents()}
    try:
        with session.reading() as connection:
            found = search_everything(
                connection, words, on_the_desk=at.id if at else None, everywhere=everywhere, among=tuple(known), tell=told,
                who=session.caller(),
            )
    except DeskError as error:
        show.problem(error)
        return
    w = session.words()
    if not found.n:
        show.empty("search.none" if everywhere else "search.none.here", words=words)
        return
    said = w("list.dot").join(w(f"search.count.{kind}", n=_count(found, kind)) for kind in KINDS if kind in found.hits)
    html(f"<p class='cd-quiet' role='status'>{h(said)}</p>")
    for kind in KINDS:
        if kind in found.hits:
            _group(kind, found, known, at)


def _count(found: Found, kind: str) -> str:
    return f"{MOST}+" if kind in found.more else str(len(found.hits[kind]))


def _group(kind: str, found: Found, known: dict[int, Incident], at: Incident | None) -> None:
    w = session.words()
    hits = found.hits[kind]
    most = SHOWN * st.session_state.get(f"search_more_{kind}", 1)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        html(f"<h2 class='cd-h2 cd-part'>{h(w(f'search.kind.{kind}'))} <small>{h(_count(found, kind))}</small></h2>")
        if at and st.button(w("search.open"), key=f"search_open_{kind}"):
            st.switch_page(f"screens/{SCREENS[kind]}.py")
    html(f"<ul class='cd-list'>{''.join(_hit(one, found.terms, known, at) for one in hits[:most])}</ul>")
    if len(hits) > most:
        st.button(w("search.more", n=len(hits) - most), key=f"search_more_button_{kind}", on_click=_more, args=(kind,))


def _more(kind: str) -> None:
    st.session_state[f"search_more_{kind}"] = st.session_state.get(f"search_more_{kind}", 1) + 2


def _hit(one: Hit, terms: Sequence[str], known: dict[int, Incident], at: Incident | None) -> str:
    where = known[one.incident_id]
    when = f"<span class='cd-when'>{h(clock_time(one.at, where.zone))}</span>" if one.at else ""
    title = _title(one)
    other = f" <span class='cd-quiet'>{h(where.title)}</span>" if at is None or one.incident_id != at.id else ""
    head = f"<b>{_marked(title, terms)}</b> " if title else ""
    return f"<li>{when}{head}{_marked(_snippet(one.text, terms), terms)}{other}</li>"


def _title(one: Hit) -> str:
    w = session.words()
    if one.kind == "fact":
        key = f"slot.{one.title}"
        return w(key) if w.has(key) else one.title
    if one.kind == "text":
        return kind_name(one.title)
    return w("search.published", number=one.title) if one.kind == "published" else one.title


def _snippet(text: str, terms: Sequence[str]) -> str:
    """What stands around the first word that was found."""
    line = " ".join(text.split())
    places = [at for term in terms if (at := folded(line).find(term)) >= 0]
    at = min(places, default=0)
    start = max(0, at - AROUND)
    end = min(len(line), at + 2 * AROUND)
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"


def _marked(text: str, terms: Sequence[str]) -> str:
    """The words that were found, marked; everything escaped."""
    wanted = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))
    parts = re.split(f"({wanted})", text, flags=re.IGNORECASE)
    return "".join(f"<mark class='cd-found'>{h(part)}</mark>" if number % 2 else h(part) for number, part in enumerate(parts))


page()
