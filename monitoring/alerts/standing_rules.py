"""Rules over conditions that stand for a while and then are over: a feed that is silent or down, a promise that falls due."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from monitoring.alerts.baseline import every_hour, learn
from monitoring.alerts.models import AMBER, RED, Finding, Ground, Promise, Rule, Watch

STANDING = ("silence", "feed_down", "promise")
"""Rules whose alerts end by themselves when the condition does."""


def silence(rule: Rule, ground: Ground) -> tuple[Finding, ...]:
    """A feed that can be read says nothing although, by its own habit, it should have.

    With `expected` items due by its hour-of-week habit and none there, chance would do it with probability e^-expected
    (Poisson). A feed without enough history is never called silent.
    """
    found = {one.key: one for feed in ground.feeds if not feed.failing for one in _silent(rule, ground, feed)}
    return tuple(found.values())


def _silent(rule: Rule, ground: Ground, feed: Watch) -> Iterator[Finding]:
    if feed.latest_at is None or not feed.hours or sum(count for _, count in feed.hours) < rule.settings["least_items"]:
        return
    first = feed.hours[0][0]
    if ground.now - first < rule.span("least_days", "days"):
        return
    habit = learn(
        every_hour(feed.hours, first, feed.latest_at), ground.zone, prior_rate=0, prior_hours=0,
        prior_weeks=rule.settings["prior_weeks"],
    )  # fmt: skip
    for at in ground.steps():
        last = _last_before(feed, at)
        due = habit.between(last, at) if last else 0.0
        if last and due >= rule.settings["expected"]:
            facts = {"feed": feed.title, "since": last.isoformat(), "expected": round(due)}
            yield Finding(rule.name, AMBER, f"silence:{feed.id}:{last.isoformat()}", f"feed:{feed.id}", at, "silence", facts)


def _last_before(feed: Watch, at: datetime) -> datetime | None:
    if feed.latest_at is not None and feed.latest_at <= at:
        return feed.latest_at
    ends = (start + timedelta(hours=1) for start, _ in reversed(feed.hours) if start + timedelta(hours=1) <= at)
    return next(ends, None)


def feed_down(rule: Rule, ground: Ground) -> tuple[Finding, ...]:
    """A feed cannot be read, and not just once; red when none can: then the desk is blind. In a trial each outage that is over
    counts by itself."""
    down = [feed for feed in ground.feeds if _is_down(rule, ground, feed)]
    blind = len(down) > 1 and len(down) == len(ground.feeds)
    over = () if ground.live else tuple(one for feed in ground.feeds for one in _was_down(rule, feed))
    return (*over, *(_down(rule, ground, feed, blind) for feed in down))


def _was_down(rule: Rule, feed: Watch) -> Iterator[Finding]:
    for one in feed.outages:
        told_at = one.since + rule.span("minutes", "minutes")
        if one.failures >= rule.settings["failures"] and told_at <= one.until:
            facts = {"feed": feed.title, "since": one.since.isoformat(), "failures": one.failures}
            yield Finding(rule.name, AMBER, f"down:{feed.id}:{one.since.isoformat()}", "feeds", told_at, "feed_down", facts)


def _is_down(rule: Rule, ground: Ground, feed: Watch) -> bool:
    since = feed.last_good_at or feed.created_at
    return feed.failing and feed.failures >= rule.settings["failures"] and ground.now - since >= rule.span("minutes", "minutes")


def _down(rule: Rule, ground: Ground, feed: Watch, blind: bool) -> Finding:
    since = feed.last_good_at or feed.created_at
    facts = {"feed": feed.title, "since": since.isoformat(), "failures": feed.failures}
    level, why = (RED, "feed_down.all") if blind else (AMBER, "feed_down" if feed.last_good_at else "feed_down.never")
    key = f"down:{feed.id}:{since.isoformat()}{':all' if blind else ''}"
    return Finding(rule.name, level, key, "feeds", ground.now, why, facts)


def promise(rule: Rule, ground: Ground) -> tuple[Finding, ...]:
    """A promised hour comes near (amber), or has passed unkept (red). Practice R21: absolute, and kept."""
    return tuple(one for each in ground.promises for one in _promised(rule, ground, each))


def _promised(rule: Rule, ground: Ground, each: Promise) -> Iterator[Finding]:
    near = max(each.due_at - rule.span("soon", "minutes"), each.started_at)
    stopped = each.stopped_at or ground.now + timedelta(days=1)
    for level, at, why in ((AMBER, near, "promise.soon"), (RED, each.due_at, "promise.broken")):
        happened = at <= ground.now and at < stopped and (at >= ground.since or ground.live)
        if happened and not (ground.live and each.stopped_at):
            facts = {"clock": each.rule, "due": each.due_at.isoformat()}
            yield Finding(
                rule.name, level, f"clock:{each.id}:{each.due_at.isoformat()}:{level}", f"clock:{each.id}", at, why, facts
            )
