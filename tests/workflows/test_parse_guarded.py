import subprocess
import sys
import time
from datetime import UTC, datetime

from tests.fixtures.hostile_feeds import FEED
from workflows.parse_guarded import ROOT, ParseGuard, ParseRequest

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


def test_a_parser_that_dies_as_it_is_asked_costs_no_document() -> None:
    with ParseGuard() as guard:
        guard.parse(ParseRequest(FEED, NOW))
        assert guard._child is not None
        guard._child.kill()
        guard._child.wait()
        guard._child.poll = lambda: None  # type: ignore[method-assign]  # it died after it was looked at
        assert guard.parse(ParseRequest(FEED, NOW)).items


def test_a_parser_whose_asker_is_gone_ends_without_a_word() -> None:
    command = [sys.executable, "-m", "workflows.parse_guarded"]
    child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    with child.stdin, child.stderr:
        assert child.stderr.read() == b""
    assert child.wait(20) == 0


def test_a_closed_guard_leaves_no_process() -> None:
    guard = ParseGuard()
    guard.parse(ParseRequest(FEED, NOW))
    child = guard._child
    guard.close()
    assert child is not None
    assert child.poll() is not None
