"""Promised updates are counted, working days and deputies told apart by the hour."""

from datetime import UTC, datetime, timedelta

import pytest

from incidents.deputies import acting, acting_roles
from incidents.models import Clock, Person
from incidents.promises import promises
from incidents.working_days import end_of_working_day

NOW = datetime(2026, 3, 14, 13, 17, tzinfo=UTC)


def promise(due: int, stopped: int | None = None, rule: str = "next_update") -> Clock:
    """Minutes from now."""
    at = NOW + timedelta(minutes=stopped) if stopped is not None else None
    kept = None if stopped is None else stopped <= due
    return Clock(1, 1, rule, {}, NOW, NOW + timedelta(minutes=due), stopped_at=at, kept=kept)


def test_promises_are_on_time_late_broken_or_still_to_come():
    found = promises([promise(-60, -70), promise(-60, -60), promise(-50, -20), promise(-5), promise(30)], NOW)
    assert (found.on_time, found.late, found.broken, found.running, found.promised) == (2, 1, 1, 1, 4)


def test_other_clocks_are_no_promises():
    assert promises([promise(-5, rule="first_statement"), promise(-5, rule="recall_report")], NOW).promised == 0


def test_a_promise_at_this_very_minute_is_not_broken_yet():
    assert promises([promise(0)], NOW).running == 1


@pytest.mark.parametrize(
    ("since", "days", "ends"),
    [
        ("2026-03-12T10:00+08:00", 2, "2026-03-17T00:00+08:00"),  # Thursday: Friday and Monday
        ("2026-03-14T21:17+08:00", 2, "2026-03-18T00:00+08:00"),  # Saturday: Monday and Tuesday
        ("2026-03-16T00:30+08:00", 1, "2026-03-18T00:00+08:00"),  # in Shanghai it is Monday already
    ],
)
def test_working_days_leave_weekends_out_in_the_zone_of_the_incident(since, days, ends):
    at = datetime.fromisoformat(since).astimezone(UTC)
    assert end_of_working_day(at, days, "Asia/Shanghai") == datetime.fromisoformat(ends)


def test_a_deputy_acts_for_a_person_who_is_there():
    legal = Person(1, "陆以衡", ("legal",))
    stands_in = Person(2, "顾曼", ("pr",), deputy_of=1, deputy_from=NOW, deputy_until=NOW + timedelta(hours=1))
    assert acting(stands_in, "legal", [legal, stands_in], NOW).principal == "陆以衡"
    assert acting(stands_in, "pr", [legal, stands_in], NOW).principal is None
    assert acting(stands_in, "legal", [stands_in], NOW) is None
    assert acting(stands_in, "legal", [legal, stands_in], NOW + timedelta(hours=1)) is None
    assert acting_roles(stands_in, [legal, stands_in], NOW) == ("pr", "legal")
