"""The configuration of docs/behind-nginx.md, run: TLS, the WebSocket, the visitor's own address, two processes on PostgreSQL."""

import http.client
import os
import re
import ssl
import subprocess
import sys
from urllib.parse import urlencode

import pytest

from storage import accounts
from storage.database import make_engine, reading
from tests.browser.steps import Person
from tests.fixtures.desk import ROOT, start
from tests.fixtures.nginx import NGINX, behind_nginx
from tests.web.test_signing_in import FIRST, OWN

pytestmark = [
    pytest.mark.long, pytest.mark.browser, pytest.mark.postgres, pytest.mark.skipif(NGINX is None, reason="no nginx here"),
]  # fmt: skip


@pytest.fixture
def desks(prepared_home, postgres_url):
    """Two processes on one database, and an account at it."""
    common = {"DESK_DATABASE_URL": postgres_url, "DESK_SIGN_IN": "local", "DESK_HTTPS": "on", "DESK_BEHIND_PROXY": "on",
              "DESK_ALLOWED_HOSTS": "desk.example.org"}  # fmt: skip
    homes = [prepared_home(), prepared_home()]
    add = [sys.executable, str(ROOT / "desk.py"), "account", "gu", "--name", "顾曼", "--roles", "pr,head"]
    subprocess.run(add, input=FIRST, text=True, check=True, env=os.environ | common | {"DESK_HOME": str(homes[0])})
    running = [start(home, **common) for home in homes]
    yield running
    for one in running:
        one.stop()


@pytest.fixture
def front(desks, tmp_path):
    """The port at which nginx answers with TLS."""
    with behind_nginx(desks, tmp_path) as port:
        yield port


def ask(port, method, path, form=None, **headers):
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=60, context=ssl._create_unverified_context())
    try:
        named = {"host": "desk.example.org", "content-type": "application/x-www-form-urlencoded"} | headers
        connection.request(method, path, urlencode(form) if form else None, named)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_the_documented_configuration_carries_a_working_desk(front, desks, postgres_url, browser):
    status, headers, _ = ask(front, "GET", "/", accept="text/html")
    assert (status, headers["location"]) == (303, "/sign-in?next=%2F")
    assert headers["strict-transport-security"]
    assert ask(front, "GET", "/_stcore/health")[0] == 401
    assert ask(front, "GET", "/livez", host="evil.example")[0] == 400
    assert ask(front, "POST", "/sign-in", {"login": "gu", "password": "wrong"}, origin="https://evil.example")[0] == 403
    status, headers, _ = ask(front, "POST", "/sign-in", {"login": "gu", "password": FIRST, "next": "/"})
    assert status == 303
    assert headers["set-cookie"].startswith("__Host-desk=")
    assert "secure" in headers["set-cookie"].lower()

    context = browser.new_context(ignore_https_errors=True, locale="zh-CN")
    page = context.new_page()
    desk = type("Desk", (), {"url": f"https://127.0.0.1:{front}", "home": desks[0].home})
    person = Person(page, desk, "zh")
    page.goto(f"{desk.url}/incidents?lang=zh")
    page.get_by_label("登录名").fill("gu")
    page.get_by_label("密码").fill(FIRST)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(re.compile("password"))
    fields = page.locator("input[type=password]")
    for number, word in enumerate((FIRST, OWN, OWN)):
        fields.nth(number).fill(word)
    page.locator("form button[type=submit], form button").first.click()
    person.settled()
    person.opens_a_new_incident()
    person.writes("intake.what_happened.label", "灶具爆炸")
    context.close()
    engine = make_engine(postgres_url)
    with reading(engine) as connection:
        assert {"signed_in"} <= {one["deed"] for one in accounts.notes(connection)}
    engine.dispose()
