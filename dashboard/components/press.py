"""The items behind the pictures: narrowed by a click on a bar or by hand, shown, taken along as a table."""

from datetime import datetime
from functools import partial

import streamlit as st

from dashboard import session
from dashboard.components import correcting, show
from dashboard.components import items as shown
from dashboard.components.items import counted
from dashboard.components.show import clock_time, h, html
from documents.items import as_csv, as_xlsx
from incidents.models import Incident
from monitoring.mood import ToneBin
from storage import readings
from storage.database import Engine, reading
from words import Words

AT_ONCE = 10
MOST_OUT = 20_000
TONES = ("negative", "neutral", "positive")
LEVELS, TIERS = (0, 1, 2, 3), (1, 2, 3)
FILTERS = ("bin", "outlet", "tone", "gravity", "tier", "story")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Wanted = dict[str, object]


# --- what is chosen ----------------------------------------------------------------------------------------------

def choose_bin(bar: ToneBin | None) -> None:
    st.session_state.monitor_bin = bar.start.isoformat() if bar else None


def chosen_bin(bars: tuple[ToneBin, ...]) -> datetime | None:
    """The start of the bar that is looked at, as long as it stands in the picture."""
    name = st.session_state.get("monitor_bin")
    return next((bar.start for bar in bars if bar.start.isoformat() == name), None)


def choose_story(story_id: int, title: str) -> None:
    clear()
    st.session_state.monitor_story = (story_id, title)


def clear() -> None:
    """No filter; the pictures are drawn anew so that nothing in them stays chosen."""
    for name in FILTERS:
        st.session_state[f"monitor_{name}"] = None
    st.session_state.monitor_turn = st.session_state.get("monitor_turn", 0) + 1
    st.session_state.monitor_shown = AT_ONCE


def _wanted(bars: tuple[ToneBin, ...]) -> Wanted:
    story = st.session_state.get("monitor_story")
    bar = next((bar for bar in bars if bar.start == chosen_bin(bars)), None)
    since, until = (bar.start, bar.end) if bar else (None, None) if story else (bars[0].start, bars[-1].end)
    return {
        "since": since, "until": until,  # of a story every copy, whenever it came
        "gravity": st.session_state.get("monitor_gravity"), "tier": st.session_state.get("monitor_tier"),
        "outlet": st.session_state.get("monitor_outlet"), "tone": st.session_state.get("monitor_tone"),
        "story_id": story[0] if story else None,
    }  # fmt: skip


# --- on the screen -----------------------------------------------------------------------------------------------

def items(at: Incident, bars: tuple[ToneBin, ...]) -> None:
    w = session.words()
    html(f"<h2 class='cd-h2'>{h(w('monitor.items'))}</h2>")
    _filters(at, bars)
    wanted = _wanted(bars)
    most = st.session_state.setdefault("monitor_shown", AT_ONCE)
    with session.reading() as connection:
        n = readings.how_many(connection, at.id, **wanted)  # type: ignore[arg-type]
        found = readings.items(connection, at.id, **wanted, most=most)  # type: ignore[arg-type]
    if not found:
        show.empty("monitor.items.none")
        return
    html(f"<p class='cd-quiet' style='margin:0'>{h(w('monitor.items.shown', shown=len(found), n=n))}</p>")
    for each in found:
        html(f"<ul class='cd-list'>{shown.item(each, at)}</ul>")
        correcting.controls(at, each, found)
    if n > len(found):
        st.button(w("monitor.items.more", count=min(AT_ONCE, n - len(found))), on_click=_more, width="stretch")
    _export(at, wanted)


def _more() -> None:
    st.session_state.monitor_shown += AT_ONCE


def _filters(at: Incident, bars: tuple[ToneBin, ...]) -> None:
    w = session.words()
    full = {bar.start.isoformat(): bar for bar in reversed(bars) if bar.tones.n}
    with session.reading() as connection:
        outlets = readings.outlet_names(connection, at.id, since=bars[0].start, until=bars[-1].end, most=200)
    _select("bin", tuple(full), lambda name: _bin(full[name], at))
    left, right = st.columns(2)
    with left:
        _select("outlet", outlets, str)
        _select("tier", TIERS, lambda tier: w("monitor.tier", tier=tier))
    with right:
        _select("tone", TONES, lambda tone: w(f"tone.{tone}"))
        _select("gravity", LEVELS, lambda level: w(f"monitor.gravity.option.{level}"))
    story = st.session_state.get("monitor_story")
    if story:
        html(f"<div class='cd-quote'>{h(w('monitor.filter.story', title=story[1]))}</div>")
    if any(st.session_state.get(f"monitor_{name}") is not None for name in FILTERS):
        st.button(w("monitor.filter.clear"), on_click=clear)


def _select(name: str, options, told) -> None:
    w = session.words()
    key = f"monitor_{name}"
    if st.session_state.get(key) not in options:
        st.session_state[key] = None
    st.selectbox(w(f"monitor.filter.{name}"), options, key=key, index=None, placeholder=w("monitor.filter.all"), format_func=told)


def _bin(bar: ToneBin, at: Incident) -> str:
    return session.words()(
        "monitor.filter.bin.option", **{"from": clock_time(bar.start, at.zone)}, to=clock_time(bar.end, at.zone, bar.start),
        items=counted("items", bar.tones.n), negative=bar.tones.negative,
    )  # fmt: skip


# --- out ---------------------------------------------------------------------------------------------------------

def _export(at: Incident, wanted: Wanted) -> None:
    w = session.words()
    engine = session.desk().engine
    html(f"<p class='cd-quiet' style='margin:.6rem 0 0'>{h(w('monitor.export.note', most=MOST_OUT))}</p>")
    with st.container(horizontal=True):
        for kind, mime in (("xlsx", XLSX), ("csv", "text/csv")):
            st.download_button(
                w(f"monitor.export.{kind}"), partial(_file, kind, engine, at, w, wanted), file_name=f"items-{at.id}.{kind}",
                mime=mime, on_click="ignore", key=f"export_{kind}",
            )  # fmt: skip


def _file(kind: str, engine: Engine, at: Incident, w: Words, wanted: Wanted) -> bytes:
    """Made only when it is asked for, beside the page."""
    with reading(engine) as connection:
        found = readings.items(connection, at.id, **wanted, most=MOST_OUT)  # type: ignore[arg-type]
        titles = readings.story_titles(connection, [each.story_id for each in found if each.story_id])
    table = shown.table(found, at, w, titles)
    return as_xlsx(table) if kind == "xlsx" else as_csv(table)
