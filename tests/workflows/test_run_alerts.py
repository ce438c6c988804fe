"""Rules over a real database: what is opened, what grows, who is told, what ends by itself."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from errors import BadInput, Conflict
from storage import alerts, content, events
from storage.database import Engine, reading, writing
from storage.schema import feed as feed_table
from storage.schema import item
from storage.schema import outbox as outbox_table
from tests.fixtures.press import add_feed, add_item, add_story
from workflows.acknowledge_alert import acknowledge_alert
from workflows.add_target import add_target, pause_target, remove_target
from workflows.arm_rule import arm_rule, set_delivery
from workflows.open_incident import open_incident
from workflows.run_alerts import run_alerts
from workflows.save_intake_answer import save_intake_answer
from workflows.send_test import send_test
from workflows.try_rule_on_history import try_rule_on_history

BOOK, ENDINGS = content.alert_book(), content.company_endings()
MINUTE = timedelta(minutes=1)
HOOK = "https://hook.example/send?key=K3Y-1234"


@pytest.fixture
def at(engine: Engine, now: datetime) -> int:
    """An incident of 青禾厨电 whose first statement is not due before the hour."""
    with writing(engine) as connection:
        incident_id = open_incident(connection, now=now - 5 * MINUTE, zone="Asia/Shanghai", language="zh")
        save_intake_answer(connection, incident_id, "company", value="青禾厨电", now=now, actor="王敏")
        return incident_id


def look(engine: Engine, now: datetime, incident_id: int | None = None) -> int:
    with writing(engine) as connection:
        return run_alerts(connection, book=BOOK, endings=ENDINGS, now=now, incident_id=incident_id)


def standing(engine: Engine, incident_id: int) -> list:
    with reading(engine) as connection:
        return list(alerts.of_incident(connection, incident_id))


def rows(engine: Engine) -> list:
    with reading(engine) as connection:
        return connection.execute(select(outbox_table).order_by(outbox_table.c.id)).all()


def press(engine: Engine, incident_id: int, at: datetime, **given) -> int:
    with writing(engine) as connection:
        return add_item(connection, incident_id, at, title=given.pop("title", "青禾灶具爆炸致一人受伤"), **given)


def test_one_item_of_a_named_outlet_is_red_and_looking_again_changes_nothing(engine: Engine, at: int, now: datetime) -> None:
    press(engine, at, now - 9 * MINUTE)
    assert [look(engine, now), look(engine, now), look(engine, now + MINUTE)] == [1, 0, 0]
    (alert,) = standing(engine, at)
    assert (alert.rule, alert.level, alert.state, alert.count) == ("named_outlet", "red", "open", 1)
    assert alert.why["facts"]["brand"] == "青禾"  # the name as the press shortens it
    with reading(engine) as connection:
        deeds = [one.deed for one in events.of_incident(connection, at)]
        assert alerts.evidence(connection, alert.id)[0].title == "青禾灶具爆炸致一人受伤"
    assert deeds.count("alert_opened") == 1


def test_copies_join_the_alert_even_when_the_story_is_known_only_later(engine: Engine, at: int, now: datetime) -> None:
    first = press(engine, at, now - 50 * MINUTE)
    look(engine, now)
    with writing(engine) as connection:  # a copy comes: the two open a story
        story = add_story(connection, "青禾灶具爆炸致一人受伤")
        connection.execute(item.update().where(item.c.id == first).values(story_id=story))
    for _ in range(3):
        press(engine, at, now + 40 * MINUTE, story_id=story, outlet="海岸通讯")
    look(engine, now + 41 * MINUTE)
    assert [one.count for one in standing(engine, at) if one.rule == "named_outlet"] == [4]


def test_an_irrelevant_item_fires_nothing(engine: Engine, at: int, now: datetime) -> None:
    press(engine, at, now - MINUTE, relevant=False)
    assert look(engine, now) == 0


def test_everybody_is_told_what_they_asked_for_and_the_next_one_when_nobody_answers(engine: Engine, at: int, now: datetime, do) -> None:
    do(add_target, name="值班群", channel="wecom", address=HOOK)
    do(add_target, name="法务", channel="email", address="legal@example.org", least_level="red", role="legal")
    do(add_target, name="负责人", channel="email", address="head@example.org", step=1)
    paused = do(add_target, name="旧群", channel="slack", address=HOOK)
    do(pause_target, paused, paused=True, version=1)
    press(engine, at, now - MINUTE)
    look(engine, now)
    assert [row.target for row in rows(engine)] == ["值班群", "法务"]
    look(engine, now + 9 * MINUTE)
    assert len(rows(engine)) == 2
    look(engine, now + 10 * MINUTE)
    look(engine, now + 30 * MINUTE)
    assert [row.target for row in rows(engine)] == ["值班群", "法务", "负责人"]


def test_what_somebody_has_acknowledged_goes_no_further(engine: Engine, at: int, now: datetime, do) -> None:
    do(add_target, name="负责人", channel="email", address="head@example.org", step=1)
    press(engine, at, now - MINUTE)
    look(engine, now)
    (alert,) = standing(engine, at)
    with pytest.raises(BadInput):
        do(acknowledge_alert, alert.id, version=alert.version, actor=None)
    with pytest.raises(Conflict):
        do(acknowledge_alert, alert.id, version=alert.version + 1, actor="沈知远")
    do(acknowledge_alert, alert.id, version=alert.version, actor="沈知远")
    do(acknowledge_alert, alert.id, version=1, actor="顾曼")  # a second press changes nothing
    look(engine, now + 20 * MINUTE)
    assert rows(engine) == []
    assert standing(engine, at)[0].acknowledged_by == "沈知远"


def test_amber_at_night_waits_in_one_digest_for_the_morning(engine: Engine, at: int, now: datetime, do) -> None:
    night = now + timedelta(hours=3)  # 00:17 in Shanghai
    do(add_target, name="值班群", channel="wecom", address=HOOK)
    with writing(engine) as connection:
        for _ in range(2):
            add_feed(connection, "云州都市报", now - timedelta(days=1), failures=5, problem_key="fetch.timeout", last_good_at=now)
        add_feed(connection, "南湖晚报", now, last_good_at=night)
        settle(connection, at, night)
    look(engine, night)
    look(engine, night + MINUTE)
    (row,) = rows(engine)
    assert row.payload["kind"] == "digest"
    assert row.due_at.isoformat() == "2026-03-14T23:00:00+00:00"  # 07:00 in Shanghai


def settle(connection, incident_id: int, now: datetime) -> None:
    """No promise is running any more."""
    from storage import incidents

    incidents.stop_clocks(connection, incident_id, rule="first_statement", at=now, by=None)


def test_a_feed_that_is_read_again_ends_its_alert(engine: Engine, at: int, now: datetime) -> None:
    with writing(engine) as connection:
        feed_id = add_feed(connection, "云州都市报", now, failures=5, problem_key="fetch.timeout", last_good_at=now - 60 * MINUTE)
    look(engine, now)
    assert standing(engine, at)[0].state == "open"
    with writing(engine) as connection:
        connection.execute(feed_table.update().where(feed_table.c.id == feed_id).values(problem_key=None, failures=0, last_good_at=now))
    look(engine, now + MINUTE)
    assert standing(engine, at)[0].state == "over"


def test_a_feed_that_falls_silent_is_told_when_habits_are_looked_at(engine: Engine, at: int, now: datetime) -> None:
    with writing(engine) as connection:
        feed_id = add_feed(connection, "云州都市报", now - timedelta(days=20), last_good_at=now)
        for hours in range(6, 24 * 14, 1):
            add_item(connection, at, now - timedelta(hours=hours), title="天气", feed_id=feed_id)
            add_item(connection, at, now - timedelta(hours=hours, minutes=20), title="天气", feed_id=feed_id)
        told = [run_alerts(connection, book=BOOK, endings=ENDINGS, now=now, habits=habits) for habits in (False, True, True)]
    assert told == [0, 1, 0]
    assert (standing(engine, at)[0].rule, standing(engine, at)[0].why["facts"]["feed"]) == ("silence", "云州都市报")


def test_a_promise_turns_from_amber_to_red_in_one_alert(engine: Engine, at: int, now: datetime) -> None:
    assert look(engine, now + 45 * MINUTE) == 1  # the first statement is due an hour after the opening
    assert standing(engine, at)[0].level == "amber"
    assert look(engine, now + 56 * MINUTE) == 1
    (alert,) = standing(engine, at)
    assert (alert.level, alert.count, alert.why["key"]) == ("red", 2, "promise.broken")


@pytest.mark.parametrize("kind", ["example", "drill"])
def test_for_an_example_or_a_drill_alerts_stand_on_the_screen_and_nothing_waits_to_be_sent(engine: Engine, now: datetime, do, kind: str) -> None:
    do(add_target, name="值班群", channel="wecom", address=HOOK)
    shown = do(open_incident, zone="Asia/Shanghai", language="zh", kind=kind)
    do(save_intake_answer, shown, "company", value="青禾厨电", actor="王敏")
    press(engine, shown, now - MINUTE)
    assert look(engine, now) == 1
    assert [one.level for one in standing(engine, shown)] == ["red"]
    assert rows(engine) == []
    with writing(engine) as connection, pytest.raises(Exception, match=r"channel\.never"):
        send_test(connection, 1, incident_id=shown, now=now)


def test_a_rule_is_tried_before_it_is_armed_and_an_unarmed_one_is_silent(engine: Engine, at: int, now: datetime, do) -> None:
    do(arm_rule, at, "named_outlet", armed=False, settings={}, book=BOOK, version=0, actor="顾曼")
    for hours in (20, 9, 2):
        press(engine, at, now - timedelta(hours=hours), title=f"青禾灶具爆炸 {hours}")
    assert look(engine, now) == 0
    trial = do(try_rule_on_history, at, "named_outlet", settings={"tier": 1}, book=BOOK, endings=ENDINGS)
    assert [len(found) for found in trial.opened] == [1, 1, 1]
    assert standing(engine, at) == []  # trying stores nothing
    assert do(try_rule_on_history, at, "feed_down", settings={}, book=BOOK, endings=ENDINGS).opened == ()
    do(arm_rule, at, "named_outlet", armed=True, settings={"tier": 1}, book=BOOK, version=1, actor="顾曼")
    assert look(engine, now + MINUTE) == 0  # what was known when it was armed does not fire it
    press(engine, at, now + 2 * MINUTE)
    assert look(engine, now + 3 * MINUTE) == 1


def test_numbers_out_of_bounds_and_a_second_hand_are_refused(engine: Engine, at: int, do) -> None:
    for settings in ({"tier": 9}, {"tier": float("nan")}, {"nonsense": 1}, {"outlets": [str(n) for n in range(60)]}):
        with pytest.raises(BadInput):
            do(arm_rule, at, "named_outlet", armed=True, settings=settings, book=BOOK, version=0)
    do(set_delivery, at, settings={"quiet_from": 22, "quiet_until": 8, "escalate_after": 5}, book=BOOK, version=0)
    with pytest.raises(Conflict):
        do(set_delivery, at, settings={"quiet_from": 21}, book=BOOK, version=0)


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"name": " "}, "target.name_needed"), ({"channel": "pager"}, "not_a_choice"), ({"address": "file:///etc/passwd"}, "target.bad_address"),
        ({"channel": "email", "address": "a@b.example\nBcc: c@d.example"}, "target.bad_mailbox"), ({"step": 7}, "not_a_choice"),
    ],
)  # fmt: skip
def test_a_target_that_cannot_be_is_refused_without_repeating_its_address(engine: Engine, do, given: dict, key: str) -> None:
    with pytest.raises(BadInput) as refused:
        do(add_target, **{"name": "群", "channel": "wecom", "address": HOOK, **given})
    assert refused.value.key == key
    assert "passwd" not in str(refused.value)


def test_a_removed_target_leaves_its_name_and_nothing_else(engine: Engine, do) -> None:
    from storage import targets
    from storage.schema import delivery_target

    number = do(add_target, name="群", channel="wecom", address=HOOK, secret="s")
    with reading(engine) as connection:
        (shown,) = targets.all_of(connection)
    assert shown.masked == "hook.example/…1234"
    do(remove_target, number, version=1)
    with reading(engine) as connection:
        (row,) = connection.execute(select(delivery_target))
    assert (row.name, row.address, row.secret) == ("群", "", None)
