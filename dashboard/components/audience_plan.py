"""The outreach plan: who hears what, by which channel, from whom, by when; what comes first; what to find out. Printable."""

import streamlit as st

from dashboard import session
from dashboard.components import audience_four, show
from dashboard.components.audience_board import Board
from dashboard.components.audience_list import MANY, show_more, when
from dashboard.components.show import h, html
from documents.outreach import OutreachSheet, OutreachTable, as_docx, as_xlsx
from stakeholders.models import QUESTIONS, Audience
from stakeholders.plan import precedences, step, tensions, too_early

COLUMNS = ("rank", "group", "stance", "message", "channel", "owner", "next", "done", "moved")
WIDTHS = (4, 10, 12, 28, 7, 7, 10, 8, 14)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def plan(board: Board) -> None:
    _downloads(board)
    _table(board)
    for key, lines in (("plan.order", _order(board)), ("plan.conflicts", _conflicts(board)), ("plan.unknown", _unknown(board))):
        html(f"<h2 class='cd-h2' style='margin-top:1rem'>{h(session.words()(key))} <small>{len(lines)}</small></h2>")
        if not lines:
            show.empty("plan.none")
        html(f"<ul class='cd-list'>{''.join(f'<li>{h(line)}</li>' for line in lines)}</ul>")
    html(f"<p class='cd-quiet'>{h(session.words()('plan.review'))}</p>")


def _downloads(board: Board) -> None:
    w = session.words()
    name = w("plan.file")
    with st.container(horizontal=True):
        st.download_button(w("plan.docx"), lambda: as_docx(sheet(board)), file_name=f"{name}.docx", mime=_DOCX, on_click="ignore")
        st.download_button(w("plan.xlsx"), lambda: as_xlsx(sheet(board)), file_name=f"{name}.xlsx", mime=_XLSX, on_click="ignore")


def _table(board: Board) -> None:
    w = session.words()
    heads = [w(f"plan.column.{name}") for name in COLUMNS]
    shown = st.session_state.get("plan:shown", MANY)
    body = "".join(
        "<tr>" + "".join(
            f"<td data-label='{h(head)}'>{h(cell)}</td>" for head, cell in zip(heads, _row(board, group), strict=True)
        ) + "</tr>"
        for group in board.groups[:shown]
    )  # fmt: skip
    shares = [f"{100 * width / sum(WIDTHS):.1f}%" for width in WIDTHS]
    head = "".join(f"<th style='width:{share}'>{h(name)}</th>" for name, share in zip(heads, shares, strict=True))
    html(f"<table class='cd-plan'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    if len(board.groups) > shown:  # the sheets to take along have every row
        st.button(
            w("audiences.more", count=len(board.groups) - shown), key="plan:more", on_click=show_more,
            args=("plan", len(board.groups)), type="tertiary",
        )  # fmt: skip


def _row(board: Board, group: Audience) -> tuple[str, ...]:
    """The cells of COLUMNS, as the sheet and the screen have them."""
    w, language = session.words(), session.language()
    known = board.catalogue.group(group.slug)
    owner, message = board.owner(group), board.answers_of(group).get("message")
    gate = f"\n{w('plan.legal')}" if known.legal_gate else ""
    stale = f"\n⚠ {w('plan.stale')}" if message and message.id in board.stale else ""
    return (
        str(group.position),
        board.name(group),
        f"{w(f'stance.{group.stance}')}\n{board.catalogue.strategies[group.stance].aim.text(language)}",
        (message.text(language) if message else "") + gate + stale,
        w(f"audiences.channel.{group.channel}") if group.channel in board.catalogue.channels else group.channel or "",
        owner.name if owner else w("audiences.owner.none"),
        when(board, step(group, board.now)),
        w("plan.done", at=board.hour(group.contacted_at)) if group.contacted_at else w("plan.not_done"),
        known.moved.text(language),
    )


def _order(board: Board) -> list[str]:
    w, language = session.words(), session.language()
    early = {rule.id: mine for rule, mine in too_early(board.catalogue, board.groups)}
    lines = []
    for rule, broken in precedences(board.catalogue, board.groups):
        parts = [rule.rule.text(language)]
        parts += [w("plan.order.broken")] if broken else []
        if rule.id in early:
            parts.append(w("plan.order.early", names=w("list.comma").join(board.name(one) for one in early[rule.id])))
        lines.append(" · ".join(parts))
    return lines


def _conflicts(board: Board) -> list[str]:
    """Which groups pull apart, and what to do."""
    w, names = session.words(), {one.slug: board.name(one) for one in board.groups}
    return [
        w("plan.conflicts.between", names=" ↔ ".join(names[slug] for slug in one.between)) + one.advice.text(session.language())
        for one in tensions(board.catalogue, board.groups)
    ]


def _unknown(board: Board) -> list[str]:
    """What nobody knows yet, with the groups that need it known."""
    found: dict[str, list[str]] = {}
    for group in board.groups:
        for answer in board.answers_of(group).values():
            for clause in answer.clauses if not answer.edited else ():
                if clause["kind"] == "open":
                    found.setdefault(clause[session.language()], []).append(board.name(group))
    w = session.words()
    asked = w("plan.unknown.says")
    return [
        w("plan.unknown.line", said=said.removeprefix(asked), names=w("list.comma").join(dict.fromkeys(names)))
        for said, names in found.items()
    ]


# --- the sheet ---------------------------------------------------------------------------------------------------

def sheet(board: Board) -> OutreachSheet:
    """The plan as the documents take it; an example or a drill says so on every page."""
    w = session.words()
    title = w("plan.made", title=f"{board.at.title or w('incident.untitled')} · {w('plan.title')}",
              at=show.moment(board.now, board.at.zone))  # fmt: skip
    marks = () if board.at.kind == "real" else (w(f"kind.{board.at.kind}.band"),)
    rows = tuple(_row(board, group) for group in board.groups)
    heads = tuple(w(f"plan.column.{name}") for name in COLUMNS)
    rules = [(w("plan.order"), line) for line in _order(board)]
    rules += [(w("plan.conflicts"), line) for line in _conflicts(board)]
    rules += [(w("plan.unknown"), line) for line in _unknown(board)]
    return OutreachSheet(
        title, session.language(),
        (
            OutreachTable(w("plan.sheet.plan"), heads, rows, WIDTHS),
            _answers(board),
            OutreachTable(w("plan.sheet.rules"), ("", ""), (*rules, ("", w("plan.review"))), (2, 12)),
        ),
        marks,
    )  # fmt: skip


def _answers(board: Board) -> OutreachTable:
    w = session.words()
    rows = tuple(
        (board.name(group), *(_text(board, group, question) for question in QUESTIONS)) for group in board.groups
    )
    heads = (w("plan.column.group"), *(w(f"audiences.question.{question}") for question in QUESTIONS))
    return OutreachTable(w("plan.sheet.answers"), heads, rows, (3, 6, 6, 6, 6))


def _text(board: Board, group: Audience, question: str) -> str:
    """An answer with its assumptions called so."""
    answer = board.answers_of(group).get(question)
    if answer is None:
        return ""
    w, language = session.words(), session.language()
    shown = [w("plan.assumed", said=one[language]) if one["kind"] == "assumption" else one[language] for one in answer.clauses]
    if answer.edited:
        shown = [answer.text(language)]
    shown += _evidence(board, group) if question == "feel" else []
    shown += [f"⚠ {w('audiences.stale')}"] if answer.id in board.stale else []
    return "\n".join(shown)


def _evidence(board: Board, group: Audience) -> list[str]:
    """What shows how they feel: their words to us, and headlines in which they speak."""
    w = session.words()
    said = [
        w("audiences.evidence.contact", said=one["question"], at=board.hour(one["at"]))
        for one in board.heard.get(group.id, ())[: audience_four.HEARD]
    ]
    return said + [
        w("audiences.evidence.item", title=one.title, outlet=one.outlet, at=board.hour(one.at)) for one in board.voices(group)
    ]
