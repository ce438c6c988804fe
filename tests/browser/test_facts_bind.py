"""A confirmed count turns out otherwise: the statement shows which sentences are stale, and one press takes them as they are now."""

import pytest

from storage import facts, statements
from tests.browser.steps import Person, reading, until

pytestmark = [pytest.mark.browser, pytest.mark.long]  # by default: tests/workflows/test_facts_bind_texts.py


def fact(person: Person):
    known = reading(person.database, lambda connection: facts.of_incident(connection, 1))
    return next(one for one in known if one.slot == "injured")


def said(person: Person) -> str:
    def read(connection):
        mine = statements.sentences(connection, statements.latest(connection, 1).id)
        return next(one.text for one in mine if (one.language, one.sid) == ("zh", "casualties"))

    return reading(person.database, read)


def test_a_changed_count_is_taken_over_with_one_press(start_desk, open_page):
    person = Person(open_page(), start_desk(), "zh")
    person.go("incidents")
    person.press("start.sample.button")
    person.sees(person.w("command.now"))
    person.is_somebody("周宁", ("operations", "pr"))
    assert "1人受伤" in said(person)

    person.go("facts")
    row = person.page.locator(f".st-key-cd_row_fact_{fact(person).id}")
    row.get_by_role("button", name=person.w("facts.more"), exact=True).click()
    field = person.page.get_by_role("spinbutton", name=person.w("slot.injured"), exact=True)
    field.fill("2")
    field.blur()
    person.settled()
    person.press("facts.correct")
    until(person.page, lambda: fact(person).value == 2, "the count is corrected")
    person.sees(person.w("bind.used.stale", texts="")[:3])
    confirm = row.get_by_role("button", name=person.w("facts.confirm"), exact=True)
    person.presses_until(confirm, lambda: fact(person).settled, "the count is confirmed again")

    person.go("statement")
    person.sees(person.w("bind.stale"))
    take = person.page.locator("[class*='st-key-stale'][class*='take'] button, [class*='st-key-stale_all'] button")
    person.presses_until(take, lambda: "2人受伤" in said(person), "the corrected sentence is taken")
    person.go("statement")
    assert person.page.get_by_text(person.w("bind.stale.now")).count() == 0
