"""Rules run over what is stored; what they find becomes alert rows, and rows for the second step to deliver."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitoring.alerts.book import DELIVERY, AlertBook
from monitoring.alerts.evaluate import find
from monitoring.alerts.merging import merge
from monitoring.alerts.models import Finding, Rule, Standing
from monitoring.alerts.routing import Policy, next_step
from monitoring.alerts.standing_rules import STANDING
from storage import alerts, events, targets
from storage.alerts import Watching
from storage.database import Connection
from workflows.alert_ground import Hours, ground_of
from workflows.tell_alert import tell_alert

LONGEST_COOL_DOWN = timedelta(days=1)


@dataclass(frozen=True)
class Looked:
    """What the armed rules of one incident found."""

    at: Watching
    policy: Policy
    found: tuple[tuple[Rule, tuple[Finding, ...]], ...]


def look_for_alerts(
    connection: Connection, *, book: AlertBook, endings: tuple[str, ...], now: datetime, habits: bool = True,
    incident_id: int | None = None, kept: dict[tuple[int, datetime], Hours] | None = None,
) -> tuple[Looked, ...]:  # fmt: skip
    """Every open incident (or the one named) as its rules see it now. Reads only: it may take a while and holds up nobody.
    `habits` False leaves out the rule about silence; `kept` remembers what is usual from one look to the next."""
    looked = []
    for at in alerts.watching(connection, incident_id):
        rules = [book.rule(name, at.choices.get(name)) for name in book.rules if habits or name != "silence"]
        ground = ground_of(connection, at, book=book, endings=endings, now=now, habits=habits, kept=kept)
        found = tuple((rule, find(rule, ground)) for rule in rules if rule.armed)
        looked.append(Looked(at, book.policy_of(at.choices.get(DELIVERY)), found))
    return tuple(looked)


def keep_alerts(connection: Connection, looked: Sequence[Looked], *, now: datetime) -> int:
    """Store what was found; returns how many alerts were opened or became red. Repeating it changes nothing: evidence is
    counted once."""
    told = 0
    for one in looked:
        told += sum(_keep(connection, one, rule, found, now) for rule, found in one.found)
        _pass_on(connection, one.at, one.policy, now)
    return told


def run_alerts(
    connection: Connection, *, book: AlertBook, endings: tuple[str, ...], now: datetime, habits: bool = True,
    incident_id: int | None = None,
) -> int:  # fmt: skip
    """Both in one go."""
    looked = look_for_alerts(connection, book=book, endings=endings, now=now, habits=habits, incident_id=incident_id)
    return keep_alerts(connection, looked, now=now)


def _keep(connection: Connection, one: Looked, rule: Rule, found: tuple[Finding, ...], now: datetime) -> int:
    at, policy = one.at, one.policy
    standing = alerts.standing(connection, at.id, since=now - LONGEST_COOL_DOWN)
    if rule.name in STANDING:
        _end(connection, [each for each in standing if each.rule == rule.name], found, now)
    known = alerts.known(connection, at.id, rule.name, [each.key for each in found])
    merged = merge([each for each in found if each.key not in known], standing, rule.cool_down, rule.same_again, now)
    for opening in merged.openings:
        alert_id = alerts.open_alert(connection, at.id, opening, now=now)
        _note(connection, at, alert_id, "alert_opened", now)
        tell_alert(connection, at, alert_id, policy=policy, now=now)
    for growth in merged.growths:
        alerts.grow(connection, at.id, growth.alert, growth.findings, raised=growth.raised, now=now)
        if growth.raised:
            _note(connection, at, growth.alert, "alert_raised", now)
            tell_alert(connection, at, growth.alert, policy=policy, now=now)
    return len(merged.openings) + sum(growth.raised for growth in merged.growths)


def _end(connection: Connection, standing: Sequence[Standing], found: Sequence[Finding], now: datetime) -> None:
    """A feed is read again, a promise is kept: the alert ends by itself."""
    still = {one.subject for one in found}
    for one in standing:
        if one.state != "over" and not one.subjects & still:
            alerts.set_plain(connection, one.id, state="over", over_at=now)


def _note(connection: Connection, at: Watching, alert_id: int, deed: str, now: datetime) -> None:
    stands = alerts.get(connection, alert_id)
    about = {"alert_rule": stands.rule, "alert_level": stands.level, "key": f"{deed}:{alert_id}:{stands.version}"}
    events.append(connection, at.id, deed, now=now, subject=("alert", alert_id), screen="alerts", **about)


def _pass_on(connection: Connection, at: Watching, policy: Policy, now: datetime) -> None:
    """Red ones that nobody has acknowledged go to the next."""
    everybody = [one.recipient for one in targets.all_of(connection) if not one.paused]
    for stands in alerts.of_incident(connection, at.id, states=("open",)):
        if stands.level != "red":
            continue
        told_at = stands.stepped_at or stands.raised_at or stands.opened_at
        step = next_step(everybody, stands.rule, stands.step, told_at, policy, now)
        if step is not None:
            alerts.set_plain(connection, stands.id, step=step, stepped_at=now)
            _note(connection, at, stands.id, "alert_passed_on", now)
            tell_alert(connection, at, stands.id, policy=policy, now=now)
