"""The ranked list: who is next, where each group stands, who looks after it, and when."""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import session
from dashboard.components import marks, show
from dashboard.components.audience_board import Board
from dashboard.components.show import h, html, plain_md
from dashboard.tools import tools
from stakeholders.models import Audience
from stakeholders.plan import Step, level
from workflows.add_audience import add_audience
from workflows.remove_audience import restore_audience
from workflows.set_stance import review_stances

MANY = 20  # groups: from here on there is something to look for them with, and the later ones are folded
GRAVE = 4  # from this harm on, an overdue contact is red


def ranked(board: Board) -> None:
    steps = board.steps()
    wanted = _wanted(board, steps) if len(steps) > MANY else steps
    if wanted is not steps:
        _sections(board, [("audiences.found", wanted)])
        _add(board)
        return
    waiting = [one for one in steps if one.audience.contacted_at is None or one.state in ("late", "soon")]
    rest = [one for one in steps if one not in waiting]
    if waiting:
        _first(board, waiting[0])
    else:
        show.empty("audiences.none_waiting")
    _sections(board, [("audiences.waiting", waiting), ("audiences.rest", rest)])
    _add(board)
    _removed(board)


def _sections(board: Board, sections: Sequence[tuple[str, Sequence[Step]]]) -> None:
    """Each with its number, the first rows of it, and the others at a press."""
    w = session.words()
    for key, mine in sections:
        if mine:
            html(f"<h2 class='cd-h2' style='margin-top:.8rem'>{h(w(key))} <small>{len(mine)}</small></h2>")
        elif key == "audiences.found":
            show.empty("audiences.found.none")
        shown = st.session_state.get(f"{key}:shown", MANY)
        for one in mine[:shown]:
            _row(board, one)
        if len(mine) > shown:
            st.button(
                w("audiences.more", count=len(mine) - shown), key=f"{key}:more", on_click=show_more, args=(key, len(mine)),
                type="tertiary",
            )  # fmt: skip


def show_more(key: str, count: int) -> None:
    st.session_state[f"{key}:shown"] = count


def _wanted(board: Board, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Those that are looked for; the very same `steps` while nobody looks for any."""
    w = session.words()
    left, right = st.columns([4, 6], vertical_alignment="bottom")
    text = left.text_input(w("audiences.search"), key="audience_search", placeholder=w("audiences.search.hint")).strip().lower()
    kind = right.segmented_control(
        w("audiences.show"), tuple(KINDS), key="audience_show", default="all", required=True, label_visibility="collapsed",
        format_func=lambda name: w(f"audiences.show.{name}"),
    )  # fmt: skip
    if not text and kind == "all":
        return steps
    return tuple(one for one in steps if KINDS[kind or "all"](one) and text in _findable(board, one))


def _findable(board: Board, one: Step) -> str:
    owner = board.owner(one.audience)
    return " ".join((one.audience.name("zh"), one.audience.name("en"), owner.name if owner else "")).lower()


def _is_mine(one: Step) -> bool:
    me = session.me()
    return me is not None and one.audience.owner_id == me.id


KINDS: dict[str, Callable[[Step], bool]] = {
    "all": lambda one: True,
    "open": lambda one: one.audience.contacted_at is None,
    "late": lambda one: one.state == "late",
    "mine": _is_mine,
    "negative": lambda one: level(one.audience.stance) < 0,
}


def _first(board: Board, one: Step) -> None:
    """The page's answer, in the largest type."""
    group = one.audience
    html(
        f"<div class='cd-row'><span class='cd-quiet'>{h(session.words()('audiences.next'))}</span>"
        f"<div class='cd-big'>{h(board.name(group))}</div>"
        f"<div class='cd-sub'>{h(group.why.get(session.language(), ''))}</div></div>"
    )


def _row(board: Board, one: Step) -> None:
    w = session.words()
    group = one.audience
    with st.container(key=f"cd_row_{group.id}"):
        left, right = st.columns([7, 3], vertical_alignment="center")
        with left:
            html(
                f"<div class='cd-row'><span class='cd-no'>{group.position}</span><b>{h(board.name(group))}</b> "
                f"{marks.stance(group.stance)}<div class='cd-meta'>{_meta(board, one)}</div></div>"
            )
        with right, st.container(horizontal=True, horizontal_alignment="right"):
            st.button(w("audiences.contact"), key=f"contact_{group.id}", on_click=choose, args=(group.id, "contact"),
                      type="primary" if _urgent(one) else "secondary")  # fmt: skip
            st.button(w("audiences.open"), key=f"open_{group.id}", on_click=choose, args=(group.id, "four"))


def _meta(board: Board, one: Step) -> str:
    w = session.words()
    group = one.audience
    owner = board.owner(group)
    said = [owner.name if owner else w("audiences.owner.none")]
    said.append(w("audiences.contacted", at=board.hour(group.contacted_at)) if group.contacted_at else w("audiences.not_contacted"))
    parts = [f"<span>{h(text)}</span>" for text in said]
    parts.append(f"<span class='{'cd-late' if _urgent(one) else ''}'>{h(when(board, one))}</span>")
    if not group.why.get("applies", True):
        parts.append(f"<span>{h(w('audiences.gone'))}</span>")
    if any(answer.id in board.stale for answer in board.answers_of(group).values()):
        parts.append(f"<span class='cd-fact-disputed'>{h(w('audiences.stale'))}</span>")
    return "".join(parts)


def when(board: Board, one: Step) -> str:
    w = session.words()
    if one.at is None:
        return w("audiences.next.open")
    state = "soon" if one.state == "planned" and not one.audience.contacted_at else one.state
    return w(f"audiences.next.{state}", at=board.hour(one.at))


def _urgent(one: Step) -> bool:
    return one.state == "late" and one.audience.harm >= GRAVE


def choose(audience_id: int | None, panel: str = "four") -> None:
    """Open a group, at one of its parts; None: back to the list."""
    st.session_state.audience = str(audience_id or "")
    st.session_state.audience_panel = panel


def review(board: Board) -> None:
    """Asks, when its hour has come, to look at every stance again; gone when somebody has."""
    hours = board.review()
    if hours is None:
        return
    w = session.words()
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        html(f"<div>{h(w('audiences.review', hours=hours))}</div>")
        st.button(w("audiences.review.done"), on_click=_reviewed, args=(board.at.id, hours))


def _reviewed(incident_id: int, hours: int) -> None:
    session.do(review_stances, incident_id, hours, actor=session.my_name(), said="audiences.reviewed")


# --- groups of one's own -----------------------------------------------------------------------------------------

def _add(board: Board) -> None:
    w = session.words()
    with st.expander(w("audiences.add"), key="audience_add"):
        with st.form("audience_new", border=False, clear_on_submit=False):
            left, right = st.columns([7, 3], vertical_alignment="bottom")
            left.text_input(w("audiences.add.name"), key="audience_name", placeholder=w("audiences.add.name.hint"), max_chars=60)
            right.form_submit_button(
                w("audiences.add.button"), on_click=_named, args=(board.at.id,), width="stretch", type="primary"
            )
        missing = [slug for slug in board.catalogue.groups if slug not in {one.slug for one in board.groups}]
        if missing:
            st.selectbox(
                w("audiences.add.catalogue"), missing, index=None, key="audience_slug", placeholder=w("intake.choose"),
                format_func=lambda slug: _catalogue_name(board, slug), on_change=_from_catalogue, args=(board.at.id,),
            )  # fmt: skip
        error = session.notice("audience:new")
        if error is not None:
            show.problem(error)


def _catalogue_name(board: Board, slug: str) -> str:
    plain = [one.phrase for one in board.catalogue.groups[slug].names if not one.when] or [
        board.catalogue.groups[slug].names[-1].phrase
    ]
    said = plain[0].text(session.language())
    terms = board.catalogue.domains[-1].terms
    return said.format(**{name: phrase.text(session.language()) for name, phrase in terms.items()})


def _named(incident_id: int) -> None:
    made = _added(incident_id, name=st.session_state.audience_name)
    if made:
        st.session_state.audience_name = ""


def _from_catalogue(incident_id: int) -> None:
    slug = st.session_state.audience_slug
    if slug:
        st.session_state.audience_slug = None
        _added(incident_id, slug=slug)


def _added(incident_id: int, **what: str) -> Audience | None:
    return session.do(
        add_audience, incident_id, catalogue=tools().catalogue, actor=session.my_name(), field="audience:new",
        said="audiences.added", **what,
    )  # fmt: skip


def _removed(board: Board) -> None:
    if not board.removed:
        return
    w = session.words()
    with st.expander(w("audiences.removed.list", count=len(board.removed))):
        for group in board.removed:
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(plain_md(board.name(group)))
                st.button(w("audiences.restore"), key=f"restore_{group.id}", on_click=_restore, args=(group.id,))


def _restore(audience_id: int) -> None:
    session.do(restore_audience, audience_id, actor=session.my_name(), said="audiences.restored")
