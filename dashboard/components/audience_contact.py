"""Speaking with a group: the cards that help, then a note of what was said and when they hear from us again."""

from datetime import datetime
from uuid import uuid4

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.audience_board import Board
from dashboard.components.audience_owner import local, looked_after
from dashboard.components.show import h, html, plain_md
from stakeholders.guidance import cards_for
from stakeholders.models import Audience
from stakeholders.plan import next_contact
from storage import audiences, content
from workflows.record_contact import record_contact, save_contact_draft

OPEN_AT_ONCE = 2  # cards


def contact(board: Board, group: Audience) -> None:
    channel = group.channel if group.channel in board.catalogue.channels else board.catalogue.channels[0]
    looked_after(board, group)
    left, right = st.columns([5, 5], gap="medium")
    with left:
        _form(board, group, channel)
        _history(board, group)
    with right:
        _cards(group, channel)


def _form(board: Board, group: Audience, channel: str) -> None:
    w = session.words()
    base = f"audience:{group.id}:heard:{group.contacted_at}"
    with session.reading() as connection:
        kept = audiences.contact_draft_of(connection, group.id, session.my_name() or "")
    with st.container(border=True):
        for name in ("said", "answered"):
            st.text_area(
                w(f"audiences.contact.{name}"), kept.get(name, ""), key=f"{base}:{name}", height=90, on_change=_keep,
                args=(group, base, name),
            )  # fmt: skip
        st.text_input(
            w("audiences.contact.who"), kept.get("who", ""), key=f"{base}:who", max_chars=300, on_change=_keep,
            args=(group, base, "who"),
        )  # fmt: skip
        st.datetime_input(
            f"{w('audiences.contact.next')} · {show.zone_name(board.at.zone)}", key=f"{base}:next", format="YYYY-MM-DD",
            value=_planned(board, kept.get("next")), step=60, on_change=_keep, args=(group, base, "next"),
        )  # fmt: skip
        st.checkbox(
            w("audiences.contact.in"), bool(kept.get("in")), key=f"{base}:in", on_change=_keep, args=(group, base, "in")
        )
        html(f"<p class='cd-saved'>{h(w('audiences.saved'))}</p>")
        st.button(
            w("audiences.contact.button"), key=f"{base}:done", type="primary", width="stretch", on_click=_record,
            args=(group, channel, base),
        )  # fmt: skip
        error = session.notice(f"audience:{group.id}:contact")
        if error is not None:
            show.problem(error)


def _planned(board: Board, kept: str | None) -> datetime | None:
    """The hour that somebody has already put down for the next contact, else the one that follows from what is promised."""
    return datetime.fromisoformat(kept) if kept else local(next_contact(board.now, board.promised()), board.at.zone)


def _keep(group: Audience, base: str, name: str) -> None:
    """Each field is stored when it is left, as everywhere: a reload loses nothing."""
    value = st.session_state[f"{base}:{name}"]
    text = "1" if value is True else "" if not value else value.isoformat() if isinstance(value, datetime) else str(value)
    session.do(
        save_contact_draft, group.id, name, text, actor=session.my_name(), field=f"audience:{group.id}:contact",
    )  # fmt: skip


def _record(group: Audience, channel: str, base: str) -> None:
    state = st.session_state
    session.do(
        record_contact, group.id, channel=channel, heard=state[f"{base}:said"], answered=state[f"{base}:answered"],
        counterpart=state[f"{base}:who"], direction="in" if state[f"{base}:in"] else "out",
        next_contact_at=state[f"{base}:next"], actor=session.my_name(), field=f"audience:{group.id}:contact",
        key=state.setdefault(f"{base}:key", uuid4().hex), said="audiences.contact.done",
    )  # fmt: skip


def _cards(group: Audience, channel: str) -> None:
    w, language = session.words(), session.language()
    html(f"<h2 class='cd-h2'>{h(w('audiences.cards'))}</h2>")
    for number, card in enumerate(cards_for(content.guidance(), channel, group.slug, group.stance)):
        with st.expander(plain_md(card.title.text(language)), expanded=number < OPEN_AT_ONCE):
            html(f"<ul class='cd-list'>{''.join(f'<li>{h(line.text(language))}</li>' for line in card.lines)}</ul>")


def _history(board: Board, group: Audience) -> None:
    w = session.words()
    with session.reading() as connection:
        made = audiences.communications(connection, group.id)
    html(f"<h2 class='cd-h2'>{h(w('audiences.contact.history'))} <small>{len(made) or ''}</small></h2>")
    if not made:
        show.empty("audiences.contact.none")
    lines = "".join(
        f"<li><span class='cd-when'>{h(board.hour(one['at']))}</span>{h(w('list.dot').join(_line(one)))}</li>" for one in made
    )
    html(f"<ul class='cd-list'>{lines}</ul>")


def _line(one: dict) -> list[str]:
    w = session.words()
    channel = w(f"audiences.channel.{one['channel']}") if w.has(f"audiences.channel.{one['channel']}") else one["channel"]
    parts = [channel, one["counterpart"], one["question"], one["answer"], one["handled_by"]]
    return [part for part in parts if part]
