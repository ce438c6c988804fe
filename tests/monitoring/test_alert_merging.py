"""Alerts are few: one a story while it is open, cool-down, quiet hours, the next one when nobody answers."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitoring.alerts.merging import merge
from monitoring.alerts.models import Finding, Standing
from monitoring.alerts.routing import Policy, Recipient, morning_after, next_step, wanted
from tests.fixtures.alerts import NOW

COOL, AGAIN = timedelta(minutes=30), timedelta(hours=2)
POLICY = Policy(23, 7, timedelta(minutes=10))


def found(key: str, subject: str, level: str = "red", minutes: int = 0) -> Finding:
    return Finding("named_outlet", level, key, subject, NOW - timedelta(minutes=minutes), "authority")


def stands(number: int = 1, subject: str = "story:1", minutes: int = 120, **given) -> Standing:
    return Standing(number, "named_outlet", "red", "open", NOW - timedelta(minutes=minutes), frozenset({subject}), **given)


def test_copies_of_one_story_are_one_alert_that_grows() -> None:
    merged = merge([found(f"item:{n}", "story:1") for n in range(5)], [stands()], COOL, AGAIN, NOW)
    assert merged.openings == ()
    assert [(one.alert, len(one.findings), one.raised) for one in merged.growths] == [(1, 5, False)]


def test_another_story_opens_another_alert_once_the_first_has_cooled_down() -> None:
    other = [found("item:9", "story:2")]
    assert len(merge(other, [stands(minutes=31)], COOL, AGAIN, NOW).openings) == 1
    assert merge(other, [stands(minutes=29)], COOL, AGAIN, NOW).growths[0].alert == 1


def test_two_new_stories_of_one_look_are_one_alert() -> None:
    merged = merge([found("item:1", "story:1"), found("item:2", "story:2")], [], COOL, AGAIN, NOW)
    assert [len(one) for one in merged.openings] == [2]
    apart = merge([found("item:1", "story:1"), found("item:2", "story:2")], [], timedelta(0), AGAIN, NOW)
    assert [len(one) for one in apart.openings] == [1, 1]


def test_red_raises_an_amber_alert_and_tells_it_anew() -> None:
    amber = replace(stands(), level="amber")
    assert merge([found("item:1", "story:1")], [amber], COOL, AGAIN, NOW).growths[0].raised
    assert not merge([found("item:1", "story:1", "amber")], [amber], COOL, AGAIN, NOW).growths[0].raised


@pytest.mark.parametrize(("minutes", "opens"), [(119, 0), (121, 1)])
def test_after_somebody_has_seen_it_only_time_opens_it_again(minutes: int, opens: int) -> None:
    seen = replace(stands(), state="acknowledged", acknowledged_at=NOW - timedelta(minutes=minutes))
    assert len(merge([found("item:1", "story:1")], [seen], COOL, AGAIN, NOW).openings) == opens


@pytest.mark.parametrize(
    ("level", "local", "waits_until"),
    [
        ("red", "2026-03-15T03:00", None), ("amber", "2026-03-14T22:59", None), ("amber", "2026-03-14T23:00", "2026-03-15T07:00"),
        ("amber", "2026-03-15T06:59", "2026-03-15T07:00"), ("amber", "2026-03-15T07:00", None),
    ],
)  # fmt: skip
def test_in_quiet_hours_red_passes_and_amber_waits_for_the_morning(level: str, local: str, waits_until: str | None) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    now = datetime.fromisoformat(local).replace(tzinfo=zone)
    until = morning_after(level, now, POLICY, "Asia/Shanghai")
    assert (until.astimezone(zone).isoformat()[:16] if until else None) == waits_until


def test_quiet_hours_that_do_not_cross_midnight_and_none_at_all() -> None:
    noon = datetime(2026, 3, 14, 13, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert morning_after("amber", noon, Policy(12, 14, COOL), "Asia/Shanghai").hour == 14
    assert morning_after("amber", noon, Policy(0, 0, COOL), "Asia/Shanghai") is None


def test_a_target_gets_its_level_its_rules_and_its_turn() -> None:
    everybody = (Recipient(1, "amber", None, 0), Recipient(2, "red", None, 0), Recipient(3, "amber", ("burst",), 0),
                 Recipient(4, "amber", None, 1))  # fmt: skip
    assert [one.id for one in wanted(everybody, "amber", "authority", 0)] == [1]
    assert [one.id for one in wanted(everybody, "red", "burst", 0)] == [1, 2, 3]
    assert [one.id for one in wanted(everybody, "red", "burst", 1)] == [4]


@pytest.mark.parametrize(("minutes", "step", "goes_to"), [(9, 0, None), (10, 0, 1), (10, 1, 2), (60, 2, None)])
def test_a_red_alert_nobody_acknowledges_goes_on(minutes: int, step: int, goes_to: int | None) -> None:
    everybody = [Recipient(n, "amber", None, n) for n in range(3)]
    assert next_step(everybody, "burst", step, NOW - timedelta(minutes=minutes), POLICY, NOW) == goes_to
