"""The web door of a running desk, asked over HTTP."""

import socket
from base64 import b64encode
from hashlib import sha256
from urllib.parse import urlsplit

import pytest

from tests.fixtures.desk import RunningDesk

PATHS = ["/", "/intake", "/_stcore/health", "/livez", "/readyz", "/no/such/thing", "/_stcore/metrics", "/favicon.png"]


@pytest.mark.parametrize("path", PATHS)
def test_every_response_carries_the_security_headers(running_desk: RunningDesk, path: str) -> None:
    _, headers, _ = running_desk.get(path)
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    assert policy["frame-ancestors"] == policy["object-src"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "server" not in headers


def test_the_one_inline_script_let_in_is_streamlits_own(running_desk: RunningDesk) -> None:
    _, headers, body = running_desk.get("/", accept="text/html")
    script = body.split(b"<script>")[1].split(b"</script>")[0]
    assert b64encode(sha256(script).digest()).decode() in headers["content-security-policy"]
    assert headers["content-security-policy"].count("sha256-") == body.count(b"<script>") == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:99", "[::1]:8501"])
def test_this_machines_own_names_are_answered(running_desk: RunningDesk, host: str) -> None:
    assert running_desk.get("/livez", host=host)[0] == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil"])
def test_a_foreign_host_name_is_refused(running_desk: RunningDesk, host: str) -> None:
    assert running_desk.get("/livez", host=host)[0] == 400


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "http://localhost"])
def test_what_a_page_of_another_origin_sends_is_refused(running_desk: RunningDesk, origin: str) -> None:
    assert running_desk.get("/livez", origin=origin)[0] == 403


def test_a_page_of_our_own_is_answered(running_desk: RunningDesk) -> None:
    assert running_desk.get("/livez", origin=running_desk.url)[0] == 200


@pytest.mark.parametrize(("origin", "status"), [(None, 101), ("http://evil.example", 403)])
def test_a_websocket_is_opened_for_our_own_pages_alone(running_desk: RunningDesk, origin: str | None, status: int) -> None:
    where = urlsplit(running_desk.url)
    request = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: {where.netloc}\r\nOrigin: {origin or running_desk.url}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: streamlit\r\n\r\n"
    )
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=30) as wire:
        wire.sendall(request.encode())
        assert wire.recv(4096).startswith(f"HTTP/1.1 {status} ".encode())


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/interact"])
def test_streamlits_side_doors_are_closed(running_desk: RunningDesk, path: str) -> None:
    assert running_desk.get(path)[0] == 404


@pytest.mark.parametrize(("query", "language", "title"), [
    ("", "zh-CN", "危机公关指挥台"),
    ("?lang=en", "en", "The Crisis Desk"),
    ("?lang=%3Cscript%3E", "zh-CN", "危机公关指挥台"),
])  # fmt: skip
def test_the_empty_page_names_its_language_and_the_desk(
    running_desk: RunningDesk, query: str, language: str, title: str
) -> None:
    headers = {"accept": "text/html,*/*", "accept-encoding": "gzip"}
    status, answered, body = running_desk.get(f"/{query}", **headers)
    assert status == 200
    assert int(answered["content-length"]) == len(body)
    assert f'<html lang="{language}">' in body.decode()
    assert f"<title>{title}</title>" in body.decode()
    assert "agent" not in body.decode()


def test_only_this_machine_is_listened_to(running_desk: RunningDesk) -> None:
    port = urlsplit(running_desk.url).port or 0
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.2", port), timeout=5)
