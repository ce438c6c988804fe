"""The share of items that carry what we said: counted by clauses, with what happens by chance before it."""

from datetime import datetime, timedelta

from monitoring.message import Carrying, carries, carrying, clauses, span_after

SAID = ("我们已安排专人陪同伤者家属，起因正在调查。", "特此说明。", "A colleague of ours is supporting the family of the injured.")


def test_only_clauses_that_could_be_nobody_elses_count():
    assert clauses(SAID) == ("我们已安排专人陪同伤者家属", "a colleague of ours is supporting the family of the injured")


def test_an_item_carries_a_clause_said_nearly_word_for_word():
    wanted = clauses(SAID)
    assert carries("澜灶回应\n澜灶称，已安排专人陪同伤者家属，详情待查。", wanted)
    assert carries("Maker speaks\nA colleague of ours is supporting the family of the injured, it said.", wanted)
    assert carries("家属说没有人来\n伤者家属表示，至今没有见到厂家的人。", wanted) is None
    assert carries("", wanted) is None
    assert carries("家属", wanted) is None


def test_copies_count_each_and_the_band_is_told():
    found = carrying(["已安排专人陪同伤者家属，澜灶说"] * 3 + ["小区停气"] * 7, clauses(SAID))
    assert found == Carrying(3, 10)
    low, high = found.bounds
    assert low < 0.3 < high
    assert Carrying(0, 0).share == 0.0


def test_as_long_after_as_has_passed(now: datetime):
    hours = lambda n: now - timedelta(hours=n)  # noqa: E731
    assert [span_after(hours(n), now) / timedelta(hours=1) for n in (1, 3, 7, 100)] == [1, 2, 6, 24]
