"""The feeds: a lamp that says whether news is coming in, the list with its health in words, adding, importing, pausing."""

import asyncio
from functools import partial

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.show import clock_time, h, html
from errors import DeskError
from incidents.models import Incident
from monitoring.mood import Feed, Lamp
from monitoring.mood import lamp as read_lamp
from storage import readings
from storage.database import Engine, reading
from workflows.add_feed import Trial, add_feed, checked_address
from workflows.find_feeds import find_feeds
from workflows.import_opml import export_opml, import_opml
from workflows.parse_guarded import ParseGuard
from workflows.pause_feed import pause_feed, read_now, remove_feed, resume_feed

TIERS = (1, 2, 3)
SHOWN_TITLES = 3


def lamp(at: Incident) -> None:
    """One line on every page that draws from the feeds."""
    with session.reading() as connection:
        shown = read_lamp(readings.feeds(connection, at), readings.last_beat(connection), session.now())
    kind = "ill" if shown.ill else "fine" if shown.state == "fine" else "idle"
    mark = {"ill": "◐", "fine": "●", "idle": "○"}[kind]
    html(
        f"<div class='cd-lamp cd-lamp-{kind}' role='status'><span class='cd-lamp-mark' aria-hidden='true'>{mark}</span>"
        f"<span>{h(_told(shown, at))}</span></div>"
    )


def _told(shown: Lamp, at: Incident) -> str:
    when = clock_time(shown.beat_at if shown.state == "stopped" else shown.last_good_at, at.zone)
    return session.words()(f"monitor.lamp.{shown.state}", count=shown.sick or shown.total, total=shown.total, at=when)


def nothing_yet(at: Incident) -> None:
    with session.reading() as connection:
        known = readings.feeds(connection, at)
    show.empty("monitor.empty.items" if known else "monitor.empty.feeds")


# --- the list ----------------------------------------------------------------------------------------------------

def section(at: Incident) -> None:
    w = session.words()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        html(f"<h2 class='cd-h2 cd-part'>{h(w('feeds.title'))}</h2>")
        st.button(w("feeds.read_now"), key="feeds_now", on_click=session.do, args=(read_now,), kwargs={"said": "feeds.reading"})
    _rows(at)
    if at.kind == "example":
        html(f"<p class='cd-quiet'>{h(w('feeds.of_example'))}</p>")
    left, right = st.columns(2, gap="medium")
    with left:
        _add(at)
    with right:
        _import(at)


@st.fragment(run_every=20)
def _rows(at: Incident) -> None:
    with session.reading() as connection:
        known = readings.feeds(connection, at)
        others = readings.office_feeds(connection) if at.kind == "example" else ()
    if not known:
        show.empty("feeds.empty")
    for feed in (*known, *others):
        _row(at, feed)


def _row(at: Incident, feed: Feed) -> None:
    w = session.words()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
        address = w("feeds.shipped") if feed.incident_id else feed.url
        about = w("list.dot").join([w("monitor.tier", tier=feed.tier), *([address] if feed.title else [])])
        html(
            f"<div class='cd-feed'><b>{h(feed.title or address)}</b> <span class='cd-quiet'>{h(about)}</span><br>"
            f"{_health(at, feed)}</div>"
        )
        with st.container(horizontal=True, width="content", gap="small"):
            said, deed = ("resume", resume_feed) if feed.paused else ("pause", pause_feed)
            st.button(w(f"feeds.{said}"), key=f"feed_{feed.id}", on_click=_turn, args=(deed, feed))
            if feed.incident_id is None:
                with st.popover(w("feeds.remove")):
                    st.text(w("feeds.remove.sure"))
                    st.button(w("feeds.remove.yes"), key=f"feed_gone_{feed.id}", on_click=_turn, args=(remove_feed, feed))
    error = session.notice(f"feed:{feed.id}")
    if error is not None:
        show.problem(error)


def _health(at: Incident, feed: Feed) -> str:
    """In words: how it is, since when, when it is tried again, and what is wrong."""
    w = session.words()
    if feed.paused:
        return f"<span class='cd-quiet'>○ {h(w('feeds.paused'))}</span>"
    last = w("feeds.last_good", at=clock_time(feed.last_good_at, at.zone)) if feed.last_good_at else w("feeds.never_good")
    following = [w("feeds.next", at=clock_time(feed.next_due_at, at.zone))] if feed.next_due_at else []
    if feed.problem_key:
        why = w.error(DeskError(feed.problem_key, **(feed.problem_facts or {})))
        failures = [w("feeds.failures", count=feed.failures)] if feed.failures > 1 else []
        told = w("list.dot").join([w("feeds.sick"), *failures, last, *following])
        return f"<span class='cd-tone-negative'>◐ {h(why)}</span><br><span class='cd-quiet'>{h(told)}</span>"
    if not feed.last_good_at:
        return f"<span class='cd-quiet'>○ {h(w('feeds.waiting'))}</span>"
    return f"<span class='cd-quiet'>● {h(w('list.dot').join([w('feeds.fine'), last, *following]))}</span>"


def _turn(deed, feed: Feed) -> None:
    session.do(deed, feed.id, version=feed.version, actor=session.my_name(), field=f"feed:{feed.id}")


# --- more of them ------------------------------------------------------------------------------------------------

def _add(at: Incident) -> None:
    w = session.words()
    with st.expander(w("feeds.add")):
        st.text_input(w("feeds.add.url"), key="feed_url", placeholder=w("feeds.add.hint"), max_chars=2000, help=w("feeds.add.help"))
        st.button(w("feeds.try"), key="feed_try", type="primary", on_click=_tried, args=(at,))
        _wrong("feed:new")
        for number, trial in enumerate(st.session_state.get("feed_found") or ()):
            _found(at, trial, number)
        html(f"<p class='cd-quiet' style='margin:.6rem 0 0'>{h(w('feeds.add.untried'))}</p>")
        st.text_input(w("feeds.add.title"), key="feed_title", max_chars=200)
        st.segmented_control(
            w("feeds.add.tier"), TIERS, key="feed_tier", default=2, required=True, help=w("monitor.tier.help"),
            format_func=lambda tier: w("monitor.tier", tier=tier),
        )  # fmt: skip
        st.button(w("feeds.add.button"), key="feed_add", on_click=_added, args=(at,))


def _tried(at: Incident) -> None:
    """Read the address, and what it names, before anything is stored."""
    session.clear("feed:new")
    st.session_state["feed_found"] = ()
    settings = session.desk().settings
    try:
        url = checked_address(st.session_state.feed_url)
    except DeskError as error:
        st.session_state["notice:feed:new"] = error
        return
    with ParseGuard() as guard:
        looking = find_feeds(url, zone=at.zone, now=session.now(), guard=guard, allow_private=settings.allow_private_feeds)
        st.session_state["feed_found"] = asyncio.run(looking)


def _found(at: Incident, trial: Trial, number: int) -> None:
    w = session.words()
    if trial.problem:
        show.problem(DeskError(trial.problem.key, **dict(trial.problem.facts)))
        return
    newest = "".join(
        f"<li><span class='cd-when'>{h(clock_time(one.published_at, at.zone))}</span>{h(one.title or one.summary[:60])}</li>"
        for one in trial.items[:SHOWN_TITLES]
    )
    told = w("feeds.found", count=trial.count, zone=show.zone_name(trial.zone))
    html(
        f"<div class='cd-part'><b>{h(trial.title or trial.url)}</b><br><span class='cd-quiet'>{h(trial.url)}</span><br>"
        f"<span class='cd-quiet'>{h(told)}</span></div><ul class='cd-list'>{newest}</ul>"
    )
    st.button(w("feeds.found.add"), key=f"feed_found_{number}", on_click=_take, args=(trial,))


def _take(trial: Trial) -> None:
    tier = st.session_state.get("feed_tier") or 2
    made = session.do(
        add_feed, url=trial.url, title=trial.title, tier=tier, zone=trial.zone, actor=session.my_name(), said="feeds.added",
        field="feed:new",
    )  # fmt: skip
    if made:
        st.session_state["feed_found"] = ()
        st.session_state.feed_url = ""


def _added(at: Incident) -> None:
    state = st.session_state
    made = session.do(
        add_feed, url=state.feed_url, title=state.feed_title, tier=state.feed_tier or 2, zone=at.zone,
        actor=session.my_name(), said="feeds.added", field="feed:new",
    )  # fmt: skip
    if made:
        state.feed_url = state.feed_title = ""
        state["feed_found"] = ()


def _import(at: Incident) -> None:
    w = session.words()
    with st.expander(w("feeds.import")):
        choose = f"[data-testid='stFileUploaderDropzone'] button p::after {{ content: '{h(w('feeds.import.choose'))}'; }}"
        html(f"<style>{choose}</style>")
        given = st.file_uploader(w("feeds.import.file"), type=["opml", "xml"], key="feed_opml", max_upload_size=5)
        st.button(w("feeds.import.button"), key="feed_import", disabled=given is None, on_click=_imported, args=(at,))
        _wrong("feed:opml")
        engine = session.desk().engine
        st.download_button(
            w("feeds.export"), partial(_opml, engine, w("feeds.export.title")), file_name="feeds.opml", mime="text/x-opml",
            on_click="ignore", key="feed_export",
        )  # fmt: skip
        done = st.session_state.pop("feeds_imported", None)
        if done is not None:
            st.text(done)


def _opml(engine: Engine, title: str) -> bytes:
    """Made only when it is asked for, beside the page."""
    with reading(engine) as connection:
        return export_opml(connection, title).encode()


def _imported(at: Incident) -> None:
    w = session.words()
    given = st.session_state.feed_opml
    if given is None:
        return
    done = session.do(import_opml, given.getvalue(), zone=at.zone, actor=session.my_name(), field="feed:opml")
    if done is not None:
        said = w(f"feeds.imported.{'one' if done.added == 1 else 'many'}", count=done.added)
        known = w("feeds.imported.known", count=done.known) if done.known else ""
        st.session_state.feeds_imported = said + known


def _wrong(field: str) -> None:
    error = session.notice(field)
    if error is not None:
        show.problem(error)
