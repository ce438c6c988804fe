"""Signing in at a real server, and what it serves to whom."""

import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from storage import accounts
from storage.database import make_engine, reading
from tests.browser.steps import Person
from tests.fixtures.desk import ROOT

FIRST, OWN = "river lamp seven stones", "other river nine lamps"
BROWSER = {"accept": "text/html"}
UPGRADE = {
    "connection": "Upgrade", "upgrade": "websocket", "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(prepared_home):
    """A desk with two accounts: gu (PR, and administrator) and he (observer), each with a first password."""
    import os

    from tests.fixtures.desk import start

    home = prepared_home()
    for login, roles in (("gu", "pr,administrator"), ("he", "observer")):
        add = [sys.executable, str(ROOT / "desk.py"), "account", login, "--name", login.upper(), "--roles", roles]
        subprocess.run(add, input=FIRST, text=True, check=True, env=os.environ | {"DESK_HOME": str(home)})
    running = start(home, DESK_SIGN_IN="local")
    yield running
    running.stop()


def signed_in(desk, login="gu", password=FIRST, path="/sign-in", **headers):
    status, answered, _ = desk.post(path, {"login": login, "password": password, "next": "/facts"}, **headers)
    return status, answered, answered.get("set-cookie", "").split(";")[0]


def settled(desk, login):
    """A cookie of an account that has chosen its own password."""
    for first in (FIRST, OWN):
        status, _, cookie = signed_in(desk, login, first)
        if status == 303 and first == FIRST:
            change = {"old": FIRST, "new": OWN, "again": OWN, "next": "/"}
            _, headers, _ = desk.post("/sign-in/password", change, cookie=cookie)
            return headers["set-cookie"].split(";")[0]
        if status == 303:
            return cookie
    raise AssertionError("could not sign in")


def test_without_a_session_nothing_but_the_sign_in_page_is_served(desk):
    status, headers, _ = desk.get("/facts?incident=1", **BROWSER)
    assert (status, headers["location"]) == (303, "/sign-in?next=%2Ffacts%3Fincident%3D1")
    for path in ("/_stcore/health", "/_stcore/host-config", "/media/x", "/static/js/x.js"):
        assert desk.get(path)[0] == 401, path
    assert desk.get("/_stcore/stream", **UPGRADE)[0] == 401
    assert desk.get("/sign-in", **BROWSER)[0] == desk.get("/livez")[0] == 200


def test_a_wrong_password_and_a_wrong_name_are_told_alike(desk):
    answers = [desk.post("/sign-in", {"login": login, "password": "wrong", "next": "/"}) for login in ("he", "nobody")]
    said = [body.decode().replace('value="he"', "").replace('value="nobody"', "") for _, _, body in answers]
    assert [status for status, _, _ in answers] == [401, 401]
    assert said[0] == said[1]


def test_whoever_chooses_a_language_to_sign_in_keeps_it(desk):
    _, _, chinese = desk.get("/sign-in?again=1&next=/facts", **BROWSER)
    assert '<a href="?lang=en&amp;next=%2Ffacts&amp;again=1" lang="en">EN</a>' in chinese.decode()
    _, _, english = desk.get("/sign-in?again=1&lang=en&next=/facts", **BROWSER)
    assert "<h1>Sign in</h1>" in english.decode()
    answer = desk.post("/sign-in?lang=en", {"login": "nobody", "password": "wrong", "next": "/facts"})
    assert "The name or the password is wrong." in answer[2].decode()
    form = {"login": "gu", "password": FIRST, "next": "/facts?lang=zh&incident=1"}
    assert desk.post("/sign-in?lang=en", form)[1]["location"] == "/facts?incident=1&lang=en"


def test_the_cookie_is_for_the_server_alone(desk):
    status, headers, cookie = signed_in(desk)
    assert (status, headers["location"]) == (303, "/facts")
    attributes = {part.strip().lower() for part in headers["set-cookie"].split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/"} <= attributes
    assert len(cookie.split("=")[1]) >= 43


def test_a_first_password_opens_only_the_page_that_changes_it(desk):
    status, _, cookie = signed_in(desk, "he")
    assert status == 303
    moved = desk.get("/", cookie=cookie, **BROWSER)
    assert (moved[0], moved[1]["location"]) == (303, "/sign-in/password?next=%2F")
    assert desk.get("/_stcore/stream", cookie=cookie, **UPGRADE)[0] == 401


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil", "/a\nb"])
def test_nobody_is_sent_elsewhere_after_signing_in(desk, where):
    answered = desk.post("/sign-in", {"login": "gu", "password": FIRST, "next": where})
    if answered[0] == 401:
        answered = desk.post("/sign-in", {"login": "gu", "password": OWN, "next": where})
    assert answered[1]["location"] == "/"


def test_a_form_from_another_place_is_refused(desk):
    assert signed_in(desk, origin="https://evil.example")[0] == 403


@pytest.mark.parametrize("cookie", ["desk=", "desk=forged", "desk=" + "a" * 5000, 'desk="', "__Host-desk=x"])
def test_a_forged_cookie_or_a_made_up_header_opens_nothing(desk, cookie):
    named = {"x-forwarded-user": "gu", "x-remote-user": "gu", "x-streamlit-user": "gu"}
    assert desk.get("/_stcore/health", cookie=cookie, **named)[0] == 401


def test_signing_out_ends_the_session_for_every_holder_of_the_cookie(desk):
    cookie = settled(desk, "gu")
    assert desk.get("/_stcore/health", cookie=cookie)[0] == 200
    assert desk.post("/sign-in/out", {}, cookie=cookie)[0] == 303
    assert desk.get("/_stcore/health", cookie=cookie)[0] == 401


def test_guessing_has_to_wait(desk):
    for _ in range(4):
        signed_in(desk, "guessed", "wrong")
    _, _, body = desk.post("/sign-in", {"login": "guessed", "password": "wrong", "next": "/"})
    assert "秒" in body.decode()


@pytest.mark.browser
def test_a_person_signs_in_works_and_is_out_in_every_tab(desk, open_page):
    cookie = settled(desk, "gu")
    desk.post("/sign-in/out", {}, cookie=cookie)
    page = open_page()
    person = Person(page, desk, "zh")
    page.goto(f"{desk.url}/incidents?lang=zh")
    page.get_by_label("登录名").fill("gu")
    page.get_by_label("密码").fill(OWN)
    page.get_by_role("button", name="登录").click()
    person.settled()
    assert urlsplit(page.url).path == "/incidents"
    person.press("start.new.button")
    person.writes("intake.what_happened.label", "灶具爆炸")
    other = page.context.new_page()
    other.goto(f"{desk.url}/sign-in/account")
    other.get_by_role("button", name="退出登录", exact=True).click()
    other.get_by_label("登录名").wait_for()
    person.page.get_by_label(person.w("intake.place.label"), exact=True).fill("南湖区")
    person.page.locator("h1").first.click()
    person.sees(person.w("account.signed_out"))


@pytest.mark.browser
def test_an_observer_reads_and_is_refused_what_changes_something(desk, open_page):
    name, value = settled(desk, "he").split("=", 1)
    page = open_page()
    page.context.add_cookies([{"name": name, "value": value, "url": desk.url}])
    person = Person(page, desk, "zh")
    person.go("incidents")
    person.press("start.new.button")
    person.sees(person.w("error.no_right"))
    person.go("people")
    person.sees(person.w("people.not_yours"))
    engine = make_engine(f"sqlite:///{(desk.home / 'desk.sqlite3').as_posix()}")
    with reading(engine) as connection:
        assert accounts.notes(connection)[0]["facts"] == {"what": "open_incident", "incident": None, "why": "no_right"}
    engine.dispose()
