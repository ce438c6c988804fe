"""The alerts page: what waits, taking it on, trying and arming rules, who is told, what was sent."""

from datetime import datetime, timedelta

import pytest

from storage import alerts, content, outbox, targets
from storage.database import Engine, writing
from tests.dashboard.conftest import Open, read, shown
from tests.fixtures.press import add_item
from workflows.add_person import add_person
from workflows.run_alerts import run_alerts
from workflows.save_intake_answer import save_intake_answer

HOSTILE = "青禾灶具爆炸 <img src=x onerror=alert(1)> [x](http://evil.example) **粗**"


@pytest.fixture
def red(desk_engine: Engine, on_screen: int, hour: datetime) -> int:
    """A red alert on the incident that is shown, and somebody who may take it on."""
    with writing(desk_engine) as connection:
        save_intake_answer(connection, on_screen, "company", value="青禾厨电", now=hour, actor="王敏")
        add_item(connection, on_screen, hour - timedelta(minutes=9), title=HOSTILE)
        run_alerts(connection, book=content.alert_book(), endings=content.company_endings(), now=hour)
        return add_person(connection, name="沈知远", roles=("head",), now=hour).id


def standing(engine: Engine, incident_id: int) -> list:
    return list(read(engine, lambda connection: alerts.of_incident(connection, incident_id)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_red_alert_says_why_links_its_item_and_is_taken_on_by_a_name(
    desk_engine: Engine, on_screen: int, opened: Open, red: int, language: str
) -> None:
    w = content.words(language)
    app = opened("alerts", language)
    text = shown(app)
    assert w("alerts.level.red") in text
    assert "云州都市报" in text
    assert "https://press.example/1" in text
    assert "<img src=x" not in text
    (alert,) = standing(desk_engine, on_screen)
    app.button(key=f"ack_{alert.id}").click().run()
    assert any(w("error.name_needed") in one.value.replace("\\", "") for one in app.warning)
    app = opened("alerts", language, me=str(red))
    app.button(key=f"ack_{alert.id}").click().run()
    assert not app.exception
    assert standing(desk_engine, on_screen)[0].acknowledged_by == "沈知远"
    assert w("alerts.none") in shown(app)


def test_other_pages_carry_a_strip_while_something_waits(opened: Open, red: int) -> None:
    w = content.words("zh")
    for screen in ("command", "monitor"):
        assert w("alerts.strip.red", count=1) in shown(opened(screen))


def test_a_rule_is_tried_on_history_changed_and_switched_off(desk_engine: Engine, on_screen: int, opened: Open, red: int) -> None:
    w = content.words("zh")
    app = opened("alerts")
    app.button(key="try_named_outlet").click().run()
    assert w("alerts.tried", count=1) in shown(app)
    app.button(key="try_burst").click().run()
    assert w("alerts.tried.none") in shown(app)
    app.button(key="try_feed_down").click().run()
    assert w("alerts.tried.none") in shown(app)
    app.number_input(key="set_named_outlet_within").set_value(48).run()
    app.text_area(key="set_named_outlet_outlets").input("巷口小报\n\n南湖晚报").run()
    app.button(key="keep_named_outlet").click().run()
    app.button(key="arm_named_outlet").click().run()
    assert not app.exception
    choice = read(desk_engine, lambda c: alerts.choices(c, [on_screen]))[on_screen]["named_outlet"]
    assert not choice.armed
    assert (choice.settings["within"], choice.settings["outlets"]) == (48, ["巷口小报", "南湖晚报"])


def test_a_target_is_added_masked_tested_rested_and_removed(desk_engine: Engine, opened: Open) -> None:
    w = content.words("zh")
    app = opened("alerts", alerts_part="targets")
    assert w("alerts.targets.none") in shown(app)
    app.text_input(key="target_name").input("值班群").run()
    app.text_input(key="target_address").input("不是地址").run()
    app.button(key="target_add").click().run()
    assert app.warning
    app.text_input(key="target_address").input("https://hook.example/send?key=K3Y-1234").run()
    app.text_input(key="target_secret").input("geheim").run()
    app.button(key="target_add").click().run()
    assert not app.warning
    text = shown(app)
    assert "hook.example/…1234" in text
    assert "K3Y" not in text
    assert "geheim" not in text
    app.button(key="test_1").click().run()
    assert read(desk_engine, lambda c: outbox.record(c, None))[0].payload == {"kind": "test"}
    app.button(key="rest_1").click().run()
    assert read(desk_engine, targets.all_of)[0].paused
    app.button(key="gone_1").click().run()
    assert read(desk_engine, targets.all_of) == ()
    app = opened("alerts", alerts_part="record")
    assert w("alerts.record.state.waiting") in shown(app)


def test_quiet_hours_are_kept_for_the_incident(desk_engine: Engine, on_screen: int, opened: Open) -> None:
    app = opened("alerts", alerts_part="targets")
    app.number_input(key="policy_quiet_from").set_value(22).run()
    app.button(key="policy_keep").click().run()
    stored = read(desk_engine, lambda c: alerts.choices(c, [on_screen]))[on_screen]["delivery"]
    assert stored.settings == {"quiet_from": 22, "quiet_until": 7, "escalate_after": 10}
