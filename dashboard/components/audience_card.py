"""One group, opened: where it stands and what that asks for; then its four questions, what is said, contact, stance."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import session
from dashboard.components import audience_contact, audience_four, audience_say, audience_stance, marks, show
from dashboard.components.audience_board import Board
from dashboard.components.audience_list import choose
from dashboard.components.show import h, html
from stakeholders.models import Audience
from stakeholders.plan import waits_for
from workflows.assign_audience import assign_audience

PANELS = {
    "four": audience_four.four, "say": audience_say.say, "contact": audience_contact.contact, "stance": audience_stance.stance,
}  # fmt: skip


def card(board: Board, group: Audience) -> None:
    w = session.words()
    st.button(f"← {w('audiences.back')}", key="audience_back", on_click=choose, args=(None,), type="tertiary")
    _head(board, group)
    _strategy(board, group)
    _looked_after(board, group)
    if st.session_state.get("audience_panel") not in PANELS:
        st.session_state.audience_panel = "four"
    chosen = st.segmented_control(
        w("audiences.panel"), tuple(PANELS), key="audience_panel", label_visibility="collapsed", required=True,
        format_func=lambda name: w(f"audiences.panel.{name}"), width="stretch",
    )  # fmt: skip
    PANELS[chosen or "four"](board, group)


def _head(board: Board, group: Audience) -> None:
    w = session.words()
    scores = w("list.dot").join(
        w("audiences.score", name=w(f"audiences.{name}"), value=getattr(group, name)) for name in ("harm", "influence", "interest")
    )
    gate = marks.badge(w("audiences.legal"), "accent") if board.catalogue.group(group.slug).legal_gate else ""
    gone = "" if group.why.get("applies", True) else f"<p class='cd-quiet'>{h(w('audiences.gone'))}</p>"
    html(
        f"<h2 class='cd-big' style='margin:0;padding:0'>{h(board.name(group))}</h2>"
        f"<p style='margin:.3rem 0 0'>{marks.stance(group.stance)} <span class='cd-quiet'>{h(scores)}</span> {gate}</p>"
        f"<p class='cd-sub'>{h(group.why.get(session.language(), ''))}</p>{gone}"
    )
    for rule in waits_for(board.catalogue, group, board.groups):
        first = next(one for one in board.groups if one.slug == rule.first)
        said = w("audiences.order.first", name=board.name(first))
        html(f"<p class='cd-quote'><b>{h(said)}</b> {h(rule.rule.text(session.language()))}</p>")


def _strategy(board: Board, group: Audience) -> None:
    w, language = session.words(), session.language()
    strategy = board.catalogue.strategies[group.stance]
    cells = {
        "aim": f"<p>{h(strategy.aim.text(language))}</p>",
        "do": "".join(f"<p>{h(one.text(language))}</p>" for one in strategy.do),
        "never": "".join(f"<p>{h(one.text(language))}</p>" for one in strategy.never),
        "moved": f"<p>{h(board.catalogue.group(group.slug).moved.text(language))}</p>",
    }
    html(
        "<div class='cd-four'>"
        + "".join(f"<div><h3>{h(w(f'audiences.strategy.{name}'))}</h3>{cell}</div>" for name, cell in cells.items())
        + "</div>"
    )


def _looked_after(board: Board, group: Audience) -> None:
    """Owner, channel and next contact; each is stored when it is chosen."""
    w = session.words()
    owner, channel, hour = st.columns(3)
    numbers = [one.id for one in board.people]
    names = {one.id: one.name for one in board.people}
    with owner:
        _field(board, group, "owner_id", lambda key, save: st.selectbox(
            w("audiences.owner"), numbers, key=key, format_func=lambda number: names.get(number, ""), on_change=save,
            index=numbers.index(group.owner_id) if group.owner_id in numbers else None,
            placeholder=w("audiences.owner.none"),
        ))  # fmt: skip
    with channel:
        channels = board.catalogue.channels
        _field(board, group, "channel", lambda key, save: st.selectbox(
            w("audiences.channel"), channels, key=key, on_change=save, placeholder=w("intake.choose"),
            index=channels.index(group.channel) if group.channel in channels else None,
            format_func=lambda name: w(f"audiences.channel.{name}"),
        ))  # fmt: skip
    with hour:
        _field(board, group, "next_contact_at", lambda key, save: st.datetime_input(
            f"{w('audiences.next_at')} · {show.zone_name(board.at.zone)}", value=local(group.next_contact_at, board.at.zone),
            key=key, format="YYYY-MM-DD", step=60, on_change=save,
        ))  # fmt: skip
    error = session.notice(f"audience:{group.id}:assign")
    if error is not None:
        show.problem(error)


def _field(board: Board, group: Audience, name: str, widget) -> None:
    key = f"audience:{group.id}:{name}:{group.version}:{group.contacted_at}"
    widget(key, lambda: _assign(group, name, st.session_state[key]))


def _assign(group: Audience, name: str, value) -> None:
    session.do(
        assign_audience, group.id, version=group.version, actor=session.my_name(), field=f"audience:{group.id}:assign",
        **{name: value},
    )  # fmt: skip


def local(at: datetime | None, zone: str) -> datetime | None:
    """A moment as a date field takes it: the zone's own time, without the zone."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0) if at else None
