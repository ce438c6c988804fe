"""Rules over single items, as a table of cases; and rules over conditions that stand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitoring.alerts.evaluate import find, try_out
from monitoring.alerts.models import Promise, Watch
from monitoring.models import Outage
from storage.content import read_yaml
from tests.conftest import ROOT
from tests.fixtures.alerts import NOW, ground, mention, rule

CASES = read_yaml(ROOT / "tests" / "cases" / "alerts" / "items.yaml")
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("case", CASES, ids=[case["title"][:24] for case in CASES])
def test_an_item_fires_exactly_the_rules_it_should(case: dict) -> None:
    each = mention(
        1, case["title"], summary=case.get("summary", ""), outlet=case["outlet"], tier=case["tier"],
        minutes_ago=60 * case.get("hours_ago", 0.2),
    )  # fmt: skip
    at = ground(mentions=(each,), outlets=("南湖晚报",))
    found = {name: find(rule(name), at) for name in ("named_outlet", "authority")}
    assert [name for name, mine in found.items() if mine] == case["fires"]
    for mine in found.values():
        for one in mine:
            assert (one.level, one.item) == ("red", 1)
            if "words" in case:
                assert list(one.facts["words"]) == case["words"]


def test_words_and_outlets_of_the_incidents_own_count_as_well() -> None:
    each = mention(1, "青禾门把手松动", outlet="巷口小报", tier=3)
    own = replace(rule("named_outlet"), words={"outlets": ("巷口小报",), "hazards": ("松动",)})
    assert find(rule("named_outlet"), ground(mentions=(each,))) == ()
    assert find(own, ground(mentions=(each,)))[0].why == "named_outlet.listed"


def test_what_was_seen_before_a_rule_was_armed_does_not_fire_it_but_a_late_find_does() -> None:
    old = mention(1, "青禾灶具爆炸", minutes_ago=60)
    late = replace(mention(2, "青禾灶具爆炸", minutes_ago=60), seen_at=NOW)
    armed = replace(rule("named_outlet"), armed_at=NOW - timedelta(minutes=5))
    assert [one.item for one in find(armed, ground(mentions=(old, late)))] == [2]


def watch(number: int = 1, **given) -> Watch:
    return Watch(number, f"信源 {number}", 2, NOW - timedelta(days=40), **given)


def test_a_feed_that_fails_once_is_left_alone_and_one_that_stays_down_is_told() -> None:
    once = watch(last_good_at=NOW - timedelta(minutes=6), failing=True, failures=1)
    down = watch(2, last_good_at=NOW - HOUR, failing=True, failures=4)
    never = replace(watch(3, failing=True, failures=9), created_at=NOW - HOUR)
    found = find(rule("feed_down"), ground(feeds=(once, down, never)))
    assert [(one.level, one.why, one.facts["feed"]) for one in found] == [
        ("amber", "feed_down", "信源 2"), ("amber", "feed_down.never", "信源 3")]  # fmt: skip


def test_when_every_feed_is_down_the_desk_is_blind_and_that_is_red() -> None:
    feeds = tuple(watch(n, last_good_at=NOW - HOUR, failing=True, failures=4) for n in (1, 2))
    assert {one.level for one in find(rule("feed_down"), ground(feeds=feeds))} == {"red"}


def test_a_trial_finds_the_outages_that_are_over_and_were_long_enough() -> None:
    long, short = Outage(NOW - 9 * HOUR, NOW - 8 * HOUR, 5), Outage(NOW - 3 * HOUR, NOW - 3 * HOUR + timedelta(minutes=10), 5)
    once, old = Outage(NOW - 2 * HOUR, NOW - HOUR, 1), Outage(NOW - 50 * HOUR, NOW - 40 * HOUR, 9)
    feeds = (watch(last_good_at=NOW, outages=(old, long, short, once)),)
    tried = try_out(rule("feed_down"), ground(feeds=feeds, since=NOW - 24 * HOUR))
    assert tried is not None
    assert [[one.at for one in found] for found in tried.opened] == [[NOW - 9 * HOUR + timedelta(minutes=20)]]
    assert find(rule("feed_down"), ground(feeds=feeds)) == ()  # live, what is over is over


def test_a_rule_whose_past_cannot_be_asked_says_so() -> None:
    assert try_out(replace(rule("feed_down"), tried=False), ground(since=NOW - 24 * HOUR)) is None


def habit(per_hour: int, until_hours_ago: int, days: int = 14) -> tuple:
    first = NOW.replace(minute=0) - timedelta(days=days)
    return tuple((first + n * HOUR, per_hour) for n in range(days * 24 - until_hours_ago))


@pytest.mark.parametrize(("per_hour", "silent_hours", "fires"), [(2, 2, False), (2, 5, True), (1, 5, False), (1, 9, True)])
def test_a_feed_is_silent_when_its_own_habit_makes_that_unlikely(per_hour: int, silent_hours: int, fires: bool) -> None:
    feed = watch(hours=habit(per_hour, silent_hours), latest_at=NOW - silent_hours * HOUR)
    assert bool(find(rule("silence"), ground(feeds=(feed,)))) is fires
    assert find(rule("silence"), ground(feeds=(replace(feed, failing=True),))) == ()


def test_a_feed_without_history_is_never_called_silent() -> None:
    for given in ({}, {"hours": habit(9, 20, days=2), "latest_at": NOW - 20 * HOUR}):
        assert find(rule("silence"), ground(feeds=(watch(**given),))) == ()


def test_a_night_without_news_is_not_silence_for_a_feed_that_sleeps() -> None:
    """Ten items an hour by day, none from 23 to 7; at 6 in the morning nothing is missing."""
    six = NOW + timedelta(hours=8, minutes=43)  # 06:00 in Shanghai
    every = [six - timedelta(days=21) + n * HOUR for n in range(21 * 24 - 7)]
    hours = tuple((at, 10) for at in every if 7 <= (at.hour + 8) % 24 < 23)
    feed = watch(hours=hours, latest_at=six - 7 * HOUR)
    assert find(rule("silence"), ground(now=six, since=six, feeds=(feed,))) == ()
    noon = six + 6 * HOUR
    assert find(rule("silence"), ground(now=noon, since=noon, feeds=(feed,)))


@pytest.mark.parametrize(
    ("minutes", "stopped", "levels"),
    [(40, None, []), (10, None, ["amber"]), (-1, None, ["amber", "red"]), (-1, -5, []), (10, 0, [])],
)
def test_a_promise_comes_near_and_then_is_broken(minutes: int, stopped: int | None, levels: list[str]) -> None:
    at = NOW + timedelta(minutes=minutes)
    promised = Promise(1, "next_update", NOW - HOUR, at, None if stopped is None else NOW + timedelta(minutes=stopped))
    found = find(rule("promise"), ground(promises=(promised,)))
    assert [one.level for one in found] == levels
    assert {one.subject for one in found} <= {"clock:1"}
