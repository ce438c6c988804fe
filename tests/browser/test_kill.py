"""kill -9 at each step of the main job: what the screen had shown as saved is there, nothing is there twice.

A step is a press or a field left. The web server is killed after the screen has settled, and, in the long run, while the
step is under way: then it has happened once or not at all, and doing it again makes it happen once.
"""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from incidents.trail import first_break
from storage import events, facts, judgements, statements
from storage.database import Connection, make_engine, writing
from storage.schema import metadata
from tests.browser.steps import Person, reading, until
from tests.fixtures.desk import RunningDesk
from tests.fixtures.incidents import STOVE, on_the_desk
from workflows.add_fact import add_fact
from workflows.add_person import add_person

pytestmark = [pytest.mark.browser, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]


@dataclass(frozen=True)
class Step:
    """One thing a person does on a page; `count` says from the database how often it has happened."""

    page: str
    act: Callable[[Person], None]
    count: Callable[[Connection], int]
    times: int = 1


def press(key: str) -> Callable[[Person], None]:
    return lambda person: person.page.get_by_role("button", name=person.w(key), exact=True).first.click()


def leave(key: str, text: str) -> Callable[[Person], None]:
    def act(person: Person) -> None:
        field = person.page.get_by_label(person.w(key), exact=True).first
        field.fill(text)
        field.blur()

    return act


def note(person: Person) -> None:
    person.page.get_by_label(person.w("timeline.note"), exact=True).fill("22:05 家属到医院")
    press("timeline.note.button")(person)


def release(person: Person) -> None:
    person.press("clearing.release")
    press("clearing.release.yes")(person)


def noted(connection: Connection) -> int:
    return sum(one.deed == "noted" for one in events.of_incident(connection, 1))


def given(connection: Connection) -> int:
    found = statements.of_incident(connection, 1)
    latest = statements.latest(connection, found[0].id)
    return sum(one.state == "given" for one in statements.clearances(connection, latest.id))


def asked(connection: Connection) -> int:
    found = statements.of_incident(connection, 1)
    return len({one.role for one in statements.waiting_in(connection, found[0].incident_id)})


def of_slot(slot: str, status: str) -> Callable[[Connection], int]:
    return lambda connection: sum((one.slot, one.status) == (slot, status) for one in facts.of_incident(connection, 1))


STEPS = {
    "field": Step("intake", leave("intake.office.label", "云州办事处"), lambda c: said_in_log(c, "office")),
    "fact": Step("intake", leave("intake.product.label", "七号灶"), of_slot("product", "reported")),
    "judge": Step("type", press("typepage.judge"), lambda c: len(judgements.history(c, 1))),
    "confirm": Step("facts", press("facts.confirm"), of_slot("detail", "confirmed")),
    "note": Step("timeline", note, noted),
    "draft": Step("statement", press("statement.draft"), lambda c: len(statements.of_incident(c, 1))),
    "send": Step("statement", press("clearing.send"), asked, 2),
    "operations": Step("statement", press("clearing.give"), given, 1),
    "legal": Step("statement", press("clearing.give"), given, 2),
    "head": Step("statement", press("clearing.give"), given, 3),
    "release": Step("statement", release, lambda c: len(statements.publications(c, 1))),
}
KILLED_BY_DEFAULT = ("release",)


def said_in_log(connection: Connection, field: str) -> int:
    return sum(one.deed == "intake_saved" and one.facts.get("field") == field for one in events.of_incident(connection, 1))


@pytest.fixture
def home(prepared_home: Callable[[], Path], sqlite_template: Path) -> Path:
    """A desk's folder with one incident, its facts confirmed but one, and one person of every role."""
    made = prepared_home()
    shutil.copy(sqlite_template, made / "desk.sqlite3")
    engine, now = make_engine(f"sqlite:///{(made / 'desk.sqlite3').as_posix()}"), datetime.now(UTC)
    answers = STOVE | {"happened_at": (now - timedelta(hours=1)).isoformat(), "next_update": (now + timedelta(hours=1)).isoformat()}
    with writing(engine) as connection:
        assert on_the_desk(connection, now, answers) == 1
        add_fact(connection, 1, slot="detail", kind="text", value="现场已由消防救援部门管控", actor="王敏", now=now)
        add_person(connection, name="沈知远", roles=("head", "pr", "legal", "operations"), now=now)
    engine.dispose()
    return made


def server_of(desk: RunningDesk) -> int:
    """The process of the web server, 0 while there is none."""
    own = Path(f"/proc/{desk.process.pid}/task/{desk.process.pid}/children").read_text().split()
    told = {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") for pid in own if Path(f"/proc/{pid}").exists()}
    return next((pid for pid, words in told.items() if b"serve" in words), 0)


def kill_the_server(desk: RunningDesk, person: Person) -> None:
    """kill -9, and wait until the desk has started another."""
    before = server_of(desk)
    os.kill(before, signal.SIGKILL)
    until(person.page, lambda: server_of(desk) not in (0, before) and answers(desk), "the web server came back")


def answers(desk: RunningDesk) -> bool:
    try:
        return desk.get("/readyz")[0] == 200
    except OSError:
        return False


def opens(person: Person, name: str) -> None:
    person.page.goto(f"{person.url}/{name}?lang=zh&incident=1&me=1")
    person.page.locator("h1").first.wait_for()
    person.settled()
    person.page.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach(one => one.click())")


def happened(person: Person, step: Step) -> int:
    return int(reading(person.database, step.count))


def rows(person: Person) -> dict[str, list[str]]:
    """Everything that is stored."""
    def read(connection: Connection) -> dict[str, list[str]]:
        return {name: sorted(map(str, connection.execute(select(table)))) for name, table in metadata.tables.items()}

    found: dict[str, list[str]] = reading(person.database, read)
    return found


def whole(person: Person) -> None:
    """The log is one chain without a gap, versions count from one, nothing is there twice."""
    def read(connection: Connection) -> tuple[Any, ...]:
        found = statements.of_incident(connection, 1)
        numbers = [one.number for stands in found for one in statements.versions(connection, stands.id)]
        return events.of_incident(connection, 1), facts.of_incident(connection, 1), numbers, statements.publications(connection, 1)

    log, known, numbers, out = reading(person.database, read)
    assert first_break(log) is None
    assert len({(one.slot, str(one.value)) for one in known}) == len(known)
    assert numbers == list(range(len(numbers), 0, -1))
    assert len({(one.number, one.language) for one in out}) == len(out)


def test_a_killed_server_loses_nothing_that_was_shown_as_saved(start_desk, open_page, home):
    desk = start_desk(home=home)
    person = Person(open_page(), desk, "zh")
    walk(person, lambda: kill_the_server(desk, person), KILLED_BY_DEFAULT)


def walk(person: Person, kill: Callable[[], None], killed: tuple[str, ...]) -> None:
    for name, step in STEPS.items():
        opens(person, step.page)
        step.act(person)
        person.settled()
        until(person.page, lambda step=step: happened(person, step) == step.times, name)
        if name in killed:
            saved, shown = rows(person), text_of(person, step)
            kill()
            assert rows(person) == saved
            assert text_of(person, step) == shown
    whole(person)


def text_of(person: Person, step: Step) -> str:
    """What the page says that does not count minutes."""
    opens(person, step.page)
    lines: list[str] = person.page.get_by_test_id("stMain").inner_text().splitlines()
    return "\n".join(line for line in lines if not any(sign.isdigit() for sign in line))


@pytest.fixture
def killed_and_opened_again(start_desk, home) -> Callable[[RunningDesk, Person], RunningDesk]:
    """kill -9 of the web server and of `desk.py run` above it; then the same folder is opened again."""

    def again(desk: RunningDesk, person: Person) -> RunningDesk:
        os.kill(server_of(desk), signal.SIGKILL)
        desk.kill()
        made: RunningDesk = start_desk(home=home)
        person.url = made.url
        return made

    return again


@pytest.mark.long
def test_killed_after_every_step_it_loses_nothing_that_was_shown_as_saved(start_desk, open_page, home, killed_and_opened_again):
    running = [start_desk(home=home)]
    person = Person(open_page(width=390, height=844), running[0], "zh")
    walk(person, lambda: running.append(killed_and_opened_again(running[-1], person)), tuple(STEPS))


@pytest.mark.long
@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.3])
def test_killed_during_each_step_it_has_happened_once_or_not_at_all(
    start_desk, open_page, home, killed_and_opened_again, seconds
):
    desk = start_desk(home=home)
    person = Person(open_page(), desk, "zh")
    for name, step in STEPS.items():
        opens(person, step.page)
        before = happened(person, step)
        step.act(person)
        time.sleep(seconds)  # the moment at which it is killed
        desk = killed_and_opened_again(desk, person)
        assert happened(person, step) in (before, step.times), name
        if happened(person, step) == before:
            opens(person, step.page)
            step.act(person)
            until(person.page, lambda step=step: happened(person, step) == step.times, name)
    whole(person)
