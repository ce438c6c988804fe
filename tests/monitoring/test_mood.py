"""Whether it turns: shares with their uncertainty, spans and bars."""

from datetime import UTC, datetime, timedelta

import pytest

from monitoring import mood
from monitoring.mood import ToneCounts

NOON = datetime(2026, 3, 14, 4, 7, tzinfo=UTC)  # 12:07 in Shanghai


@pytest.mark.parametrize(
    ("recent", "before", "said"),
    [
        (ToneCounts(), ToneCounts(9, 9, 9), "silent"),
        (ToneCounts(4), ToneCounts(0, 20), "thin"),
        (ToneCounts(38, 4, 1), ToneCounts(1, 4, 3), "worse"),
        (ToneCounts(3, 20, 7), ToneCounts(30, 5, 0), "better"),
        (ToneCounts(30, 3), ToneCounts(29, 4), "negative"),
        (ToneCounts(12, 1), ToneCounts(), "negative"),
        (ToneCounts(1, 2, 20), ToneCounts(), "positive"),
        (ToneCounts(6, 8, 2), ToneCounts(5, 9, 2), "steady"),
        (ToneCounts(4, 2), ToneCounts(2, 4), "steady"),
    ],
)
def test_the_direction_is_told_only_where_the_numbers_carry_it(recent, before, said):
    assert mood.direction(recent, before) == said


def test_the_intervals_are_those_of_the_papers():
    assert mood.wilson(81, 263, 1.96) == pytest.approx((0.2553, 0.3662), abs=1e-4)  # Newcombe 1998a, table I
    assert mood.difference((56, 70), (48, 80), 1.96) == pytest.approx((0.0524, 0.3339), abs=1e-4)  # Newcombe 1998b, table II
    assert mood.wilson(0, 0) == (0.0, 1.0)


def test_bars_start_at_round_local_times_and_the_last_one_holds_now():
    for span, (hours, minutes) in mood.SPANS.items():
        since, until, width = mood.bins(span, NOON, "Asia/Shanghai")
        assert until - since == timedelta(hours=hours)
        assert width == timedelta(minutes=minutes)
        assert until - width <= NOON < until
    since, until, _ = mood.bins("6h", NOON, "Asia/Kathmandu")
    assert until.minute % 20 == 0


def test_the_answer_is_about_the_shortest_span_with_news():
    ago = lambda hours: NOON - timedelta(hours=hours)  # noqa: E731
    assert [mood.hours_with_items(ago(hours), NOON) for hours in (1, 3, 20, 60, 200, 2000)] == [2, 6, 24, 72, 336, None]
    assert mood.hours_with_items(None, NOON) is None
    assert [mood.span_for(ago(hours), NOON) for hours in (1, 7, 30, 80, 2000)] == ["6h", "24h", "72h", "14d", "6h"]
