"""What a person does on the screen, one step a function. Steps wait for what they see, never for time."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import TimeoutError

from storage import content, database

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PATIENCE = 60_000


class Person:
    """Somebody at a screen: a page, a running desk, a language."""

    def __init__(self, page: "Page", desk: Any, language: str) -> None:
        self.page, self.url, self.language = page, desk.url, language
        self.database = f"sqlite:///{(desk.home / 'desk.sqlite3').as_posix()}"
        self.w = content.words(language)
        page.set_default_timeout(PATIENCE)

    # --- going places --------------------------------------------------------------------------------------------

    def go(self, name: str = "") -> None:
        """To a page of the incident on the desk: by the menu where it stands open, else as a link would open it."""
        link = self.page.locator(f"[data-testid=stSidebarNavLink][href$='/{name}']").locator("visible=true")
        if name and f"lang={self.language}" in self.page.url and link.count() and self._in_sight(link):
            link.click()
            self.page.wait_for_url(re.compile(rf"/{name}(\?|$)"))
            return self.settled()
        query = self.page.url.split("?")[1] if "?" in self.page.url else f"lang={self.language}"
        self.page.goto(f"{self.url}/{name}?{query}")
        return self.settled()

    def _in_sight(self, link: "Locator") -> bool:
        """A folded menu's links count as visible, though they stand left of the screen."""
        box = link.bounding_box()
        return box is not None and box["x"] >= 0

    def incident(self) -> int:
        """The number of the incident on the desk."""
        return int(parse_qs(urlsplit(self.page.url).query)["incident"][0])

    def settled(self) -> None:
        """The script has run and nothing has been computed for a moment: a press while the page is drawn goes nowhere."""
        self.page.get_by_test_id("stApp").wait_for()
        self.page.evaluate("window.quietSince = null")
        self.page.wait_for_function(
            """() => { const app = document.querySelector('[data-testid=stApp]');
                const busy = document.querySelector('[data-testid=stSkeleton], [data-testid=stAppSkeleton], [data-stale=true]');
                const still = app && app.getAttribute('data-test-script-state') === 'notRunning' && !busy;
                window.quietSince = still ? (window.quietSince ?? performance.now()) : null;
                return still && performance.now() - window.quietSince > 200; }""",
            polling=50,
        )

    def presses_until(self, button: "Locator", condition: Callable[[], bool], what: str) -> None:
        """Presses as a person does who sees that nothing happened: again."""
        for _ in range(6):
            if button.count():
                button.first.click()
            for _ in range(100):
                if condition():
                    return self.settled()
                self.page.wait_for_timeout(100)
        raise AssertionError(f"never came true: {what}")

    def downloads(self, button: "Locator", path: Path) -> Path:
        """Presses a button that hands out a file, and saves it."""
        for patience in (15_000, 15_000, PATIENCE):
            try:
                with self.page.expect_download(timeout=patience) as download:
                    button.first.click()
                download.value.save_as(path)
                return path
            except TimeoutError:
                self.settled()
        raise AssertionError("nothing was handed out")

    def opens_a_new_incident(self) -> None:
        """Through the second door of the start page; the address names the incident."""
        self.go("incidents")
        self.press("start.new.button")
        self.page.wait_for_url(re.compile("incident="))
        self.settled()

    def press(self, key: str, number: int = 0, **facts: Any) -> None:
        self.page.get_by_role("button", name=self.w(key, **facts), exact=True).nth(number).click()
        self.settled()

    def sees(self, text: str) -> None:
        self.page.get_by_text(text).locator("visible=true").first.wait_for()

    # --- filling in ----------------------------------------------------------------------------------------------

    def writes(self, key: str, text: str) -> None:
        """Fills a field and leaves it: that is when it is stored."""
        field = self.page.get_by_label(self.w(key), exact=True).first
        field.fill(text)
        field.blur()
        self.page.wait_for_function("() => document.querySelector('[data-testid=stApp]') !== null")
        self.settled()

    def opens(self, key: str) -> None:
        """A folded part of the page."""
        self.page.locator("summary").filter(has_text=self.w(key)).first.click()
        self.settled()

    def sets_the_hour(self, key: str, at: datetime, zone: str = "Asia/Shanghai") -> None:
        group = self.page.get_by_role("group", name=re.compile(f"^{re.escape(self.w(key))}")).first
        group.get_by_role("spinbutton").first.click()
        self.page.keyboard.type(at.astimezone(ZoneInfo(zone)).strftime("%Y%m%d%H%M"))
        self.page.locator("h1").first.click()  # leaving the field, calendar and all, is what stores it
        self.settled()

    def is_somebody(self, name: str, roles: tuple[str, ...]) -> None:
        """Says who they are, at the top right."""
        self.page.get_by_test_id("stPopover").first.get_by_role("button").click()
        self.page.get_by_label(self.w("who.name"), exact=True).fill(name)
        choice = self.page.get_by_role("combobox", name=re.compile(re.escape(self.w("who.roles"))))
        for role in roles:
            choice.click()
            self.page.get_by_role("option", name=self.w(f"role.{role}"), exact=True).click()
        self.page.keyboard.press("Escape")
        self.page.get_by_role("button", name=self.w("who.add"), exact=True).click()
        self.settled()
        self.page.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).first.wait_for()


def until(page: "Page", condition: Callable[[], bool], what: str) -> None:
    """Waits for something outside the page to be so."""
    for _ in range(PATIENCE // 100):
        if condition():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never came true: {what}")


def reading(url: str, read: Callable[[Any], Any]) -> Any:
    """What the desk's database says."""
    engine = database.make_engine(url)
    try:
        with database.reading(engine) as connection:
            return read(connection)
    finally:
        engine.dispose()
