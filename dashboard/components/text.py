"""A text on the screen, sentence by sentence: what each says and serves, what is objected to, and how to put it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.binding import SHOWN, all_at_once, notes, offers
from dashboard.components.live import sentence_field
from dashboard.components.show import h, html
from statements.basis import Basis
from statements.gates import HOLE, Obstacle, release_obstacles
from statements.records import LANGUAGES, Sentence, Statement, StatementVersion, body
from statements.staleness import Correction
from workflows.edit_statement import add_sentence, edit_sentence


@dataclass(frozen=True)
class _Passed:
    """The guard's own findings are shown by themselves."""

    severity: str = "none"
    findings: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Shown:
    stands: Statement
    version: StatementVersion
    sentences: tuple[Sentence, ...]
    language: str
    verdict: Any
    basis: Basis

    @cached_property
    def found(self) -> tuple[Obstacle, ...]:
        """What stands in the way of this text and of releasing both languages together."""
        return release_obstacles(self.sentences, LANGUAGES, lambda text, language: _Passed(), self.basis)

    @property
    def mine(self) -> list[Sentence]:
        return sorted((one for one in self.sentences if one.language == self.language), key=lambda one: one.position)

    @property
    def released(self) -> bool:
        return self.stands.state == "released"


def text_in(shown: Shown) -> None:
    """The text in one language. Released: to read. Otherwise: to write in."""
    offer = offers(shown.stands, shown.basis)
    if shown.released:
        html(f"<div class='cd-text'>{h(body(shown.sentences, shown.language))}</div>")
        return
    all_at_once(shown.stands, shown.version, {name: one for name, one in offer.items() if name[0] == shown.language})
    at = 0
    text = body(shown.sentences, shown.language)
    for one in shown.mine:
        start = text.find(one.text, at)
        at = start + len(one.text)
        _sentence(shown, one, [found for found in shown.verdict.findings if found.start < at and found.end > start], start,
                  offer.get((one.language, one.sid)))  # fmt: skip
    _add(shown)


def _sentence(shown: Shown, one: Sentence, findings: list[Any], start: int, offer: Correction | None) -> None:
    w = session.words()
    mine = [found for found in shown.found if (found.language, found.sid) == (one.language, one.sid) and found.kind in SHOWN]
    left, right = st.container(key=f"cd_{_key(shown, one)}".replace(":", "_")).columns([14, 1], gap="small", wrap=False)
    with left:
        marks = _small(w(f"principle.{one.principle}"))
        marks += _small(w("statement.facts", count=len(one.facts))) if one.facts else ""
        marks += _small(w("statement.edited")) if one.edited else ""
        marks += f"<span class='cd-act'>{_small(w('bind.stale'))}</span>" if offer else ""
        said = marked(one.text, [*findings, *_placed(mine, start)], start)
        html(f"<div class='cd-text'>{said}<br><span class='cd-saved'>{marks}</span></div>")
    with right, st.popover("✎", help=w("statement.edit"), type="tertiary"):
        _editor(shown, one)
    for number, found in enumerate(findings):
        _finding(shown, one, found, number)
    notes(shown.stands, shown.version, one, mine, offer, shown.basis)
    error = session.notice(_key(shown, one))
    if error is not None:
        show.problem(error)


@dataclass(frozen=True)
class _Marked:
    start: int
    end: int
    severity: str


def _placed(found: list[Obstacle], start: int) -> list[_Marked]:
    """Where the words stand in the whole text; a sentence whose facts changed is marked as a whole, more quietly."""
    return [
        _Marked(start + one.start, start + one.end, "warn" if one.kind in ("stale", "parity") else "block")
        for one in sorted(found, key=lambda one: one.kind == "stale")
        if one.end > one.start and one.kind != "stale"
    ]


def _small(text: str) -> str:
    return f"{h(text)}　"


def _key(shown: Shown, one: Sentence) -> str:
    return f"say:{shown.stands.id}:{shown.language}:{one.sid}"


def marked(text: str, findings: list[Any], start: int) -> str:
    """The sentence as HTML: holes impossible to overlook, objections underlined."""
    spans = [(*match.span(), "cd-hole") for match in HOLE.finditer(text)]
    spans += [(max(0, f.start - start), min(len(text), f.end - start), f"cd-find-{f.severity}") for f in findings]
    out, at = [], 0
    for begin, end, name in sorted(spans):
        if begin >= at:
            out.append(f"{h(text[at:begin])}<span class='{name}'>{h(text[begin:end])}</span>")
            at = end
    return "".join(out) + h(text[at:])


def _editor(shown: Shown, one: Sentence) -> None:
    w = session.words()
    key = f"{_key(shown, one)}:{shown.version.number}"
    sentence_field(w("statement.edit"), key=key, language=shown.language, value=one.text)
    with st.container(horizontal=True):
        st.button(w("statement.save"), key=f"{key}:save", type="primary", on_click=_save, args=(shown, one, key))
        st.button(w("statement.drop"), key=f"{key}:drop", on_click=_say, args=(shown, one, ""))


def _save(shown: Shown, one: Sentence, key: str) -> None:
    _say(shown, one, st.session_state[key])


def _say(shown: Shown, one: Sentence, text: str) -> None:
    session.do(
        edit_sentence, shown.stands.id, shown.language, one.sid, text, seen=shown.version.number, actor=session.my_name(),
        field=_key(shown, one),
    )  # fmt: skip


def _finding(shown: Shown, one: Sentence, found: Any, number: int) -> None:
    w = session.words()
    name = "cd-act" if found.severity == "block" else "cd-tone-negative"
    html(
        f"<div class='cd-quote'><span class='{name}'>{h(w(f'severity.{found.severity}'))} · "
        f"{h(w(f'label.{found.label}'))}</span> {h(found.why)}</div>"
    )
    key = f"{_key(shown, one)}:{shown.version.number}:{number}"
    if found.suggestion:
        html(f"<div class='cd-quote'>{h(w('statement.rewrite'))} {h(found.suggestion)}</div>")
        st.button(w("statement.use"), key=f"{key}:use", on_click=_say, args=(shown, one, found.suggestion))
    else:
        st.button(w("statement.drop"), key=f"{key}:go", on_click=_say, args=(shown, one, ""))


def _add(shown: Shown) -> None:
    w = session.words()
    mine = shown.mine
    if not mine:
        show.empty("statement.no_text")
        return
    key = f"own:{shown.stands.id}:{shown.language}:{shown.version.number}"
    with st.expander(w("statement.add")):
        after = st.selectbox(
            w("statement.add.after"), [one.sid for one in mine], index=len(mine) - 1, key=f"{key}:after",
            format_func=lambda sid: next(one.text for one in mine if one.sid == sid)[:40],
        )  # fmt: skip
        sentence_field(w("statement.add.text"), key=key, language=shown.language)
        st.button(w("statement.add.button"), key=f"{key}:add", on_click=_added, args=(shown, after, key))


def _added(shown: Shown, after: str, key: str) -> None:
    session.do(
        add_sentence, shown.stands.id, shown.language, after, st.session_state[key], seen=shown.version.number,
        actor=session.my_name(),
    )  # fmt: skip
