"""What is said about an incident, counted on a real SQLite and a real PostgreSQL."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, event

from monitoring.mood import ToneCounts
from storage import incidents, readings
from storage.database import make_engine, reading
from tests.fixtures.press import add_feed, add_item, add_story, beat, evening
from workflows.open_incident import open_incident

HOUR = timedelta(hours=1)


@pytest.fixture
def one(connection: Connection, now: datetime) -> int:
    return open_incident(connection, now=now, zone="Asia/Shanghai", language="zh")


def test_bars_hold_what_was_published_in_them_and_empty_ones_are_there(connection, one, now):
    since = now - HOUR
    add_item(connection, one, since, "positive")
    add_item(connection, one, since + timedelta(minutes=20) - timedelta(milliseconds=1), "negative")
    add_item(connection, one, since + timedelta(minutes=20), "negative", certain=False)
    add_item(connection, one, since - timedelta(milliseconds=1))
    bars = readings.tone_bins(connection, one, since=since, until=now, width=timedelta(minutes=20))
    assert [bar.tones for bar in bars] == [ToneCounts(1, 0, 1), ToneCounts(1, 0, 0, 1), ToneCounts()]
    assert bars[1].unsure.n == 1
    assert [bar.start for bar in bars] == [since, since + timedelta(minutes=20), since + timedelta(minutes=40)]


def test_a_bar_and_its_items_are_the_same_items(connection, one, now):
    evening(connection, one, now)
    for bar in readings.tone_bins(connection, one, since=now - 6 * HOUR, until=now, width=timedelta(minutes=7)):
        assert readings.how_many(connection, one, since=bar.start, until=bar.end) == bar.tones.n


def test_a_persons_tone_outranks_the_desks_and_is_certain(connection, one, now):
    said = {"corrected_tone": "neutral", "corrected_gravity": 3, "corrected_by": "王敏"}
    add_item(connection, one, now - HOUR, "negative", certain=False, **said)
    found = readings.summary(connection, one, since=now - 2 * HOUR, until=now)
    assert found.tones == ToneCounts(neutral=1)
    assert found.gravest == 3
    (shown,) = readings.items(connection, one)
    assert (shown.tone, shown.certain, shown.gravity, shown.corrected_by) == ("neutral", True, 3, "王敏")


def test_what_is_irrelevant_or_of_another_incident_does_not_count(connection, one, now):
    other = open_incident(connection, now=now, zone="UTC", language="en")
    add_item(connection, one, now - HOUR, relevant=False)
    add_item(connection, other, now - HOUR)
    assert readings.summary(connection, one, since=now - 2 * HOUR, until=now).tones.n == 0
    assert readings.latest_at(connection, one) is None
    assert readings.items(connection, one) == ()


def test_the_summary_counts_outlets_stories_and_gravity(connection, one, now):
    evening(connection, one, now)
    found = readings.summary(connection, one, since=now - 2 * HOUR, until=now)
    assert (found.tones.negative, found.outlets, found.stories) == (24, 4, 22)
    assert found.gravity == {0: 21, 1: 0, 2: 3, 3: 0}


def test_a_story_knows_its_copies_who_was_first_and_how_far_it_went(connection, one, now):
    evening(connection, one, now)
    first = readings.stories(connection, one, since=now - 6 * HOUR, until=now)[0]
    assert (first.title, first.count, first.outlets, first.first_outlet) == ("云州一住宅灶具爆炸致一人受伤", 3, 3, "云州都市报")
    assert first.last_at - first.first_at == timedelta(minutes=14)
    assert first.tones.negative == 3
    assert readings.how_many(connection, one, story_id=first.id) == 3


def test_an_item_that_is_nobodys_copy_is_a_story_of_its_own(connection, one, now):
    add_item(connection, one, now - HOUR, title="只此一家")
    (alone,) = readings.stories(connection, one, since=now - 2 * HOUR, until=now)
    assert (alone.id, alone.title, alone.count) == (None, "只此一家", 1)


def test_outlets_come_loudest_first_with_their_tier(connection, one, now):
    evening(connection, one, now)
    loud = readings.outlets(connection, one, since=now - 6 * HOUR, until=now)
    assert [(each.outlet, each.tier, each.tones.n) for each in loud][:2] == [("同城论坛", 3, 21), ("行业周刊", 1, 6)]


def test_items_can_be_narrowed_to_outlet_tone_and_hour(connection, one, now):
    evening(connection, one, now)
    assert {each.outlet for each in readings.items(connection, one, outlet="同城论坛", most=50)} == {"同城论坛"}
    assert {each.tone for each in readings.items(connection, one, tone="positive")} == {"positive"}
    assert readings.how_many(connection, one, since=now - 3 * HOUR, until=now - 2 * HOUR, tone="neutral") == 1
    newest = readings.items(connection, one, most=3)
    assert len(newest) == 3
    assert newest[0].at >= newest[1].at >= newest[2].at


def test_the_earliest_is_the_first_that_hurts(connection, one, now):
    evening(connection, one, now)
    found = readings.earliest(connection, one, since=now - 6 * HOUR, until=now)
    assert found is not None
    assert (found.outlet, found.at) == ("云州都市报", now - timedelta(minutes=62))


def test_a_sick_feed_comes_first_with_what_ails_it(connection, one, now):
    add_feed(connection, "停读的", now, paused=True, problem_key="fetch.timeout")
    add_feed(connection, "好信源", now, last_good_at=now)
    add_feed(connection, "坏信源", now, problem_key="fetch.timeout", problem_facts={"seconds": 20}, failures=3)
    add_feed(connection, "移走的", now, removed_at=now)
    first, second, third = readings.feeds(connection, incidents.get(connection, one))
    assert (first.title, first.problem_key, first.problem_facts, first.failures) == ("坏信源", "fetch.timeout", {"seconds": 20}, 3)
    assert (second.title, second.last_good_at, third.title) == ("好信源", now, "停读的")


def test_an_example_has_its_own_feeds_and_no_others(connection, one, now):
    example = open_incident(connection, now=now, zone="UTC", language="en", kind="example")
    add_feed(connection, "随附的", now, incident_id=example)
    add_feed(connection, "办公室的", now)
    titles = [[feed.title for feed in readings.feeds(connection, incidents.get(connection, each))] for each in (one, example)]
    assert titles == [["办公室的"], ["随附的"]]


def test_the_collectors_heartbeat_is_read(connection, now):
    assert readings.last_beat(connection) is None
    beat(connection, now)
    assert readings.last_beat(connection) == now


def test_every_count_finds_its_window_by_the_index(sqlite_url, now):
    engine = make_engine(sqlite_url)
    asked: list[tuple[str, tuple]] = []
    event.listen(engine, "before_cursor_execute", lambda c, k, statement, parameters, *_: asked.append((statement, parameters)))
    window = {"since": now - HOUR, "until": now}
    with reading(engine) as connection:
        readings.tone_bins(connection, 1, width=timedelta(minutes=10), **window)
        for count in (readings.summary, readings.outlets, readings.stories, readings.earliest, readings.how_many, readings.items):
            count(connection, 1, **window)
        counted = [each for each in asked if "item_incident" in each[0]]
        plans = [str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", values).all()) for said, values in counted]
    engine.dispose()
    assert len(plans) >= 7
    assert [plan for plan in plans if "ix_item_incident_incident_id_at (incident_id=? AND at>? AND at<?)" not in plan] == []


def test_a_story_is_told_within_its_span_only(connection, one, now):
    story = add_story(connection, "旧事")
    add_item(connection, one, now - 30 * HOUR, story_id=story, outlet="甲报")
    add_item(connection, one, now - HOUR, story_id=story, outlet="乙报")
    (found,) = readings.stories(connection, one, since=now - 2 * HOUR, until=now)
    assert (found.count, found.first_outlet) == (1, "乙报")
