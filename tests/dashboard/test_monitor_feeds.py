"""The feeds on the monitor page: their lamp, their health in words, adding, importing, pausing, removing."""

from datetime import datetime, timedelta

import pytest

from storage.database import Engine, reading, writing
from storage.schema import feed as feed_table
from tests.dashboard.conftest import Open, shown
from tests.fixtures.press import add_feed, beat


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (None, "采集还没有运行过"),
        (timedelta(minutes=10), "采集没有在运行，最近一次在"),
        (timedelta(0), "2 个信源中 1 个读不到"),
    ],
)
def test_the_lamp_says_what_keeps_news_from_coming(
    desk_engine: Engine, opened: Open, hour: datetime, ago: timedelta | None, said: str
) -> None:
    with writing(desk_engine) as connection:
        add_feed(connection, "甲", hour, last_good_at=hour)
        add_feed(connection, "乙", hour, problem_key="fetch.timeout", problem_facts={"seconds": 20}, failures=3)
        add_feed(connection, "丙", hour, paused=True, problem_key="fetch.timeout")
        if ago is not None:
            beat(connection, hour - ago)
    text = shown(opened("monitor"))
    assert said in text
    assert "连续 3 次没有读到" in text
    assert "已暂停" in text


def test_a_feed_is_added_paused_resumed_and_removed(desk_engine: Engine, opened: Open) -> None:
    app = opened("monitor")
    app.text_input(key="feed_url").input("这不是地址 啊")
    app.button(key="feed_add").click().run()
    assert len(app.warning) == 1
    app.text_input(key="feed_url").input("https://press.example/rss")
    app.text_input(key="feed_title").input("云州都市报")
    app.button(key="feed_add").click().run()
    assert not app.warning
    (row,) = _feeds(desk_engine)
    assert (row.url, row.title, row.tier, row.paused) == ("https://press.example/rss", "云州都市报", 2, False)
    app.button(key=f"feed_{row.id}").click().run()
    assert _feeds(desk_engine)[0].paused
    app.button(key=f"feed_{row.id}").click().run()
    assert not _feeds(desk_engine)[0].paused
    app.button(key=f"feed_gone_{row.id}").click().run()
    assert _feeds(desk_engine)[0].removed_at is not None
    assert "云州都市报" not in shown(app)


def test_a_list_of_feeds_is_imported_and_rubbish_refused(desk_engine: Engine, opened: Open) -> None:
    app = opened("monitor")
    outlines = "".join(f'<outline type="rss" text="报 {n}" xmlUrl="https://p{n}.example/rss"/>' for n in range(3))
    for body, count in (("这不是列表", 0), (f'<opml version="2.0"><body>{outlines}</body></opml>', 3)):
        app.get("file_uploader")[-1].upload("feeds.opml", body.encode(), "text/x-opml").run()
        app.button(key="feed_import").click().run()
        assert len(_feeds(desk_engine)) == count
        assert bool(app.warning) is (count == 0)
    assert "导入 3 个信源" in [each.value for each in app.text]


def _feeds(engine: Engine) -> list:
    with reading(engine) as connection:
        return connection.execute(feed_table.select().order_by(feed_table.c.id)).all()
