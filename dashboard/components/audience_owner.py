"""Who looks after a group, by which channel, and when it hears from us next; each is stored when it is chosen."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.audience_board import Board
from stakeholders.models import Audience
from workflows.assign_audience import assign_audience


def looked_after(board: Board, group: Audience) -> None:
    w = session.words()
    owner, channel, hour = st.columns(3)
    numbers = [one.id for one in board.people]
    names = {one.id: one.name for one in board.people}
    with owner:
        _field(group, "owner_id", lambda key, save: st.selectbox(
            w("audiences.owner"), numbers, key=key, format_func=lambda number: names.get(number, ""), on_change=save,
            index=numbers.index(group.owner_id) if group.owner_id in numbers else None,
            placeholder=w("audiences.owner.none"),
        ))  # fmt: skip
    with channel:
        channels = board.catalogue.channels
        _field(group, "channel", lambda key, save: st.selectbox(
            w("audiences.channel"), channels, key=key, on_change=save, placeholder=w("intake.choose"),
            index=channels.index(group.channel) if group.channel in channels else None,
            format_func=lambda name: w(f"audiences.channel.{name}"),
        ))  # fmt: skip
    with hour:
        _field(group, "next_contact_at", lambda key, save: st.datetime_input(
            f"{w('audiences.next_at')} · {show.zone_name(board.at.zone)}", value=local(group.next_contact_at, board.at.zone),
            key=key, format="YYYY-MM-DD", step=60, on_change=save,
        ))  # fmt: skip
    error = session.notice(f"audience:{group.id}:assign")
    if error is not None:
        show.problem(error)


def _field(group: Audience, name: str, widget: Callable[[str, Callable[[], None]], Any]) -> None:
    key = f"audience:{group.id}:{name}:{group.version}:{group.contacted_at}"
    widget(key, lambda: _assign(group, name, st.session_state[key]))


def _assign(group: Audience, name: str, value: Any) -> None:
    session.do(
        assign_audience, group.id, version=group.version, seen=group, actor=session.my_name(), field=f"audience:{group.id}:assign",
        **{name: value},
    )  # fmt: skip


def local(at: datetime | None, zone: str) -> datetime | None:
    """A moment as a date field takes it: the zone's own time, without the zone."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0) if at else None
