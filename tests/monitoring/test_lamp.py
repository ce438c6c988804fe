"""The feed lamp names the first thing that keeps news from coming in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitoring.mood import SILENT, Feed, lamp

NOW = datetime(2026, 3, 14, 13, 17, tzinfo=UTC)
GOOD = Feed(1, "https://a.example/rss", "甲", 1, False, 1, last_good_at=NOW)
NEW, SICK, RESTING = replace(GOOD, last_good_at=None), replace(GOOD, problem_key="fetch.timeout"), replace(GOOD, paused=True)


@pytest.mark.parametrize(
    ("feeds", "beat", "state"),
    [
        ((), NOW, "none"),
        ((RESTING,), NOW, "paused"),
        ((GOOD,), None, "never"),
        ((GOOD,), NOW - SILENT - timedelta(seconds=1), "stopped"),
        ((GOOD, SICK), NOW, "sick"),
        ((NEW,), NOW, "waiting"),
        ((GOOD, NEW), NOW - SILENT, "fine"),
        ((GOOD, replace(SICK, paused=True)), NOW, "fine"),
    ],
)
def test_the_lamp_says_how_the_reading_stands(feeds, beat, state):
    assert lamp(feeds, beat, NOW).state == state


def test_the_lamp_counts_the_feeds_that_are_read():
    shown = lamp((GOOD, SICK, RESTING), NOW, NOW)
    assert (shown.total, shown.sick, shown.last_good_at) == (2, 1, NOW)
