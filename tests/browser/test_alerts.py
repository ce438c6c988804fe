"""Alerts on the screen: a rule is tried on history, switched off and armed again, an alert is taken on by a name."""

from datetime import UTC, datetime, timedelta

import pytest

from storage import alerts, content, database
from tests.browser.steps import Person, reading, until
from tests.fixtures.press import add_item
from workflows.run_alerts import run_alerts
from workflows.save_intake_answer import save_intake_answer

pytestmark = [pytest.mark.browser, pytest.mark.long]  # by default the same deeds are done on the page without a browser: tests/dashboard


def put_news_on(url: str) -> None:
    """A red alert: one paper, the brand, a word of harm."""
    engine, now = database.make_engine(url), datetime.now(UTC)
    try:
        with database.writing(engine) as connection:
            save_intake_answer(connection, 1, "company", value="青禾厨电", now=now, actor="王敏")
            add_item(connection, 1, now - timedelta(minutes=9), title="青禾灶具爆炸致一人受伤 <b>粗</b>")
            run_alerts(connection, book=content.alert_book(), endings=content.company_endings(), now=now)
    finally:
        engine.dispose()


@pytest.mark.parametrize(("language", "width", "height"), [("zh", 1440, 900), ("en", 390, 844)])
def test_a_rule_is_tried_and_armed_and_an_alert_taken_on(start_desk, open_page, language, width, height):
    desk = start_desk()
    person = Person(open_page(width=width, height=height), desk, language)
    person.go("incidents")
    person.press("start.new.button")
    put_news_on(person.database)
    person.go()
    person.sees(person.w("alerts.strip.red", count=1))
    person.press("alerts.strip.open")
    person.sees("青禾灶具爆炸致一人受伤 <b>粗</b>")
    person.is_somebody("沈知远", ("head",))

    person.press("alerts.try")
    person.sees(person.w("alerts.tried", count=1))
    person.press("alerts.disarm")
    until(person.page, lambda: not chosen(person).armed, "the rule is switched off")
    person.press("alerts.arm")
    until(person.page, lambda: chosen(person).armed, "the rule is armed")
    assert chosen(person).saved_by == "沈知远"

    person.press("alerts.acknowledge")
    until(person.page, lambda: standing(person).state == "acknowledged", "the alert is taken on")
    assert standing(person).acknowledged_by == "沈知远"
    person.sees(person.w("alerts.none"))
    overflow = person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0


def chosen(person: Person):
    return reading(person.database, lambda connection: alerts.choices(connection, [1]))[1]["named_outlet"]


def standing(person: Person):
    return reading(person.database, lambda connection: alerts.of_incident(connection, 1))[0]
