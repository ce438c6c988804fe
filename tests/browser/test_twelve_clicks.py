"""From the intake to a cleared, released statement in at most twelve clicks beyond typing, all people's clicks together."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from storage import database, incidents, statements
from tests.browser.steps import Person, reading, until
from tests.browser.test_main_job import SAID
from workflows.add_person import add_person

pytestmark = pytest.mark.browser

MOST = 12
NAMES = {"pr": "顾曼", "operations": "贺工", "legal": "陆以衡", "head": "沈知远"}
COUNT = """() => { window.presses = 0; addEventListener('pointerdown', event => { if (event.isTrusted) window.presses += 1 }, true) }"""


class Hand:
    """Counts what a browser itself saw pressed: every pointer that went down on any page of any person."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.gone = 0

    def takes(self, person: Person) -> Person:
        person.page.add_init_script(f"({COUNT})()")
        self.people.append(person)
        return person

    def moves(self, person: Person, leave: Callable[[], Any]) -> None:
        """A new document starts counting anew: what was pressed before is kept."""
        self.gone += self.of(person)
        leave()

    def of(self, person: Person) -> int:
        return int(person.page.evaluate("window.presses || 0"))

    @property
    def clicks(self) -> int:
        return self.gone + sum(self.of(person) for person in self.people)


@pytest.fixture
def colleagues(start_desk):
    """A desk of an office whose people are known to it before the night (practice R48)."""
    desk = start_desk()
    engine = database.make_engine(f"sqlite:///{(desk.home / 'desk.sqlite3').as_posix()}")
    now = datetime.now(UTC)
    with database.writing(engine) as connection:
        people = {role: add_person(connection, name=name, roles=(role,), now=now).id for role, name in NAMES.items()}
    engine.dispose()
    return desk, people


def test_the_worked_case_takes_at_most_twelve_clicks(colleagues, open_page):
    desk, people = colleagues
    hand = Hand()

    def sits_down(role: str, page: str, size: tuple[int, int] = (1440, 900), incident: str = "") -> Person:
        """Everybody opens the link that carries their name, as they did the day before."""
        person = hand.takes(Person(open_page(width=size[0], height=size[1]), desk, "zh"))
        person.page.goto(f"{desk.url}/{page}?lang=zh&me={people[role]}{incident}")
        person.settled()
        return person

    pr = sits_down("pr", "incidents")
    pr.press("start.new.button")
    pr.sees(pr.w("intake.title"))
    fill_in(pr)
    pr.press("intake.done")
    pr.sees(pr.w("command.now"))
    pr.press("agenda.draft.do")
    number = len(reported(pr))
    pr.writes("confirm.casualties", "南湖消防救援大队电话通报")
    pr.press("confirm.all", count=number)
    pr.sees(SAID["zh"]["contact"])
    pr.press("clearing.send")
    until(pr.page, lambda: len(asked(pr)) == 2, "operations and legal are asked")

    for role, size in (("operations", (390, 844)), ("legal", (1440, 900))):
        reader = sits_down(role, "", size, "&incident=1")
        reader.sees(reader.w("approve.title"))
        reader.sees(SAID["zh"]["contact"])
        reader.press("clearing.give")
        until(reader.page, lambda role=role: asked(pr)[role].state == "given", f"{role} has cleared it")
    head = sits_down("head", "", (390, 844), "&incident=1")
    head.press("clearing.mine.release")
    head.press("clearing.release.yes")
    until(head.page, lambda: bool(published(pr)), "it is out")

    out = published(pr)
    assert [(one.language, one.released_by) for one in out] == [("zh", NAMES["head"])]
    assert SAID["zh"]["company"] in out[0].body
    assert {role: one.decided_by for role, one in asked(pr).items()} == {role: NAMES[role] for role in asked(pr)}
    assert hand.clicks <= MOST, f"{hand.clicks} clicks"


def fill_in(person: Person) -> None:
    """Only typing: from field to field with the tabulator, folded parts opened with the keyboard."""
    said, now = SAID["zh"], datetime.now(UTC)
    for field in ("what_happened", "place"):
        types(person, field, said[field])
    hour(person, "happened_at", now - timedelta(minutes=50))
    for field, number in (("deaths", "0"), ("injured", "1"), ("missing", "0")):
        types(person, field, number)
    types(person, "asking", said["asking"])
    for section, fields in (("firm", ("company",)), ("response", ("authorities", "actions", "contact", "spokesperson"))):
        person.page.locator("summary").filter(has_text=person.w(f"intake.section.{section}")).first.click()
        person.settled()
        for field in fields:
            types(person, field, said[field])
    hour(person, "next_update", now + timedelta(hours=1))


def types(person: Person, field: str, text: str) -> None:
    person.writes(f"intake.{field}.label", text)
    until(person.page, lambda: field in answered(person), f"{field} is stored")


def hour(person: Person, field: str, at: datetime) -> None:
    """Digits typed into an hour; typed again where the page was being drawn meanwhile."""
    group = person.page.get_by_role("group", name=re.compile(f"^{re.escape(person.w(f'intake.{field}.label'))}")).first
    for _ in range(3):
        group.get_by_role("spinbutton").first.focus()
        person.page.keyboard.type(at.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y%m%d%H%M"))
        person.page.keyboard.press("Escape")
        person.page.keyboard.press("Tab")
        person.settled()
        for _ in range(50):
            if field in answered(person):
                return
            person.page.wait_for_timeout(100)
    raise AssertionError(f"{field} was never stored")


def answered(person: Person) -> dict:
    return reading(person.database, lambda connection: incidents.answers(connection, 1))


def reported(person: Person) -> list:
    from storage import facts

    return [
        one for one in reading(person.database, lambda connection: facts.of_incident(connection, 1))
        if one.status == "reported" and one.value is not None
    ]  # fmt: skip


def asked(person: Person) -> dict:
    def read(connection):
        found = statements.of_incident(connection, 1)
        return statements.clearances(connection, statements.latest(connection, found[0].id).id) if found else ()

    return {one.role: one for one in reading(person.database, read)}


def published(person: Person) -> tuple:
    return reading(person.database, lambda connection: statements.publications(connection, 1))
