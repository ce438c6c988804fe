"""Press items on the screen and in a table: headline, short extract, where, when, tone and why, a link that is safe to open."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dashboard import session
from dashboard.components import marks
from dashboard.components.show import clock_time, h, moment, zone_name
from documents.items import ItemTable
from incidents.models import Incident
from monitoring.mood import PressItem
from words import Words

EXTRACT = 110
MOST_WORDS = 5
COLUMNS = ("at", "outlet", "tier", "title", "summary", "tone", "certain", "gravity", "corrected", "machine_tone", "machine_gravity",
           "snow", "words", "story", "link")  # fmt: skip


def counted(name: str, n: int) -> str:
    """A number and its noun: 1 item, 48 items."""
    return session.words()(f"monitor.{name}.{'one' if n == 1 else 'many'}", n=n)


def item(each: PressItem, at: Incident) -> str:
    """One item as HTML; every outside word in it is escaped."""
    return (
        f"<li class='cd-item'><div class='cd-item-title'>{h(each.title)}</div>"
        f"<div class='cd-quiet'>{h(extract(each))}</div>"
        f"<div class='cd-item-facts'>{_where(each, at)}</div><div class='cd-item-facts'>{_judged(each, at)}</div></li>"
    )


def extract(each: PressItem) -> str:
    """The beginning of the text: enough to know what it is about, not to replace it."""
    text = " ".join(each.summary.split())
    return text if len(text) <= EXTRACT else f"{text[: EXTRACT - 1].rstrip()}…"


def _where(each: PressItem, at: Incident) -> str:
    w = session.words()
    when = f"{clock_time(each.at, at.zone)} {zone_name(at.zone)}"
    parts = [
        f"<b>{h(each.outlet)}</b>",
        f"<time datetime='{h(each.at.isoformat())}' title='{h(moment(each.at, at.zone))}'>{h(when)}</time>",
    ]
    note = f"monitor.item.date.{each.date_note}"
    parts += [h(w(note))] if each.date_note and w.has(note) else []
    return " · ".join([*parts, *way_out(each.link)])


def way_out(link: str | None) -> list[str]:
    """Only http and https lead out, and the page behind does not learn where from."""
    try:
        parts = urlsplit(link or "")
        host = parts.hostname
    except ValueError:
        return []
    if parts.scheme not in ("http", "https") or not host:
        return []
    return [f"<a href='{h(link)}' target='_blank' rel='noopener noreferrer nofollow'>{h(host.removeprefix('www.'))} ↗</a>"]


def corrected(each: PressItem, at: Incident) -> str:
    """Who corrected it and when, and what the desk had said."""
    w = session.words()
    who = w("monitor.item.corrected", who=each.corrected_by or w("correct.somebody"))
    said = f"{who} {clock_time(each.corrected_at, at.zone)}"
    if each.machine_tone is None:
        return said
    desk = w("correct.machine", tone=w(f"tone.{each.machine_tone}"), level=each.machine_gravity or 0)
    return w("list.dot").join([said, desk])


def _engagement(each: PressItem) -> str:
    w = session.words()
    return w("list.dot").join(f"{w(f'byhand.{name}')} {number:,}" for name, number in (each.engagement or {}).items())


def _judged(each: PressItem, at: Incident) -> str:
    w = session.words()
    tone = marks.tone(each.tone, each.certain)
    tone += "" if each.certain else f" <span class='cd-quiet'>{h(w('tone.uncertain'))}</span>"
    parts = [tone, _gravity(each.gravity), _snow(each, w)]
    parts += [h(corrected(each, at))] if each.corrected else []
    parts += [h(w("monitor.item.unjudged"))] if not each.judged else []
    parts += [h(w("monitor.item.by_hand", who=each.added_by))] if each.added_by else []
    parts += [h(_engagement(each))] if each.engagement else []
    parts += [h(w("monitor.item.other"))] if each.attribution == "other" else []
    words = deciding(each)
    if words:
        quoted = "".join(w("monitor.item.quote", word=word) for word in words)
        parts.append(h(w("monitor.item.words", words=quoted.strip())))
    return " · ".join(parts)


def _gravity(level: int) -> str:
    w = session.words()
    said = w("monitor.severity", level=level)
    return f"<span title='{h(w(f'monitor.gravity.{level}'))}'>{h(said)}</span>"


def _snow(each: PressItem, w: Words) -> str:
    said = w("monitor.item.snow.none") if each.snow is None else w("monitor.item.snow", score=f"{each.snow:.3f}")
    return f"<span title='{h(w('monitor.item.snow.help'))}'>{h(said)}</span>"


def deciding(each: PressItem) -> tuple[str, ...]:
    """The words that weighed most towards the tone it got, once each, the heaviest first; a lone character tells nothing."""
    way = {"negative": -1, "positive": 1}.get(each.tone, 0)
    towards = [reason for reason in each.reasons if reason.get("weight", 0.0) * way >= 0]
    known = [reason for reason in towards if reason.get("key") != "words"] or towards
    words = (str(word) for reason in known for word in reason.get("words", ()) if len(str(word)) > 1)
    return tuple(dict.fromkeys(words))[:MOST_WORDS]


# --- out ---------------------------------------------------------------------------------------------------------

def table(found: Iterable[PressItem], at: Incident, w: Words, titles: Mapping[int, str]) -> ItemTable:
    """The items as rows; `titles` names the stories. It asks nothing of the session: it also runs beside the page."""
    heads = tuple(w(f"monitor.column.{name}", zone=at.zone) for name in COLUMNS)
    mark = w(f"kind.{at.kind}.band") if at.kind != "real" else ""
    return ItemTable(heads, tuple(_row(each, at, w, titles) for each in found), w("monitor.items"), mark)


def _row(each: PressItem, at: Incident, w: Words, titles: Mapping[int, str]) -> tuple[Any, ...]:
    return (
        each.at.astimezone(ZoneInfo(at.zone)).replace(tzinfo=None), each.outlet, each.tier, each.title, extract(each),
        w(f"tone.{each.tone}"), w("monitor.yes" if each.certain else "monitor.no"), each.gravity,
        (each.corrected_by or w("correct.somebody")) if each.corrected else "",
        w(f"tone.{each.machine_tone}") if each.machine_tone else "", each.machine_gravity, each.snow,
        w("list.comma").join(deciding(each)), titles.get(each.story_id or 0, ""), each.link or "",
    )  # fmt: skip
