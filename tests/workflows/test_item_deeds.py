"""What people do with items: correct them, set them aside, enter them by hand, split and join stories. On both databases."""

from pathlib import Path

import pytest
from sqlalchemy import select

from errors import BadInput, Conflict
from monitoring.mood import ToneCounts
from storage import links, readings
from storage.database import Engine, make_engine, reading, writing
from storage.schema import attachment, event, item, item_incident
from tests.fixtures.press import add_item, add_story
from tests.workflows.working import worker
from workflows.add_item import HandItem
from workflows.add_item import add_item as enter
from workflows.correct_item import correct_item, set_relevance, undo_correction
from workflows.sort_stories import join_item, split_item, unsort_item


def _link(engine: Engine, item_id: int, incident_id: int) -> links.Link:
    with reading(engine) as connection:
        found = links.of_item(connection, item_id, incident_id)
    assert found is not None
    return found


def _shown(engine: Engine, incident_id: int) -> tuple[readings.PressItem, ...]:
    with reading(engine) as connection:
        return readings.items(connection, incident_id)


def test_a_correction_outranks_the_desk_everywhere_and_is_undone_in_one_step(engine: Engine, stove: int, now, do) -> None:
    with writing(engine) as connection:
        number = add_item(connection, stove, now, "negative", certain=False, gravity=1)
    link = _link(engine, number, stove)
    version = do(correct_item, link.id, version=link.version, tone="positive", gravity=0, actor="王敏")
    [shown] = _shown(engine, stove)
    assert (shown.tone, shown.gravity, shown.certain, shown.corrected_by, shown.corrected_at) == ("positive", 0, True, "王敏", now)
    assert (shown.machine_tone, shown.machine_gravity) == ("negative", 1)
    with reading(engine) as connection:
        assert readings.summary(connection, stove, since=now, until=now.replace(hour=23)).tones == ToneCounts(positive=1)
        assert readings.how_many(connection, stove, tone="positive") == 1
        assert readings.how_many(connection, stove, tone="negative") == 0
    do(undo_correction, link.id, version=version, actor="王敏")
    [shown] = _shown(engine, stove)
    assert (shown.tone, shown.gravity, shown.corrected_by) == ("negative", 1, None)
    with reading(engine) as connection:
        deeds = connection.execute(select(event.c.deed).where(event.c.deed.like("item%")).order_by(event.c.id)).scalars().all()
    assert deeds == ["item_corrected", "item_correction_undone"]


def test_who_corrects_what_somebody_corrected_meanwhile_is_told(engine: Engine, stove: int, now, do) -> None:
    with writing(engine) as connection:
        number = add_item(connection, stove, now)
    link = _link(engine, number, stove)
    do(correct_item, link.id, version=link.version, tone="neutral")
    with pytest.raises(Conflict):
        do(correct_item, link.id, version=link.version, tone="positive")
    for wrong in ({"tone": "furious"}, {"gravity": 4}):
        with pytest.raises(BadInput):
            do(correct_item, link.id, version=link.version + 1, **wrong)


def test_an_item_set_aside_counts_no_more_and_can_be_taken_back(engine: Engine, stove: int, now, do) -> None:
    with writing(engine) as connection:
        number = add_item(connection, stove, now)
    link = _link(engine, number, stove)
    version = do(set_relevance, link.id, False, version=link.version, actor="王敏")
    assert _shown(engine, stove) == ()
    do(set_relevance, link.id, True, version=version, actor="王敏")
    assert len(_shown(engine, stove)) == 1


def test_an_item_entered_by_hand_goes_the_way_of_every_item(engine: Engine, stove: int, now, do, tmp_path: Path) -> None:
    with writing(engine) as connection:
        other = add_item(connection, stove, now, title="云州一住宅灶具爆炸致一人受伤 青禾回应", outlet="云州都市报")
    entry = HandItem(
        "微博", 3, text="云州一住宅灶具爆炸致一人受伤 青禾回应\n青禾厨电的灶具在云州炸了，一名业主受伤送医。", link="weibo.example/1",
        engagement={"views": 120000, "likes": None},
    )  # fmt: skip
    number = do(enter, stove, entry, home=tmp_path, actor="王敏")
    assert do(enter, stove, entry, home=tmp_path, actor="王敏") == number
    waiting = next(one for one in _shown(engine, stove) if one.id == number)
    assert (waiting.judged, waiting.added_by, waiting.engagement) == (False, "王敏", {"views": 120000})
    assert worker(engine, now).run_one()
    done = next(one for one in _shown(engine, stove) if one.id == number)
    assert (done.tone, done.gravity, done.judged) == ("negative", 2, True)
    assert done.snow is not None
    assert done.link == "http://weibo.example/1"
    with reading(engine) as connection:
        row = connection.execute(select(item).where(item.c.id == number)).one()
        kept = connection.execute(select(attachment)).one()
        assert row.story_id == connection.execute(select(item.c.story_id).where(item.c.id == other)).scalar_one()
    assert row.captured == kept.sha256
    assert (tmp_path / "uploads" / kept.sha256[:2] / kept.sha256).read_bytes().startswith(b"weibo.example/1")


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        (HandItem("", text="灶具"), "item.no_outlet"),
        (HandItem("微博"), "item.empty"),
        (HandItem("微博", text="灶具", link="javascript:alert(1)"), "item.bad_link"),
        (HandItem("微博", text="灶具", link="http://127.0.0.1/"), "item.bad_link"),
        (HandItem("微博", captured=b"x", captured_name="x.exe"), "item.no_page"),
        (HandItem("微博", text="灶具", engagement={"views": -1}), "item.bad_number"),
    ],
)
def test_what_cannot_be_an_item_is_refused_with_a_reason(sqlite_url: str, entry: HandItem, key: str, now, tmp_path: Path) -> None:
    with writing(make_engine(sqlite_url)) as connection, pytest.raises(BadInput, match=key):
        enter(connection, 1, entry, home=tmp_path, now=now)


def test_an_item_split_off_stays_so_and_comes_back_on_request(engine: Engine, stove: int, now, do) -> None:
    with writing(engine) as connection:
        story = add_story(connection, "灶具爆炸")
        first, second = (add_item(connection, stove, now, title=f"灶具爆炸 {n}", story_id=story) for n in range(2))
    made = do(split_item, first, incident_id=stove, actor="王敏")
    assert made != story
    assert {one.id: one.story_id for one in _shown(engine, stove)} == {first: made, second: story}
    with reading(engine) as connection:
        assert readings.story_titles(connection, [story]) == {story: "灶具爆炸 1"}
    do(unsort_item, first, incident_id=stove, actor="王敏")
    assert {one.story_id for one in _shown(engine, stove)} == {story}
    with pytest.raises(BadInput):
        do(unsort_item, first, incident_id=stove)


def test_an_item_is_joined_to_anothers_story(engine: Engine, stove: int, now, do) -> None:
    with writing(engine) as connection:
        first, second = (add_item(connection, stove, now, title=title) for title in ("灶具炸了", "一户人家厨房爆炸"))
    made = do(join_item, first, second, incident_id=stove, actor="王敏")
    assert {one.story_id for one in _shown(engine, stove)} == {made}
    with pytest.raises(BadInput):
        do(join_item, first, first, incident_id=stove)
    with reading(engine) as connection:
        assert connection.execute(select(item_incident.c.version)).scalars().all() == [1, 1]
