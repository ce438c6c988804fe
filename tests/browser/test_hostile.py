"""Whatever is typed into a field is shown as it was typed: nothing runs, loads, links, poses as ours or breaks the layout."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incidents.intake import FIELDS, SECTIONS
from incidents.trail import first_break
from storage import audiences, events, facts, incidents
from storage.database import make_engine, writing
from tests import payloads
from tests.browser.hostile_incident import put_on_the_desk
from tests.browser.steps import Person, reading
from tests.fixtures.desk import RunningDesk, start
from tests.pages import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

TEXTS = {"strange": payloads.STRANGE, "long": payloads.LONG, "unbroken": payloads.UNBROKEN}
SHORT = "<h1>冒充的标题</h1><script>window.ran=1</script>![](http://example.invalid/x.png){{7*7}}🔥"
# What a browser made of the page: it must not have made anything out of the text.
LOOK = """() => ({
    ran: window.ran ?? null,
    posing: [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(one => one.textContent.trim() === '冒充的标题').length,
    leading: document.querySelectorAll('[src*="example.invalid"],[href*="example.invalid"],[href^="javascript:"]').length,
    loading: document.querySelectorAll('[data-testid=stApp] :is(iframe, embed, object, script), meta[http-equiv=refresh]').length,
    computed: /九九九/.test(document.body.innerText),
    failed: document.querySelectorAll('[data-testid=stException]').length,
    wider: Math.max(...[document.scrollingElement, ...document.querySelectorAll('[data-testid=stMain], [data-testid=stAppViewContainer]')]
        .map(one => one.scrollWidth - one.clientWidth)),
})"""
CALM = {"ran": None, "posing": 0, "leading": 0, "loading": 0, "computed": False, "failed": 0, "wider": 0}


@pytest.fixture(scope="module")
def desk(prepared_home: Callable[[], Path], sqlite_template: Path) -> Iterator[RunningDesk]:
    """A desk with one incident for each text, in the order of TEXTS."""
    home = prepared_home()
    shutil.copy(sqlite_template, home / "desk.sqlite3")
    engine = make_engine(f"sqlite:///{(home / 'desk.sqlite3').as_posix()}")
    for number, text in enumerate(TEXTS.values(), start=1):
        with writing(engine) as connection:
            assert put_on_the_desk(connection, text, datetime.now(UTC)) == number
    engine.dispose()
    running = start(home)
    yield running
    running.stop()


@pytest.fixture
def person(desk: RunningDesk, open_page: Callable[..., "Page"]) -> Person:
    return Person(open_page(width=390, height=844), desk, "zh")


def looked_at(person: Person) -> dict[str, object]:
    """What LOOK finds with everything folded unfolded."""
    person.page.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach(one => one.click())")
    person.settled()
    found: dict[str, object] = person.page.evaluate(LOOK)
    return found


@pytest.mark.parametrize("kind", ["strange", *(pytest.param(kind, marks=pytest.mark.long) for kind in ("unbroken", "long"))])
def test_every_page_shows_the_text_and_makes_nothing_of_it(person: Person, kind: str):
    found = {name: page_with(person, kind, name) for name in PAGES}
    assert {name: told for name, told in found.items() if told != CALM} == {}


def page_with(person: Person, kind: str, name: str) -> dict[str, object]:
    person.page.goto(f"{person.url}/{name}?lang=zh&incident={[*TEXTS].index(kind) + 1}")
    person.settled()
    assert person.page.locator("h1").count() == 1
    return looked_at(person)


def test_a_group_and_the_people_with_such_names_are_names(person: Person):
    group = reading(person.database, lambda connection: next(one for one in audiences.of_incident(connection, 1) if one.custom))
    person.page.goto(f"{person.url}/audiences?lang=zh&incident=1&audience={group.id}")
    person.settled()
    for panel in ("four", "say", "contact", "stance"):
        person.page.get_by_test_id("stButtonGroup").get_by_text(person.w(f"audiences.panel.{panel}"), exact=True).click()
        person.settled()
        assert looked_at(person) == CALM, panel
    person.page.get_by_test_id("stPopover").first.get_by_role("button").click()
    person.page.get_by_role("radio").first.wait_for()
    assert looked_at(person) == CALM


def test_typed_into_the_screen_it_is_stored_as_it_was_typed(person: Person):
    person.go("incidents")
    person.press("start.new.button")
    for section in SECTIONS:
        if section != "first":
            person.opens(f"intake.section.{section}")
    written = [field.name for field in FIELDS if field.kind in ("text", "lines")]
    for name in written:
        person.writes(f"intake.{name}.label", SHORT)
    number = int(person.page.url.split("incident=")[1].split("&")[0])
    assert looked_at(person) == CALM
    person.go("timeline")
    person.page.get_by_label(person.w("timeline.note"), exact=True).fill(SHORT)
    person.press("timeline.note.button")
    person.sees("{{7*7}}")
    answers = reading(person.database, lambda connection: incidents.answers(connection, number))
    assert {name: answers[name].value for name in written} == {
        field.name: (SHORT,) if field.kind == "lines" else SHORT for field in FIELDS if field.name in written
    }
    log = reading(person.database, lambda connection: events.of_incident(connection, number))
    assert first_break(log) is None
    assert [one.facts["text"] for one in log if one.deed == "noted"] == [SHORT]
    assert {SHORT} == {one.value for one in reading(person.database, lambda connection: facts.of_incident(connection, number))}
