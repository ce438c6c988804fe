"""The monitor's answer: whether it turns, in one sentence that carries its n and its hour; four numbers for a wall."""

from datetime import datetime

from dashboard import session
from dashboard.components.items import counted
from dashboard.components.mood import SHAPES, TONES, Answer
from dashboard.components.show import clock_time, h, html, zone_name
from incidents.models import Incident
from monitoring.mood import SMALL, PressItem, StorySpread, Summary
from storage import readings


def answer(at: Incident, found: Answer, now: datetime) -> None:
    w = session.words()
    mark = f"<span class='cd-tone-{TONES.get(found.way, 'neutral')}' aria-hidden='true'>{SHAPES[found.way]}</span>"
    way = found.way if found.latest else "none"
    html(
        f"<h1 class='cd-big' style='margin:0;padding:0'>{mark} {h(w(f'monitor.direction.{way}'))}</h1>"
        f"<p style='margin:.4rem 0 0;max-width:46em;line-height:1.65;overflow-wrap:anywhere'>{h(sentence(at, found, now))}</p>"
        f"{_warning(found)}"
    )


def _warning(found: Answer) -> str:
    if found.recent is None or found.recent.tones.n >= SMALL:
        return ""
    said = session.words()("monitor.small", n=found.recent.tones.n, least=SMALL)
    return f"<p class='cd-quote' style='margin:.5rem 0 0'>{h(said)}</p>"


def sentence(at: Incident, found: Answer, now: datetime) -> str:
    """How many, how negative, against before, who was first, what is copied most, as of when."""
    w = session.words()
    until = clock_time(now, at.zone)
    if found.latest is None:
        return ""
    if found.recent is None:
        return w("monitor.sentence.silent", at=clock_time(found.latest, at.zone), until=until, zone=zone_name(at.zone))
    with session.reading() as connection:
        since, end = found.recent.since, found.recent.until
        first = readings.earliest(connection, at.id, since=since, until=end)
        most = readings.stories(connection, at.id, since=since, until=end, most=1)
    return counts(found) + _who(at, first, most) + w("monitor.sentence.until", at=until, zone=zone_name(at.zone))


def counts(found: Answer) -> str:
    """The sentence's numbers alone; nothing where there are none."""
    if found.recent is None:
        return ""
    w = session.words()
    tones, span = found.recent.tones, w(f"monitor.hours.{found.hours}")
    told = w(
        "monitor.sentence", span=span, outlets=counted("outlets", found.recent.outlets), items=counted("items", tones.n),
        share=percent(tones.share("negative")), n=tones.n,
    )  # fmt: skip
    if found.before.n:
        told += w("monitor.sentence.before", span=span, share=percent(found.before.share("negative")), n=found.before.n)
    return told + w("monitor.sentence.stop")


def _who(at: Incident, first: PressItem | None, most: tuple[StorySpread, ...]) -> str:
    w = session.words()
    told = ""
    if first and first.tone == "negative":
        told += w("monitor.sentence.first", at=clock_time(first.at, at.zone), outlet=first.outlet, title=first.title)
    if most and most[0].count > 1:
        items, outlets = counted("items", most[0].count), counted("outlets", most[0].outlets)
        told += w("monitor.sentence.story", title=most[0].title, items=items, outlets=outlets)
    return told


def percent(share: float) -> int:
    return round(100 * share)


def numbers(recent: Summary) -> None:
    """Four numbers for a wall."""
    w = session.words()
    share = percent(recent.tones.share("negative"))
    shown = {
        "items": str(recent.tones.n),
        "negative": w("monitor.number.of", share=share, n=recent.tones.n),
        "stories": f"{recent.outlets} / {recent.stories}",
        "gravity": _gravest(recent),
    }
    cells = "".join(
        f"<div><div class='cd-quiet'>{h(w(f'monitor.number.{name}'))}</div><div class='cd-big'>{h(value)}</div></div>"
        for name, value in shown.items()
    )
    html(f"<div class='cd-numbers'>{cells}</div>")


def _gravest(recent: Summary) -> str:
    w = session.words()
    if not recent.gravest:
        return w("monitor.number.gravity.none")
    return w("monitor.number.gravity.said", level=recent.gravest, items=counted("items", recent.gravity[recent.gravest]))
