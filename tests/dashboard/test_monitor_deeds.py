"""What people do on the monitor page, without a browser: correct, try terms, enter by hand, learn, search."""

from datetime import datetime

import pytest

from storage import jobs, readings, watching
from storage.database import Engine, reading, writing
from tests.dashboard.conftest import Open, shown
from tests.fixtures.press import add_feed, add_item


@pytest.fixture
def told(desk_engine: Engine, on_screen: int, hour: datetime) -> int:
    """One item on the page; its link's id."""
    with writing(desk_engine) as connection:
        feed = add_feed(connection, "云州都市报", hour)
        add_item(connection, on_screen, hour, title="灶具爆炸", feed_id=feed)
        [item] = readings.items(connection, on_screen)
    return item.link_id


def _item(engine: Engine, incident_id: int) -> readings.PressItem:
    with reading(engine) as connection:
        return readings.items(connection, incident_id)[0]


def test_one_click_corrects_and_one_takes_it_back(desk_engine: Engine, on_screen: int, opened: Open, told: int) -> None:
    app = opened("monitor")
    app.get_by_key(f"tone_{told}_1").set_value("positive").run()
    assert _item(desk_engine, on_screen).tone == "positive"
    assert "机器判：负面，严重度 0" in shown(app)
    app.get_by_key(f"gravity_{told}_2").set_value(3).run()
    assert _item(desk_engine, on_screen).gravity == 3
    app.button(key=f"undo_{told}_3").click().run()
    assert (_item(desk_engine, on_screen).tone, _item(desk_engine, on_screen).corrected) == ("negative", False)
    assert not app.warning


def test_an_item_is_set_aside_and_taken_back(desk_engine: Engine, on_screen: int, opened: Open, told: int) -> None:
    app = opened("monitor")
    app.button(key=f"aside_{told}_1").click().run()
    with reading(desk_engine) as connection:
        assert readings.items(connection, on_screen) == ()
    app.button(key="aside_undo").click().run()
    assert _item(desk_engine, on_screen).title == "灶具爆炸"


def test_terms_are_tried_before_they_are_saved(desk_engine: Engine, on_screen: int, opened: Open, told: int) -> None:
    app = opened("monitor")
    _area(app, "品牌").set_value("灶具 或 水管")
    app.button(key="watch_try").click().run()
    assert "最近 7 天 1 条里，符合 1 条；现在的监看词符合 0 条" in shown(app)
    with reading(desk_engine) as connection:
        assert watching.terms(connection, on_screen) == ()
    app.button(key="watch_save").click().run()
    with reading(desk_engine) as connection:
        assert [term.expression for term in watching.terms(connection, on_screen)] == ["灶具 或 水管"]
        assert [job.state for job in jobs.latest(connection, "rescore")] == ["waiting"]
    _area(app, "地点").set_value("(拱墅")
    app.button(key="watch_try").click().run()
    assert "看不懂" in app.warning[0].value
    app.button(key="watch_undo").click().run()
    with reading(desk_engine) as connection:
        assert watching.terms(connection, on_screen) == ()


def test_an_item_by_hand_is_stored_or_refused_with_what_was_typed(desk_engine: Engine, on_screen: int, opened: Open) -> None:
    app = opened("monitor")
    app.text_area(key="byhand_text_0").set_value("<b>灶具</b>炸了\n有人受伤")
    app.button(key="byhand_add").click().run()
    assert "写上是哪家媒体或平台" in app.warning[0].value
    assert app.text_area(key="byhand_text_0").value
    app.text_input(key="byhand_outlet_0").set_value("微博")
    app.button(key="byhand_add").click().run()
    item = _item(desk_engine, on_screen)
    assert (item.title, item.outlet, item.judged) == ("灶具炸了", "微博", False)
    assert "等待判读" in shown(app)
    assert not app.text_area(key="byhand_text_1").value


def test_learning_is_asked_for_and_can_be_stopped(desk_engine: Engine, on_screen: int, opened: Open, told: int) -> None:
    app = opened("monitor")
    assert app.button(key="learn_now").disabled
    app.get_by_key(f"tone_{told}_1").set_value("neutral").run()
    app.run()
    app.button(key="learn_now").click().run()
    with reading(desk_engine) as connection:
        assert [job.state for job in jobs.latest(connection, "retrain")] == ["waiting"]
    app.button(key="learn_rescore").click().run()
    with reading(desk_engine) as connection:
        [job] = jobs.latest(connection, "rescore")
    app.button(key=f"job_stop_{job.id}").click().run()
    app.button(key=f"job_on_{job.id}").click().run()
    with reading(desk_engine) as connection:
        assert jobs.get(connection, job.id).state == "waiting"


def test_search_groups_what_it_finds_and_marks_the_words(opened: Open, told: int) -> None:
    app = opened("search")
    assert "写下要找的词" in shown(app)
    _find(app, "爆炸")
    assert "灶具<mark class='cd-found'>爆炸</mark>" in shown(app)
    _find(app, "<b>没有")
    assert "没有「&lt;b&gt;没有」" in shown(app)
    _find(app, "字")
    assert "至少写两个字" in app.warning[0].value


def _find(app, words: str) -> None:
    app.text_input(key="search_words").set_value(words)
    next(one for one in app.button if one.label == "查找").click().run()


def _area(app, label: str):
    return next(one for one in app.text_area if one.label == label)
