"""What has no feed is entered by hand: a link, pasted words or a saved page, with outlet, hour and tier."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.show import h, html
from incidents.models import Incident
from workflows.add_feed import TIERS
from workflows.add_item import ENGAGEMENT, HandItem, add_item
from workflows.parse_guarded import ParseGuard

FIELDS = ("outlet", "link", "title", "text")
ENDINGS = ["html", "htm", "txt", "mht", "mhtml"]
LONGEST = {"outlet": 200, "link": 2000, "title": 300, "text": 20_000}


def section(at: Incident) -> None:
    w = session.words()
    turn = st.session_state.setdefault("byhand_turn", 0)
    with st.expander(w("byhand.title"), key="byhand_part", on_change="rerun"):
        html(f"<p class='cd-quiet' style='margin:0;max-width:46em'>{h(w('byhand.help'))}</p>")
        left, right = st.columns(2, gap="medium")
        with left:
            hint = w("byhand.outlet.hint")
            st.text_input(w("byhand.outlet"), key=f"byhand_outlet_{turn}", max_chars=LONGEST["outlet"], placeholder=hint)
            st.text_input(w("byhand.link"), key=f"byhand_link_{turn}", max_chars=LONGEST["link"], placeholder="https://…")
            st.text_input(w("byhand.headline"), key=f"byhand_title_{turn}", max_chars=LONGEST["title"])
            st.text_area(w("byhand.text"), key=f"byhand_text_{turn}", max_chars=LONGEST["text"], height=120)
        with right:
            _when(at, turn)
            st.segmented_control(
                w("feeds.add.tier"), TIERS, key=f"byhand_tier_{turn}", default=3, required=True, help=w("monitor.tier.help"),
                format_func=lambda tier: w("monitor.tier", tier=tier),
            )  # fmt: skip
            choose = f"[data-testid='stFileUploaderDropzone'] button p::after {{ content: '{h(w('feeds.import.choose'))}'; }}"
            html(f"<style>{choose}</style>")
            st.file_uploader(w("byhand.page"), type=ENDINGS, key=f"byhand_page_{turn}", max_upload_size=12)
            _engagement(turn)
        st.button(w("byhand.add"), key="byhand_add", type="primary", on_click=_added, args=(at, turn))
        error = session.notice("byhand")
        if error is not None:
            show.problem(error)


def _when(at: Incident, turn: int) -> None:
    w = session.words()
    st.datetime_input(w("byhand.at"), value=None, key=f"byhand_at_{turn}", help=w("byhand.at.help", zone=show.zone_name(at.zone)))


def _engagement(turn: int) -> None:
    w = session.words()
    columns = st.columns(len(ENGAGEMENT))
    for column, name in zip(columns, ENGAGEMENT, strict=True):
        with column:
            st.number_input(w(f"byhand.{name}"), min_value=0, value=None, step=1, key=f"byhand_{name}_{turn}", placeholder="—")


def _added(at: Incident, turn: int) -> None:
    value = lambda name: st.session_state.get(f"byhand_{name}_{turn}")  # noqa: E731
    given = value("page")
    page = None
    if given is not None:
        with ParseGuard() as guard:
            page = guard.read_page(given.getvalue())
    local: datetime | None = value("at")
    entry = HandItem(
        **{name: str(value(name) or "") for name in FIELDS}, tier=int(value("tier") or 3),
        at=local.replace(tzinfo=ZoneInfo(at.zone)) if local else None,
        engagement={name: value(name) for name in ENGAGEMENT}, captured=given.getvalue() if given is not None else None,
        captured_name=given.name if given is not None else "", page=page,
    )  # fmt: skip
    home = session.desk().settings.home
    made = session.do(add_item, at.id, entry, home=home, actor=session.my_name(), said="byhand.added", field="byhand")
    if made:
        st.session_state["byhand_turn"] = turn + 1  # an empty form; a refused one keeps what was typed
