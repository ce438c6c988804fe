import socket
import tracemalloc
from typing import Any

import pytest

from monitoring.fetch import fetch_all
from monitoring.models import Fetched, FetchLimits, FetchRequest
from tests.fixtures.hostile_feeds import FEED, MODIFIED, Feeds, serving
from tests.fixtures.loop import in_a_loop

LIMITS = FetchLimits(total_seconds=0.5, connect_seconds=0.3, max_bytes=200_000)


def ask(*paths: str, allow_private: bool = True, feeds: Feeds | None = None, **conditions: Any) -> list[Fetched]:
    async def run() -> list[Fetched]:
        async with serving(feeds or Feeds()) as server:
            urls = [path if "://" in path or ":" in path else server.base + path for path in paths]
            requests = [FetchRequest(n, url, **conditions) for n, url in enumerate(urls)]
            return await fetch_all(requests, LIMITS, allow_private)

    return in_a_loop(run())


def test_a_feed_is_read_with_what_its_server_says_about_it() -> None:
    [answer] = ask("/conditional")
    assert (answer.body, answer.etag, answer.last_modified, answer.problem) == (FEED, '"one"', MODIFIED, None)


def test_an_unchanged_feed_is_not_sent_again() -> None:
    [answer] = ask("/conditional", etag='"one"', last_modified=MODIFIED)
    assert answer.unchanged
    assert (answer.etag, answer.last_modified) == ('"one"', MODIFIED)


@pytest.mark.parametrize("path", ["/brotli", "/gzip", "/raw-deflate"])
def test_packed_bodies_are_unpacked(path: str) -> None:
    assert ask(path)[0].body == FEED


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/silent", "fetch.timeout"),
        ("/drip", "fetch.timeout"),
        ("/endless", "fetch.too_big"),
        ("/brotli-bomb", "fetch.too_big"),
        ("/gzip-bomb", "fetch.too_big"),
        ("/gzip-lie", "fetch.spoilt"),
        ("/cut-off", "fetch.spoilt"),
        ("/circle", "fetch.too_many_redirects"),
        ("/to-a-file", "fetch.not_http"),
        ("/to-nowhere", "fetch.bad_redirect"),
        ("/nothing-here", "fetch.gone"),
        ("file:///etc/passwd", "fetch.not_http"),
        ("ftp://example.test/feed", "fetch.not_http"),
        ("javascript:alert(1)", "fetch.not_http"),
        ("http://", "fetch.bad_address"),
        ("http://[::1", "fetch.bad_address"),
        ("http://a b/", "fetch.bad_address"),
        ("http://127.0.0.1:1/", "fetch.unreachable"),
        ("http://no-such-host.invalid/", "fetch.no_such_host"),
    ],
)
def test_what_goes_wrong_comes_back_as_a_key(path: str, key: str) -> None:
    assert ask(path)[0].error_key == key


def test_a_bomb_takes_no_memory() -> None:
    tracemalloc.start()
    ask("/brotli-bomb", "/gzip-bomb")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000


def test_a_busy_server_says_when_to_come_again() -> None:
    [answer] = ask("/busy")
    assert (answer.error_key, answer.retry_after) == ("fetch.busy", 120.0)


def test_a_feed_that_moved_for_good_says_where_it_went() -> None:
    [answer] = ask("/moved")
    assert answer.body == FEED
    assert answer.moved_for_good
    assert answer.final_url.endswith("/good")


def test_answers_come_in_the_order_of_the_requests_whatever_fails_between() -> None:
    answers = ask("/good", "/silent", "/slow", "bad:", "/good")
    assert [answer.id for answer in answers] == [0, 1, 2, 3, 4]
    assert [answer.body is not None for answer in answers] == [True, False, True, False, True]


def test_a_host_is_asked_for_few_things_at_once() -> None:
    feeds = Feeds()
    ask(*["/slow"] * 9, feeds=feeds)
    assert len(feeds.asked) == 9
    assert feeds.most_at_once <= LIMITS.per_host


def test_a_host_that_does_not_answer_is_given_up_for_the_round() -> None:
    feeds = Feeds()
    answers = ask(*["/silent"] * 12, feeds=feeds)
    assert {answer.error_key for answer in answers} == {"fetch.timeout"}
    assert len(feeds.asked) <= 5


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert ask("/good")[0].body == FEED


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "127.1"]
)
def test_an_inner_address_is_refused_however_it_is_written(host: str) -> None:
    feeds = Feeds()

    async def run() -> Fetched:
        async with serving(feeds) as server:
            port = server.base.rsplit(":", 1)[1]
            return (await fetch_all([FetchRequest(0, f"http://{host}:{port}/good")], LIMITS))[0]

    answer = in_a_loop(run())
    assert answer.error_key in ("fetch.inner_network", "fetch.no_such_host", "fetch.bad_address")
    assert feeds.asked == []


def test_a_name_that_turns_inward_between_asking_and_connecting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(self: Any, host: str, port: int = 0, family: int = 0) -> list[dict[str, Any]]:
        return [{"hostname": host, "host": "127.0.0.1", "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}]

    monkeypatch.setattr("aiohttp.ThreadedResolver.resolve", resolve)
    assert ask("http://rebinding.example/feed", allow_private=False)[0].error_key == "fetch.inner_network"


def test_a_redirect_inward_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the server of the first hop is declared public."""
    monkeypatch.setattr("monitoring.fetch.is_public", lambda address: address == "127.0.0.1")
    assert ask("/inward", allow_private=False)[0].error_key == "fetch.inner_network"
