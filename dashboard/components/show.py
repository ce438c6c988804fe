"""Small pieces every page shows. Outside text only ever reaches the screen through `h` or a plain-text element."""

import re
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st
from babel.dates import format_date, format_time

from dashboard import session
from errors import Conflict, DeskError

_LOOK = Path(__file__).with_name("look.css")
_LOCALES = {"zh": "zh_Hans_CN", "en": "en_GB"}


def h(text: object) -> str:
    """Text as HTML shows it, whatever it contains."""
    return escape(str(text), quote=True).replace("\n", "<br>")


def html(markup: str) -> None:
    """Markup of ours; every outside word in it has gone through `h`."""
    st.html(markup)


def look() -> None:
    """The few rules that the theme cannot carry."""
    st.html(f"<style>{_LOOK.read_text(encoding='utf-8')}</style>")


def title(key: str, question: str | None = None) -> None:
    """The page's question in the largest type, and one line under it."""
    w = session.words()
    under = f"<p class='cd-sub'>{h(w(question))}</p>" if question else ""
    html(f"<h1 class='cd-title'>{h(w(key))}</h1>{under}")


# --- time --------------------------------------------------------------------------------------------------------

def clock_time(at: datetime | None, zone: str, today: datetime | None = None) -> str:
    """21:40, with the day before it where it is not today's."""
    if at is None:
        return "—"
    local = at.astimezone(ZoneInfo(zone))
    locale = _LOCALES[session.language()]
    hour = format_time(local, "HH:mm", locale=locale)
    reference = (today or session.now()).astimezone(ZoneInfo(zone))
    if local.date() == reference.date():
        return hour
    shape = session.words()("time.shape.day")
    return f"{format_date(local, shape, locale=locale)} {hour}"


def day(at: datetime, zone: str) -> str:
    """A day as a heading: 5月12日 星期二, Tuesday 12 May."""
    shape = session.words()("time.shape.heading")
    return format_date(at.astimezone(ZoneInfo(zone)), shape, locale=_LOCALES[session.language()])


def moment(at: datetime, zone: str) -> str:
    """A moment in full, with its offset: 2026-05-12 21:40 +08:00."""
    return at.astimezone(ZoneInfo(zone)).isoformat(" ", "minutes").replace("+", " +", 1)


def span(length: timedelta) -> str:
    """1:42 as hours and minutes; days where there are any."""
    minutes = max(0, int(abs(length.total_seconds()) // 60))
    days, rest = divmod(minutes, 1440)
    shown = f"{rest // 60:02d}:{rest % 60:02d}"
    return session.words()("time.days", count=days, rest=shown) if days else shown


def zone_name(zone: str) -> str:
    w = session.words()
    key = f"zone.{zone}"
    return w(key) if w.has(key) else zone


# --- notices -----------------------------------------------------------------------------------------------------

def notices() -> None:
    """What went wrong or was done since the last run, in one calm sentence."""
    w = session.words()
    error = session.notice()
    if error is not None:
        problem(error)
        session.clear()
    done = st.session_state.pop("done", None)
    if done:
        st.toast(w(done))


def problem(error: DeskError) -> None:
    """An error's sentence; for a conflict also what was not stored, so that nothing typed is lost."""
    w = session.words()
    st.warning(plain_md(w.error(error)), icon=None)
    if isinstance(error, Conflict):
        for name in ("theirs", "mine"):
            shown = error.facts.get(name) or {}
            text = "\n".join(str(value) for value in shown.values() if value not in (None, ""))
            if text:
                st.caption(w(f"conflict.{name}"))
                st.code(text, language=None, wrap_lines=True)


def empty(key: str, **facts: object) -> None:
    """An empty list says what to do next."""
    html(f"<div class='cd-empty'>{h(session.words()(key, **facts))}</div>")


def plain_md(text: str) -> str:
    """Text as a label shows it, on one line: every mark of Markdown escaped, nothing that could load or link.

    CommonMark 0.31 §2.4: a backslash before ASCII punctuation takes its meaning away. What is linked without any mark
    (www., addresses, :names:) is parted by a word joiner, which nobody sees.
    """
    line = _BREAKS.sub(" ", text).strip()
    marked = "".join(f"\\{char}" if char in _PUNCTUATION else char for char in line)
    return _LINKED.sub("\\g<0>\u2060", marked)


_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_BREAKS = re.compile("[\t-\r\x1c-\x1e\x85\u2028\u2029]+")
_LINKED = re.compile(r"(?i)\\[:@]|www(?=\\\.)")
