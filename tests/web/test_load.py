"""Many people at the main pages, driven for real: twenty on one process, a hundred on four behind nginx on PostgreSQL.

Figures are printed: `python3 desk.py test --long -- -rP tests/web/test_load.py`.
"""

import shutil
from datetime import UTC, datetime

import pytest

from storage import content, events
from storage.database import make_engine, reading, writing
from tests.fixtures.crowd import Door, Note, crowd
from tests.fixtures.desk import start
from tests.fixtures.loop import in_a_loop
from tests.fixtures.nginx import HOST, NGINX, behind_nginx
from tests.fixtures.worked import WORKED, put_on_the_desk
from tests.pages import PAGES
from workflows.manage_accounts import add_account
from workflows.verify_trail import verify_trail

pytestmark = pytest.mark.long
PASSWORD = "other river nine lamps"
ROLES = ("pr", "head", "legal", "operations")
MOST_TIMES_SLOWER = 8
ALONE, TWENTY, HUNDRED = (0.5, 1.5), (4.0, 10.0), (8.0, 16.0)
"""Seconds of thought between two pages."""


def people(engine, how_many):
    """Their logins."""
    logins = [f"person{number}" for number in range(how_many)]
    with writing(engine) as connection:
        for number, login in enumerate(logins):
            roles = (ROLES[number % len(ROLES)],)
            add_account(
                connection, login=login, name=f"同事 {number}", roles=roles, password=PASSWORD, common=(), must_change=False,
                now=datetime.now(UTC),
            )  # fmt: skip
    return logins


def visit(door, logins, think, times=1):
    w = content.words("zh")
    note = Note("timeline", w("timeline.note"), w("timeline.note.button"))
    query = f"incident={WORKED['zh']}&lang=zh"
    seen = in_a_loop(crowd(door, logins, PASSWORD, tuple(PAGES), times=times, query=query, note=note, think=think))
    assert seen.errors == []
    assert len(seen.loads) == len(logins) * times * (len(PAGES) + 1)
    return seen


def tell(line):
    print(line)  # noqa: T201 the figures are what this is run for


def assert_nothing_lost(engine, *crowds):
    written = sorted(text for seen in crowds for text in seen.notes)
    with reading(engine) as connection:
        log = events.of_incident(connection, WORKED["zh"])
        noted = [str(one.facts["text"]) for one in log if one.deed == "noted"]
        assert sorted(text for text in noted if text in written) == written  # each once
        assert verify_trail(connection).faults == ()
    engine.dispose()


def test_twenty_people_on_one_process_wait_at_most_eight_times_as_long_as_one(prepared_home, worked_case):
    home = prepared_home()
    shutil.copy(worked_case, home / "desk.sqlite3")
    engine = make_engine(f"sqlite:///{(home / 'desk.sqlite3').as_posix()}")
    logins = people(engine, 20)
    desk = start(home, DESK_SIGN_IN="local")
    try:
        door = Door(desk.url, desk.url.removeprefix("http://"))
        visit(door, logins[:1], ALONE)  # everything is read once
        alone = visit(door, logins[:1], ALONE, times=3)
        together = visit(door, logins, TWENTY)
    finally:
        desk.stop()
    tell(f"one person: {alone.told}")
    tell(f"twenty people on one process: {together.told}; {together.p95 / alone.p95:.1f} times one person's p95")
    assert_nothing_lost(engine, alone, together)
    assert together.p95 <= MOST_TIMES_SLOWER * alone.p95


@pytest.mark.postgres
@pytest.mark.skipif(NGINX is None, reason="no nginx here")
def test_a_hundred_people_on_four_processes_behind_nginx_meet_no_error(prepared_home, postgres_url, tmp_path):
    engine = make_engine(postgres_url)
    with writing(engine) as connection:
        put_on_the_desk(connection, datetime.now(UTC))
    logins = people(engine, 100)
    common = {"DESK_DATABASE_URL": postgres_url, "DESK_SIGN_IN": "local", "DESK_HTTPS": "on", "DESK_BEHIND_PROXY": "on",
              "DESK_ALLOWED_HOSTS": HOST}  # fmt: skip
    desks = []
    try:
        for _ in range(4):
            desks.append(start(prepared_home(), **common))
        with behind_nginx(desks, tmp_path) as port:
            door = Door(f"https://127.0.0.1:{port}", HOST, "__Host-desk")
            first = visit(door, logins[:8], ALONE)  # everything is read once, in each process
            together = visit(door, logins, HUNDRED)
    finally:
        for desk in desks:
            desk.stop()
    tell(f"a hundred people on four processes: {together.told}, {together.refreshes} refreshes")
    assert_nothing_lost(engine, first, together)
