"""The main job on the screen: from the first call to a released statement, in both languages, wide and on a phone."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from storage import facts, incidents, statements
from tests.browser.steps import Person, reading, until

pytestmark = pytest.mark.browser

SAID = {
    "zh": {
        "what_happened": "一户居民家中厨房发生爆炸，现场有我司品牌灶具",
        "place": "云州市南湖区一住宅小区",
        "asking": "南湖晚报记者",
        "company": "青禾厨电",
        "authorities": "消防救援部门",
        "actions": "负责人已到达现场配合救援\n已向市场监督管理部门报告",
        "contact": "400-555-0100",
        "spokesperson": "办事处负责人",
    },
    "en": {
        "what_happened": "an explosion occurred in the kitchen of a home where a stove of our brand is installed",
        "place": "a residential compound in Nanhu District, Yunzhou",
        "asking": "A reporter of the Nanhu Evening Post",
        "company": "Qinghe Kitchen",
        "authorities": "the fire and rescue service",
        "actions": "our manager has reached the scene to support the rescue\nwe have reported to the market regulator",
        "contact": "400-555-0100",
        "spokesperson": "the head of our Yunzhou office",
    },
}
FOLDED = {"firm": ("company",), "response": ("authorities", "actions", "contact", "spokesperson")}
NAME = {"zh": "沈知远", "en": "Shen Zhiyuan"}


@pytest.mark.parametrize(("language", "width", "height"), [("zh", 1440, 900), ("en", 390, 844)])
def test_from_the_first_call_to_a_released_statement(start_desk, open_page, tmp_path, language, width, height):
    desk = start_desk()
    person = Person(open_page(width=width, height=height), desk, language)
    database = person.database
    person.opens_a_new_incident()
    fill_in(person, language)
    person.page.reload()  # in the middle: nothing may be lost
    person.settled()
    assert person.page.get_by_label(person.w("intake.place.label"), exact=True).input_value() == SAID[language]["place"]
    person.press("intake.done")
    person.sees(person.w("command.now"))
    person.is_somebody(NAME[language], ("head", "pr", "legal", "operations"))

    person.go("facts")
    confirm_everything(person)
    person.go("type")
    person.sees(person.w("type.linear"))
    person.go("audiences")
    person.sees(person.w("audiences.title"))
    person.go("statement")
    person.press("statement.draft")
    person.sees(SAID[language]["contact"])
    person.press("bind.family.tell")  # the count was confirmed by ourselves, not by an authority
    person.press("clearing.send")
    for given in (1, 2, 3):  # operations and legal, then the head: each a card of its own
        button = person.page.locator(f".st-key-give_{given} button")
        person.presses_until(button, lambda given=given: len(reading(database, cleared)) == given, f"{given} clearances")
    person.press("clearing.release")
    person.press("clearing.release.yes")
    person.sees("SHA-256")

    out = reading(database, lambda connection: statements.publications(connection, 1))
    assert [one.language for one in out] == [language]
    assert SAID[language]["company"] in out[0].body
    read_back(person, tmp_path, out[0].body, language)
    person.go("timeline")
    person.sees(person.w("timeline.kind.statement"))
    assert reading(database, lambda connection: incidents.get(connection, 1)).status == "open"


def cleared(connection):
    version = statements.latest(connection, 1)
    return [one for one in statements.clearances(connection, version.id) if one.state == "given"]


def fill_in(person: Person, language: str) -> None:
    said = SAID[language]
    now = datetime.now(UTC)
    person.sees(person.w("intake.title"))
    for field in ("what_happened", "place"):
        answer(person, field, said[field])
    hour(person, "happened_at", now - timedelta(minutes=50))
    for field, number in (("deaths", "0"), ("injured", "1"), ("missing", "0")):
        answer(person, field, number)
    answer(person, "asking", said["asking"])
    for section, fields in FOLDED.items():
        person.opens(f"intake.section.{section}")
        for field in fields:
            answer(person, field, said[field])
    hour(person, "next_update", now + timedelta(hours=1))


def answer(person: Person, field: str, text: str) -> None:
    """Fills one field and sees to it that the desk has stored it."""
    person.writes(f"intake.{field}.label", text)
    until(person.page, lambda: field in answered(person), f"{field} is stored")


def hour(person: Person, field: str, at: datetime) -> None:
    """Types an hour until it is stored: digits typed while the page is being drawn go nowhere, and a person types again."""
    for _ in range(3):
        person.sets_the_hour(f"intake.{field}.label", at)
        for _ in range(50):
            if field in answered(person):
                return
            person.page.wait_for_timeout(100)
    raise AssertionError(f"{field} was never stored")


def answered(person: Person) -> dict:
    return reading(person.database, lambda connection: incidents.answers(connection, 1))


def confirm_everything(person: Person) -> None:
    confirm = person.page.get_by_role("button", name=person.w("facts.confirm"), exact=True)
    while left := confirm.count():
        person.presses_until(confirm, lambda left=left: confirm.count() < left, f"fewer than {left} facts to confirm")


def read_back(person: Person, folder: Path, body: str, language: str) -> None:
    """The Word file holds the released words, in a Chinese font where they are Chinese."""
    button = person.page.get_by_role("button", name=person.w("out.docx"), exact=True)
    path = person.downloads(button, folder / "statement.docx")
    document = Document(io.BytesIO(path.read_bytes()))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for line in body.splitlines():
        assert line.strip() in text
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "宋体"


def test_a_closed_tab_and_another_browser_find_everything_again(running_desk, open_page):
    first = Person(open_page(), running_desk, "zh")
    first.opens_a_new_incident()
    first.writes("intake.what_happened.label", "灶具爆炸")
    address = first.page.url
    first.page.close()
    second = Person(open_page(width=390, height=844), running_desk, "zh")
    second.page.goto(address)
    second.settled()
    assert second.page.get_by_label(second.w("intake.what_happened.label"), exact=True).input_value() == "灶具爆炸"


def test_two_people_in_one_field_the_second_is_told_and_keeps_the_words(running_desk, open_page):
    one = Person(open_page(), running_desk, "zh")
    one.opens_a_new_incident()
    other = Person(open_page(), running_desk, "zh")
    other.page.goto(one.page.url)
    other.settled()
    one.writes("intake.place.label", "南湖区")
    other.writes("intake.place.label", "北湖区")
    other.sees(other.w("error.changed_meanwhile"))
    assert other.page.get_by_label(other.w("intake.place.label"), exact=True).input_value() == "北湖区"
    assert [fact.value for fact in reading(one.database, lambda c: facts.of_incident(c, one.incident()))] == ["南湖区"]
