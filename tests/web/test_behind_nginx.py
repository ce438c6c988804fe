"""The configuration of docs/behind-nginx.md, run: TLS, the WebSocket, the visitor's own address, two processes on PostgreSQL."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from urllib.parse import urlencode

import pytest

from storage import accounts
from storage.database import make_engine, reading
from tests.browser.steps import Person
from tests.fixtures.desk import PATIENCE, ROOT, start
from tests.web.test_signing_in import FIRST, OWN

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
pytestmark = [
    pytest.mark.long, pytest.mark.browser, pytest.mark.postgres, pytest.mark.skipif(NGINX is None, reason="no nginx here"),
]  # fmt: skip


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


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
    told = re.search(r"```nginx\n(.*?)```", (ROOT / "docs" / "behind-nginx.md").read_text(encoding="utf-8"), re.DOTALL)[1]
    tls, plain = free_port(), free_port()
    for old, new in (
        ("127.0.0.1:8501", desks[0].url.removeprefix("http://")), ("127.0.0.1:8502", desks[1].url.removeprefix("http://")),
        ("listen 443 ssl;", f"listen 127.0.0.1:{tls} ssl;"), ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("/etc/ssl/desk/fullchain.pem", f"{tmp_path}/desk.crt"), ("/etc/ssl/desk/privkey.pem", f"{tmp_path}/desk.key"),
    ):  # fmt: skip
        assert old in told
        told = told.replace(old, new)
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=desk.example.org",
            "-keyout", f"{tmp_path}/desk.key", "-out", f"{tmp_path}/desk.crt"]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    folders = "".join(f"{name}_temp_path {tmp_path}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; pid {tmp_path}/nginx.pid; error_log {tmp_path}/error.log;\nevents {{}}\n"
        f"http {{ access_log off;\n{folders}{told}\n}}\n",
        encoding="utf-8",
    )
    process = subprocess.Popen([NGINX, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")], stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + PATIENCE
    while process.poll() is None and not answers(tls) and time.monotonic() < end:
        time.sleep(0.05)
    assert process.poll() is None, process.stderr.read()
    yield tls
    process.terminate()
    process.wait(30)


def answers(port):
    with socket.socket() as asking:
        asking.settimeout(1)
        return asking.connect_ex(("127.0.0.1", port)) == 0


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
