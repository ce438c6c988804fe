"""The monitor page as people use it: an item corrected and taken back, terms tried and saved, an item by hand, a search."""

import re

import pytest

from storage import readings, watching
from tests.browser.steps import Person, reading, until

pytestmark = [pytest.mark.browser, pytest.mark.long]

CORRECTED = "卖场把澜灶都撤下来了，看来是真有问题"


def _items(person: Person, incident_id: int):
    return reading(person.database, lambda connection: readings.items(connection, incident_id, most=100))


def test_items_are_corrected_watched_for_entered_and_found(start_desk, open_page) -> None:
    desk = start_desk(collector=True)
    person = Person(open_page(height=1400), desk, "zh")
    person.go("incidents")
    person.press("start.sample.button")
    until(person.page, lambda: len(_items(person, 1)) > 20, "the shipped feeds are read")
    person.go("monitor")
    correct_and_undo(person)
    try_and_save_terms(person)
    enter_by_hand(person)
    search(person)


def correct_and_undo(person: Person) -> None:
    person.page.locator(".cd-item-title", has_text=CORRECTED).first.wait_for()
    mine = next(one for one in _items(person, 1) if one.title == CORRECTED)
    row = person.page.locator(f".st-key-cd_correct_{mine.link_id}")
    row.get_by_role("radio", name=re.compile(person.w("tone.positive"))).or_(
        row.get_by_role("button", name=re.compile(person.w("tone.positive")))
    ).first.click()
    row.get_by_role("button", name=person.w("correct.undo"), exact=True).wait_for()
    person.sees(re.compile(re.escape(person.w("correct.machine", tone=person.w(f"tone.{mine.tone}"), level=mine.gravity))))
    changed = next(one for one in _items(person, 1) if one.id == mine.id)
    assert (changed.tone, changed.machine_tone) == ("positive", mine.tone)
    row.get_by_role("button", name=person.w("correct.undo"), exact=True).click()
    until(person.page, lambda: not next(one for one in _items(person, 1) if one.id == mine.id).corrected, "the correction is undone")
    person.settled()


def try_and_save_terms(person: Person) -> None:
    before = len(_items(person, 1))
    terms = reading(person.database, lambda connection: watching.terms(connection, 1))
    person.go("monitor")
    person.page.locator("summary").filter(has_text=person.w("watch.title", count=len(terms))).click()
    person.settled()
    field = person.page.get_by_label(person.w("watch.kind.exclude"), exact=True)
    field.fill("二手灶具 或 道歉")
    field.blur()
    person.press("watch.try")
    person.sees(re.compile(re.escape(person.w("watch.preview", matching=0, n=0, standing=0).split("0")[0])))
    assert len(_items(person, 1)) == before
    person.press("watch.save")
    until(person.page, lambda: len(_items(person, 1)) < before, "items that the new term keeps out are gone")
    assert not [one for one in _items(person, 1) if "道歉" in one.title]


def enter_by_hand(person: Person) -> None:
    person.go("monitor")
    person.opens("byhand.title")
    person.writes("byhand.outlet", "微博 @邻居")
    person.writes("byhand.text", "短视频：灶具炸得满地玻璃\n<script>alert(1)</script>拍视频的人说有人受伤。")
    person.press("byhand.add")
    until(person.page, lambda: any(one.added_by is not None and one.judged for one in _items(person, 1)), "it is stored and judged")
    [mine] = [one for one in _items(person, 1) if one.added_by is not None]
    assert (mine.title, mine.tone) == ("短视频：灶具炸得满地玻璃", "negative")
    assert "<script" not in mine.summary


def search(person: Person) -> None:
    person.go("search")
    field = person.page.get_by_label(person.w("search.words"), exact=True)
    field.fill("满地 玻璃")
    person.press("search.button")
    person.sees("短视频：灶具炸得")
    field.fill("没有这样的词")
    person.press("search.button")
    person.sees(person.w("search.none.here", words="没有这样的词"))
