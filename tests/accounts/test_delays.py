"""How long one waits after failures, and when a session has ended."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.delays import LONGEST_SESSION, LONGEST_WAIT, is_open, wait_after
from accounts.models import Account, SignIn

IDLE = timedelta(minutes=30)


def test_a_typing_mistake_costs_nothing_and_guessing_costs_more_each_time():
    waits = [wait_after(count).total_seconds() for count in range(1, 9)]
    assert waits == [0, 0, 0, 2, 4, 8, 16, 32]
    assert wait_after(500) == LONGEST_WAIT


@pytest.fixture
def session(now):
    account = Account(1, 1, "gu", "hash", None, False, True, now - timedelta(days=9), 1)
    return SignIn(1, 1, now - timedelta(hours=1), now - timedelta(minutes=1), None, "Chromium"), account


def test_an_open_session_lets_its_owner_in(session, now):
    assert is_open(*session, IDLE, now)


@pytest.mark.parametrize(
    ("of_session", "of_account"),
    [
        ({"ended_at": "now"}, {}),
        ({"seen_at": IDLE + timedelta(minutes=1)}, {}),
        ({"begun_at": LONGEST_SESSION + timedelta(minutes=1)}, {}),
        ({}, {"active": False}),
        ({}, {"sessions_from": timedelta(minutes=5)}),
    ],
    ids=["signed out", "idle", "older than a night", "account closed", "signed out everywhere"],
)
def test_a_session_that_has_ended_does_not(session, now, of_session, of_account):
    signed, account = session
    at = {"now": now}
    changed = {name: at.get(value) or now - value for name, value in of_session.items()}
    held = {name: value if isinstance(value, bool) else now - value for name, value in of_account.items()}
    assert not is_open(replace(signed, **changed), replace(account, **held), IDLE, now)
