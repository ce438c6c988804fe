import time
from datetime import UTC, datetime

from tests.fixtures.hostile_feeds import FEED
from workflows.parse_guarded import ParseGuard, ParseRequest

NOW = datetime(2026, 3, 14, 13, 17, tzinfo=UTC)
ENDLESS = b"<rss><channel>" + b"<item><title>x</title></item>" * 150_000


def test_a_document_that_takes_too_long_is_given_up_and_the_next_one_is_read() -> None:
    with ParseGuard(longest=1.0) as guard:
        assert guard.parse(ParseRequest(FEED, NOW)).items
        started = time.monotonic()
        refused = guard.parse(ParseRequest(ENDLESS, NOW)).refused
        assert refused is not None
        assert (refused.key, refused.facts) == ("parse.too_slow", {"seconds": 1})
        assert time.monotonic() - started < 30
        assert guard.parse(ParseRequest(FEED, NOW)).items


def test_a_parser_that_dies_is_started_again() -> None:
    with ParseGuard() as guard:
        assert guard.parse(ParseRequest(FEED, NOW)).items
        assert guard._child is not None
        guard._child.kill()
        guard._child.wait()
        assert guard.parse(ParseRequest(FEED, NOW)).items


def test_a_closed_guard_leaves_no_process() -> None:
    guard = ParseGuard()
    guard.parse(ParseRequest(FEED, NOW))
    child = guard._child
    guard.close()
    assert child is not None
    assert child.poll() is not None
