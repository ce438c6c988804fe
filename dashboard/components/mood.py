"""The direction of tone in one line and one small curve: is it turning?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard import session
from dashboard.components.items import counted
from dashboard.components.show import clock_time, h, html
from incidents.models import Incident
from monitoring.mood import Summary, ToneBin, ToneCounts, bins, direction, hours_with_items, span_for
from storage import readings, statements
from storage.database import Connection

SHAPES = {"worse": "▼", "negative": "▼", "better": "▲", "positive": "▲", "steady": "■", "thin": "◇", "silent": "◇"}
TONES = {"worse": "negative", "negative": "negative", "better": "positive", "positive": "positive"}
_HIGH = 44
_LINE = "position:absolute;top:0;bottom:0;border-left:2px dashed var(--cd-accent)"


@dataclass(frozen=True)
class Answer:
    """Whether it turns: the last hours that have items (`hours`; None where there are none) and as many before them."""

    latest: datetime | None
    hours: int | None
    recent: Summary | None
    before: ToneCounts

    @property
    def way(self) -> str:
        return direction(self.recent.tones, self.before) if self.recent else "silent"


def read_answer(connection: Connection, incident_id: int, now: datetime) -> Answer:
    latest = readings.latest_at(connection, incident_id)
    hours = hours_with_items(latest, now)
    if hours is None:
        return Answer(latest, None, None, ToneCounts())
    span, until = timedelta(hours=hours), now + timedelta(seconds=1)
    recent = readings.summary(connection, incident_id, since=now - span, until=until)
    before = readings.summary(connection, incident_id, since=now - 2 * span, until=now - span)
    return Answer(latest, hours, recent, before.tones)


def mood(at: Incident) -> None:
    """The card: direction with n and its span, gravity, outlets and stories, and a small curve with statements marked."""
    w = session.words()
    now = session.now()
    with session.reading() as connection:
        found = read_answer(connection, at.id, now)
        since, until, width = bins(span_for(found.latest, now), now, at.zone)
        bars = readings.tone_bins(connection, at.id, since=since, until=until, width=width)
        sent = [one.released_at for one in statements.publications(connection, at.id)]
    body = _told(found, at) + _curve(bars, sent, at) if found.latest else f"<p class='cd-quiet'>{h(w('mood.none'))}</p>"
    html(f"<div class='cd-card'><h2>{h(w('page.monitor'))}{_span(found)}</h2>{body}</div>")


def shape(way: str) -> str:
    """The direction's mark and word, in the colour of where it goes."""
    kind = TONES.get(way, "neutral")
    said = session.words()(f"monitor.short.{way}")
    return f"<span class='cd-tone-{kind}'><span aria-hidden='true'>{SHAPES[way]}</span> {h(said)}</span>"


def _span(found: Answer) -> str:
    w = session.words()
    return f" <small>{h(w('mood.last', span=w(f'monitor.hours.{found.hours}')))}</small>" if found.hours else ""


def _told(found: Answer, at: Incident) -> str:
    w = session.words()
    if found.recent is None:
        since = clock_time(found.latest, at.zone)
        return f"<div>{shape('silent')}</div><div class='cd-quiet'>{h(w('mood.since', at=since))}</div>"
    recent = found.recent
    parts = [w("monitor.severity", level=recent.gravest), counted("outlets", recent.outlets), counted("stories", recent.stories)]
    share = w("mood.share", share=round(100 * recent.tones.share("negative")), n=recent.tones.n)
    return (
        f"<div style='font-size:1.15rem'>{shape(found.way)} <b>n={recent.tones.n}</b></div>"
        f"<div class='cd-quiet'>{h(w('list.dot').join([share, *parts]))}</div>"
    )


# --- the curve ---------------------------------------------------------------------------------------------------

def _curve(bars: Sequence[ToneBin], sent: Sequence[datetime], at: Incident) -> str:
    """Bars of a few pixels, statements as upright lines, the hours at both ends. Boxes, because st.html drops drawings."""
    w = session.words()
    since, until = bars[0].start, bars[-1].end
    places = [(when - since) / (until - since) * 100 for when in sent if since <= when < until]
    lines = "".join(f"<div style='left:{x:.1f}%;{_LINE}'></div>" for x in places)
    unit = (_HIGH - 2) / max(4, *(bar.tones.n for bar in bars))
    said = w("mood.curve", since=clock_time(since, at.zone), until=clock_time(until, at.zone))
    ends = f"<span>{h(clock_time(since, at.zone))}</span><span>{h(clock_time(until, at.zone))}</span>"
    return (
        f"<div role='img' aria-label='{h(said)}' style='position:relative;display:flex;gap:2px;align-items:flex-end;"
        f"height:{_HIGH}px;margin-top:.4rem;border-bottom:1px solid var(--cd-line)'>"
        f"{''.join(_bar(bar, unit) for bar in bars)}{lines}</div>"
        f"<div class='cd-quiet' style='display:flex;justify-content:space-between;font-size:.78rem'>{ends}</div>"
    )


def _bar(bar: ToneBin, unit: float) -> str:
    """Negative at the foot, positive on top; what is not certain is hollow."""
    boxes = ""
    for tone, short in (("negative", "neg"), ("neutral", "neu"), ("positive", "pos")):
        for counts, look in ((bar.certain, "background"), (bar.unsure, "border:1px solid")):
            colour = f"{look}{':' if look == 'background' else ' '}var(--cd-{short})"
            high = getattr(counts, tone) * unit
            boxes += f"<div style='height:{high:.1f}px;box-sizing:border-box;{colour}'></div>" if high else ""
    return f"<div style='flex:1;display:flex;flex-direction:column-reverse'>{boxes}</div>"
