"""An organisation's own sign-in: a real provider on loopback, a real browser."""

import json
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from storage import accounts
from storage.database import writing
from tests.browser.steps import Person, until
from tests.fixtures.desk import start

PEOPLE = (
    {"sub": "gu", "name": "顾曼", "groups": ["press-office"]},
    {"sub": "he", "name": "贺工", "groups": ["canteen"]},
)
pytestmark = pytest.mark.browser


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@pytest.fixture(scope="module")
def provider():
    port = free_port()
    users = [option for one in PEOPLE for option in ("--user-claims", json.dumps(one))]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *users],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(200):
        with socket.socket() as asking:
            asking.settimeout(0.1)
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                break
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(30)


@pytest.fixture(scope="module")
def desk(provider, prepared_home):
    port = free_port()
    running = start(
        prepared_home(), DESK_PORT=str(port), DESK_SIGN_IN="oidc", DESK_OIDC_CLIENT="desk", DESK_OIDC_SECRET="kept",
        DESK_OIDC_METADATA=f"{provider}/.well-known/openid-configuration", DESK_OIDC_ADDRESS=f"http://127.0.0.1:{port}",
        DESK_OIDC_ROLES="press-office=pr+administrator; board=executive",
    )  # fmt: skip
    yield running
    running.stop()


@pytest.fixture
def open_page(browser):
    """As everywhere, but unwatched: the provider's own page is none of ours, and asks for a style sheet elsewhere."""
    contexts = []

    def open_one():
        contexts.append(browser.new_context(locale="zh-CN"))
        contexts[-1].route("https://**", lambda route: route.abort())
        return contexts[-1].new_page()

    yield open_one
    for context in contexts:
        context.close()


def comes_in(person, subject):
    person.page.goto(f"{person.url}/incidents?lang=zh")
    person.page.get_by_role("button", name=person.w("account.organisation")).click()
    person.page.wait_for_url(lambda address: "oauth2" in address or "authorize" in address)
    person.page.get_by_role("button", name=subject).click()
    person.page.wait_for_url(lambda address: address.startswith(person.url))
    person.settled()


def test_a_person_comes_in_through_the_organisation_and_leaves(desk, open_page):
    person = Person(open_page(), desk, "zh")
    comes_in(person, "gu")
    person.sees("顾曼")
    person.go("incidents")
    person.press("start.new.button")
    person.sees(person.w("intake.title"))
    person.page.get_by_test_id("stPopover").last.get_by_role("button").click()
    person.page.get_by_role("button", name=person.w("account.leave")).click()
    person.page.wait_for_url(lambda address: "end_session" in address, wait_until="load")
    person.go("incidents")
    person.page.get_by_role("button", name=person.w("account.organisation")).wait_for()


def test_a_person_without_a_group_of_ours_is_told_and_sees_nothing(desk, open_page):
    person = Person(open_page(), desk, "zh")
    comes_in(person, "he")
    person.sees(person.w("account.no_roles"))
    assert not person.page.get_by_role("button", name=person.w("start.new.button")).count()


def test_an_account_that_was_closed_here_is_out_in_the_next_moment(desk, open_page):
    person = Person(open_page(), desk, "zh")
    comes_in(person, "gu")
    person.sees("顾曼")
    from storage.database import make_engine

    engine = make_engine(person.database)
    with writing(engine) as connection:
        mine = next(one for one in accounts.all_of(connection) if (one.subject or "").endswith(" gu"))
        accounts.save(connection, mine, active=False)
    person.page.reload()
    person.sees(person.w("account.signed_out"))
    with writing(engine) as connection:
        accounts.save(connection, accounts.get(connection, mine.id), active=True)
    engine.dispose()


def test_a_made_up_cookie_lets_nobody_in(desk, open_page):
    page = open_page()
    for name in ("_streamlit_user", "desk"):
        page.context.add_cookies([{"name": name, "value": "eyJzdWIiOiJndSJ9.forged", "url": desk.url}])
    person = Person(page, desk, "zh")
    person.go("incidents")
    page.get_by_role("button", name=person.w("account.organisation")).wait_for()
    until(page, lambda: urlsplit(page.url).path == "/incidents", "still outside")
