"""The whole way of a reading: a loopback server, a real database, the parsing child; only the hour is given."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from commands.collect import Collector
from settings import Settings
from storage import accounts, incidents
from storage.database import reading, writing
from storage.schema import feed, item, item_incident, story
from tests.fixtures.hostile_feeds import Feeds, serving
from tests.fixtures.loop import in_a_loop
from workflows.add_feed import add_feed
from workflows.open_incident import open_incident
from workflows.parse_guarded import ParseGuard
from workflows.pause_feed import pause_feed, read_now, remove_feed, resume_feed

ENTRY = "<item><guid>{0}</guid><title>{1}</title><link>http://news.example/{0}</link><pubDate>{2}</pubDate></item>"
DATE = "Sat, 14 Mar 2026 20:00:00 +0800"


def document(*titles: str) -> bytes:
    entries = "".join(ENTRY.format(n, title, DATE) for n, title in enumerate(titles))
    return f"<rss version='2.0'><channel><title>江城晚报</title>{entries}</channel></rss>".encode()


@pytest.fixture(scope="module")
def guard() -> Iterator[ParseGuard]:
    with ParseGuard() as made:
        yield made


@pytest.fixture
def poll(engine: Engine, guard: ParseGuard, prepared_home: Callable[[], Path]) -> Callable[..., None]:
    """Serve `feeds`, add those paths that are new, and read what is due at `now`."""
    settings = Settings.from_environment({"DESK_HOME": str(prepared_home()), "DESK_ALLOW_PRIVATE_FEEDS": "on"})

    def run(feeds: Feeds, now: datetime, *paths: str) -> None:
        async def go() -> None:
            async with serving(feeds) as server:
                with writing(engine) as connection:
                    for path in paths:
                        add_feed(connection, url=server.base + path, now=now)
                await Collector(engine, settings, guard, lambda: now).once()

        in_a_loop(go())

    return run


def rows(engine: Engine, query: Any) -> list[Any]:
    with reading(engine) as connection:
        return list(connection.execute(query))


def incident(engine: Engine, now: datetime, company: str = "雅燃厨电") -> int:
    with writing(engine) as connection:
        made = open_incident(connection, now=now, zone="Asia/Shanghai", language="zh")
        incidents.set_plain(connection, made, company=company)
    return made


def again(engine: Engine, now: datetime) -> None:
    with writing(engine) as connection:
        read_now(connection, now=now)


def test_entries_are_stored_with_their_score_and_judged_for_the_incident_they_matter_to(engine, poll, now) -> None:
    mine = incident(engine, now)
    feeds = Feeds()
    feeds.bodies = {"/a": document("雅燃灶具爆炸致三人受伤", "气象部门发布预报")}
    poll(feeds, now, "/a")
    stored = rows(engine, select(item).order_by(item.c.id))
    assert [row.title for row in stored] == ["雅燃灶具爆炸致三人受伤", "气象部门发布预报"]
    assert all(0 <= row.snow <= 1 and row.outlet == "江城晚报" for row in stored)
    assert stored[0].published_at == datetime(2026, 3, 14, 12, tzinfo=UTC)
    [judged] = rows(engine, select(item_incident))
    assert (judged.item_id, judged.incident_id, judged.gravity >= 2) == (stored[0].id, mine, True)


def test_reading_again_doubles_nothing_and_a_changed_title_keeps_the_old_one(engine, poll, now) -> None:
    feeds = Feeds()
    feeds.bodies = {"/a": document("雅燃灶具爆炸", "气象部门发布预报")}
    poll(feeds, now, "/a")
    feeds.bodies = {"/a": document("雅燃灶具爆炸致三人受伤", "气象部门发布预报", "第三条")}
    again(engine, now)
    poll(feeds, now)
    stored = rows(engine, select(item).order_by(item.c.id))
    assert [row.title for row in stored] == ["雅燃灶具爆炸致三人受伤", "气象部门发布预报", "第三条"]
    assert [one["title"] for one in stored[0].earlier_titles] == ["雅燃灶具爆炸"]


def test_copies_at_several_outlets_are_one_story(engine, poll, now) -> None:
    feeds = Feeds()
    feeds.bodies = {
        "/a": document("雅燃灶具爆炸致三人受伤"), "/b": document("雅燃灶具爆炸致三人受伤 - 晚报"), "/c": document("明天多云"),
    }
    poll(feeds, now, "/a", "/b", "/c")
    [told] = rows(engine, select(story))
    stories = {row.title: row.story_id for row in rows(engine, select(item))}
    assert told.title == "雅燃灶具爆炸致三人受伤"
    assert stories == {"雅燃灶具爆炸致三人受伤": told.id, "雅燃灶具爆炸致三人受伤 - 晚报": told.id, "明天多云": None}


def test_a_feed_that_breaks_says_why_waits_longer_and_recovers_by_itself(engine, poll, now) -> None:
    feeds = Feeds()
    feeds.bodies = {}
    poll(feeds, now, "/a")
    [sick] = rows(engine, select(feed))
    assert (sick.problem_key, sick.failures, sick.last_good_at) == ("fetch.gone", 1, None)
    first_pause = sick.next_due_at - now
    again(engine, now)
    poll(feeds, now)
    [sick] = rows(engine, select(feed))
    assert sick.failures == 2
    assert sick.next_due_at - now > first_pause
    feeds.bodies = {"/a": document("好了")}
    again(engine, now)
    poll(feeds, now)
    [well] = rows(engine, select(feed))
    assert (well.problem_key, well.failures, well.last_good_at, well.lease_until) == (None, 0, now, None)
    assert [(over[0], over[2]) for over in well.outages] == [(well.created_at.isoformat(), 2)]


def test_an_unchanged_feed_is_asked_with_its_etag_and_stays_healthy(engine, poll, now) -> None:
    feeds = Feeds()
    poll(feeds, now, "/conditional")
    later = now + timedelta(hours=2)
    again(engine, later)
    poll(feeds, later)
    assert feeds.asked[-1].headers["If-None-Match"] == '"one"'
    [well] = rows(engine, select(feed))
    assert (well.etag, well.last_good_at, well.problem_key) == ('"one"', later, None)
    assert len(rows(engine, select(item))) == 1


@pytest.mark.parametrize(
    ("body", "key"),
    [(b"<html><body>hello</body></html>", "parse.html_page"), (b"", "parse.empty"), (b"rubbish", "parse.no_feed"),
     (b"<rss><channel><item><title>" + b"<a>" * 50_000, "parse.too_deep")],
)  # fmt: skip
def test_rubbish_is_a_fault_in_words_and_stores_nothing(engine, poll, now, body: bytes, key: str) -> None:
    feeds = Feeds()
    feeds.bodies = {"/a": body}
    poll(feeds, now, "/a")
    assert [row.problem_key for row in rows(engine, select(feed))] == [key]
    assert rows(engine, select(item)) == []


def test_a_paused_feed_is_left_alone(engine, poll, now) -> None:
    feeds = Feeds()
    poll(feeds, now, "/good")
    with writing(engine) as connection:
        row = connection.execute(select(feed)).one()
        pause_feed(connection, row.id, version=row.version, now=now)
        read_now(connection, now=now)
    asked = len(feeds.asked)
    again(engine, now)
    poll(feeds, now)
    assert len(feeds.asked) == asked


def test_the_trail_of_the_office_tells_who_added_paused_and_removed_a_feed(engine, now) -> None:
    who = {"now": now, "actor": "王敏"}
    with writing(engine) as connection:
        made = add_feed(connection, url="https://press.example/rss", title="云州都市报", **who)
        version = pause_feed(connection, made, version=1, **who)
        version = resume_feed(connection, made, version=version, **who)
        remove_feed(connection, made, version=version, **who)
        told = accounts.notes(connection)
    assert [one["deed"] for one in told] == ["feed_removed", "feed_resumed", "feed_paused", "feed_added"]
    assert {(one["actor"], one["subject"]) for one in told} == {("王敏", "云州都市报")}
