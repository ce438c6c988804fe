"""The four questions as four quiet blocks, each clause with its evidence; a person's words take the desk's place."""

import streamlit as st

from dashboard import session
from dashboard.components import facts as shown
from dashboard.components import marks, show
from dashboard.components.audience_board import Board
from dashboard.components.items import way_out
from dashboard.components.show import h, html
from monitoring.mood import PressItem
from stakeholders.models import QUESTIONS, Audience, AudienceAnswer
from words import LANGUAGES
from workflows.save_audience_answer import return_to_prefilled, save_audience_answer

HEARD = 3  # what they said in the latest contacts
LONGEST_TITLE = 80


def four(board: Board, group: Audience) -> None:
    for pair in (QUESTIONS[:2], QUESTIONS[2:]):
        for column, question in zip(st.columns(2, gap="medium"), pair, strict=True):
            with column, st.container(border=True, height="stretch"):
                _block(board, group, question)
    html(f"<p class='cd-saved'>{h(session.words()('audiences.saved'))}</p>")


def _block(board: Board, group: Audience, question: str) -> None:
    answer = board.answers_of(group).get(question) or AudienceAnswer(0, group.id, question, "", "", version=0)
    more = _heard(board, group) if question == "feel" else _needs(board, group) if question == "know" else ""
    title = h(session.words()(f"audiences.question.{question}"))
    html(f"<h2 class='cd-h2'>{title}</h2><div>{told(board, answer)}{more}</div>")
    rewrite(board, group, answer)


def told(board: Board, answer: AudienceAnswer) -> str:
    """The answer: clause by clause with what each rests on, or a person's words with the facts they began from."""
    if not answer.edited:
        return "".join(_clause(board, dict(one)) for one in answer.clauses)
    return f"<div class='cd-clause'>{h(answer.text(session.language()))}{written(board, answer)}</div>"


def written(board: Board, answer: AudienceAnswer) -> str:
    """Who wrote a text and when, and the facts it began from; a warning where one of them has moved."""
    w = session.words()
    name, hour = answer.saved_by or w("timeline.desk"), board.hour(answer.saved_at)
    note = h(w("audiences.edited", name=name, at=hour))
    if answer.prefilled(session.language()):
        note += f" · {h(w('audiences.edited.other'))}"
    used = {number for one in answer.clauses for number in one["facts"]}
    rests = "".join(f"<small>{_rest(board, number)}</small>" for number in sorted(used) if number in board.facts)
    stale = f"<small class='cd-fact-disputed'>{h(w('audiences.stale'))}</small>" if answer.id in board.stale else ""
    return f"<small>{note}</small>{stale}{rests}" if answer.edited else rests


def _clause(board: Board, clause: dict) -> str:
    kind = clause["kind"]
    quiet = " cd-clause-open" if kind == "open" else ""
    return f"<div class='cd-clause{quiet}'>{h(clause[session.language()])}{_evidence(board, clause)}</div>"


def _evidence(board: Board, clause: dict) -> str:
    """What a clause rests on: its facts with their marks, the intake, or the plain word that it is assumed."""
    w, kind = session.words(), clause["kind"]
    if kind in ("fact", "advice") and clause["facts"]:
        return "".join(f"<small>{_rest(board, number)}</small>" for number in clause["facts"][:3] if number in board.facts)
    if kind == "fact":
        kind = "intake"
    return "" if kind == "open" else f"<small>{h(w(f'audiences.kind.{kind}'))}</small>"


def _rest(board: Board, number: int) -> str:
    fact = board.facts[number]
    return f"{marks.fact(fact.status)} {h(session.words()(f'slot.{fact.slot}'))} {h(shown.provenance(fact, board.at))}"


def _heard(board: Board, group: Audience) -> str:
    """What shows how they feel: their own words to us, then headlines in which they speak."""
    w = session.words()
    lines = [
        f"{h(one['question'])}<small>{h(w('audiences.kind.contact'))} {h(board.hour(one['at']))}</small>"
        for one in board.heard.get(group.id, ())[:HEARD]
    ]
    lines += [f"{h(quoted(one))}<small>{_reported(board, one)}</small>" for one in board.voices(group)]
    return "".join(f"<div class='cd-clause'>{line}</div>" for line in lines)


def quoted(one: PressItem) -> str:
    title = one.title if len(one.title) <= LONGEST_TITLE else f"{one.title[: LONGEST_TITLE - 1]}…"
    return session.words()("audiences.reported", title=title)


def _reported(board: Board, one: PressItem) -> str:
    """Where a headline stands, when, in what tone, and the way to it."""
    w = session.words()
    parts = [f"{h(w('audiences.kind.item'))} {h(one.outlet)}", h(board.hour(one.at)), marks.tone(one.tone), *way_out(one.link)]
    return " · ".join(parts)


def _needs(board: Board, group: Audience) -> str:
    """Both kinds of need, as a person of this group commonly has them."""
    w = session.words()
    needs = board.catalogue.group(group.slug).needs
    both = ((w(f"audiences.needs.{name}"), board.said(getattr(needs, name))) for name in ("tangible", "felt"))
    return "".join(f"<div class='cd-clause'>{h(said)}<small>{h(kind)}</small></div>" for kind, said in both)


def rewrite(board: Board, group: Audience, answer: AudienceAnswer) -> None:
    """Both languages to write in, the one on the screen first; stored when the field is left."""
    w = session.words()
    field = f"audience:{group.id}:{answer.question}"
    first = [session.language(), *(name for name in LANGUAGES if name != session.language())]
    with st.expander(w("audiences.edit")):
        for language in first:
            key = f"{field}:{language}:{answer.version}"
            st.text_area(
                w(f"audiences.text.{language}"), value=answer.text(language), key=key, height=150,
                on_change=_save, args=(group, answer, language, key, field),
            )  # fmt: skip
        if answer.edited:
            st.button(w("audiences.prefilled"), key=f"{field}:back", on_click=_back, args=(group, answer, field))
    error = session.notice(field)
    if error is not None:
        show.problem(error)


def _save(group: Audience, answer: AudienceAnswer, language: str, key: str, field: str) -> None:
    session.do(
        save_audience_answer, group.id, answer.question, language, st.session_state[key], version=answer.version,
        seen=answer.text(language), actor=session.my_name(), field=field,
    )  # fmt: skip


def _back(group: Audience, answer: AudienceAnswer, field: str) -> None:
    session.do(
        return_to_prefilled, group.id, answer.question, version=answer.version, actor=session.my_name(), field=field
    )
