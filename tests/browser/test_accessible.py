"""axe-core on every page of the worked case, wide and on a phone, light and dark: nothing serious."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from storage import audiences
from tests.browser.steps import Person, reading
from tests.fixtures.desk import RunningDesk, start
from tests.fixtures.worked import WORKED
from tests.pages import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# Screens by width, height and whether it is dark; all but the hardest belong to the long run.
SCREENS = {
    "wide and light": (1440, 900, False), "narrow and dark": (390, 844, True),
    "wide and dark": (1440, 900, True), "narrow and light": (390, 844, False),
}  # fmt: skip
DEFAULT = ("narrow and dark",)
GRAVE = ("serious", "critical")
# Pages and, where more opens on a press, the keys of what is pressed on each.
PRESSED = {
    "audiences": ("audiences.view.picture", "audiences.view.plan"),
    "audiences?audience=": ("audiences.panel.say", "audiences.panel.contact", "audiences.panel.stance"),
    "statement": ("statement.view.both",),
    "monitor": (),
}


@pytest.fixture(scope="module")
def desk(prepared_home: Callable[[], Path], worked_case: Path) -> Iterator[RunningDesk]:
    home = prepared_home()
    shutil.copy(worked_case, home / "desk.sqlite3")
    running = start(home)
    yield running
    running.stop()


@pytest.fixture
def person(desk: RunningDesk, open_page: Callable[..., "Page"], request: pytest.FixtureRequest) -> Person:
    width, height, dark = SCREENS[request.param]
    return Person(open_page(width=width, height=height, dark=dark), desk, "zh")


def screens() -> list[object]:
    return [pytest.param(name, marks=() if name in DEFAULT else pytest.mark.long) for name in SCREENS]


@pytest.mark.parametrize("person", screens(), indirect=True)
def test_nothing_serious_on_any_page(person: Person):
    found = {name: complaints(goes_to(person, name)) for name in PAGES}
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.long
@pytest.mark.parametrize("person", screens(), indirect=True)
def test_nothing_serious_on_what_opens_on_a_press(person: Person):
    found = {}
    for name, keys in PRESSED.items():
        goes_to(person, name.replace("?audience=", f"?audience={somebody(person)}"))
        found[name] = complaints(person)
        for key in keys:
            person.page.get_by_test_id("stButtonGroup").get_by_text(person.w(key), exact=True).click()
            person.settled()
            found[key] = complaints(person)
    person.page.get_by_test_id("stPopover").first.get_by_role("button").click()
    person.page.get_by_label(person.w("who.name"), exact=True).wait_for()
    found["who"] = complaints(person)
    assert {name: told for name, told in found.items() if told} == {}


def somebody(person: Person) -> int:
    """The group that is next."""
    return reading(person.database, lambda connection: audiences.of_incident(connection, WORKED[person.language])[0].id)


def goes_to(person: Person, name: str) -> Person:
    mark = "&" if "?" in name else "?"
    person.page.goto(f"{person.url}/{name}{mark}lang={person.language}&incident={WORKED[person.language]}")
    person.settled()
    return person


def complaints(person: Person) -> list[str]:
    """What axe-core finds serious or critical on the screen as it stands, with what is folded unfolded."""
    person.page.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach(one => one.click())")
    person.settled()
    answer = Axe().run(person.page).response
    assert answer["passes"], "axe-core has read nothing"
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for violation in answer["violations"]
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]
