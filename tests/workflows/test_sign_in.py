"""Accounts and sessions on both databases."""

from datetime import timedelta

import pytest

from accounts.models import Caller, acting
from errors import BadInput, NotAllowed
from storage import accounts, incidents
from storage.content import common_passwords
from storage.database import reading, writing
from workflows.manage_accounts import add_account, add_owner, change_password, close_account, reset_password, set_roles
from workflows.sign_in import (
    account_to_try,
    begin_session,
    caller_of,
    end_all_sessions,
    refuse_sign_in,
    session_at,
)

IDLE = timedelta(minutes=30)
WORD = "river lamp seven stones"


@pytest.fixture
def made(do):
    """Makes accounts: `made("gu", ["pr"])`."""

    def one(login="gu", roles=("pr",), name=None):
        return do(add_account, login=login, name=name or login, roles=roles, password=WORD, common=common_passwords())

    return one


def test_an_account_is_found_however_its_name_is_typed(do, made):
    account = made("  Gu  Man ")
    assert account.login == "gu man"
    assert do(account_to_try, "gu man").id == account.id
    with pytest.raises(BadInput):
        made("GU MAN", name="somebody else")


def test_after_failures_one_waits_whether_or_not_there_is_such_an_account(do, made, now):
    made()
    for login in ("gu", "nobody"):
        for _ in range(6):
            do(refuse_sign_in, login)
        with pytest.raises(NotAllowed) as refused:
            do(account_to_try, login)
        assert (refused.value.key, refused.value.facts["seconds"]) == ("sign_in_wait", 9)
        do(account_to_try, login, at=now + timedelta(seconds=9))


def test_signing_in_forgives_the_failures(do, made):
    account = made()
    for _ in range(3):
        do(refuse_sign_in, "gu")
    do(begin_session, account, "token", agent="Chromium")
    do(refuse_sign_in, "gu")
    assert do(account_to_try, "gu")


def test_a_session_is_kept_as_a_hash_and_ends_when_it_is_idle(do, engine, made, now):
    do(begin_session, made(), "the-token", agent="Chromium")
    with reading(engine) as connection:
        assert session_at(connection, "the-token", idle=IDLE, now=now + IDLE)
        assert session_at(connection, "the-token", idle=IDLE, now=now + IDLE + timedelta(seconds=1)) is None
        assert session_at(connection, "another", idle=IDLE, now=now) is None
        assert accounts.session_of(connection, accounts.digest("the-token")) is None


@pytest.mark.parametrize("way", ["everywhere", "closed", "reset", "changed"])
def test_a_session_begun_before_is_over(do, engine, made, now, way):
    account, _other = made(), made("head", ("administrator",))
    do(begin_session, account, "token", agent="Chromium")
    later = now + timedelta(minutes=1)
    deeds = {
        "everywhere": lambda: do(end_all_sessions, account.id, actor="gu", at=later),
        "closed": lambda: do(close_account, account.id, at=later),
        "reset": lambda: do(reset_password, account.id, password="other lamp seven river", common=(), at=later),
        "changed": lambda: do(change_password, account, password="other lamp seven river", common=(), at=later),
    }
    deeds[way]()
    with reading(engine) as connection:
        assert session_at(connection, "token", idle=IDLE, now=later) is None


def test_an_owner_nobody_can_sign_in_as_is_no_administrator_left(do, made):
    do(add_owner, name="机主")
    only = made("head", ("head", "administrator"))
    with pytest.raises(NotAllowed) as refused:
        do(close_account, only.id)
    assert refused.value.key == "last_administrator"


def test_the_last_administrator_stays(do, made):
    only = made("head", ("head", "administrator"))
    for attempt in (lambda: do(close_account, only.id), lambda: do(set_roles, only.id, ["head"])):
        with pytest.raises(NotAllowed) as refused:
            attempt()
        assert refused.value.key == "last_administrator"
    made("second", ("administrator",))
    do(set_roles, only.id, ["head"])


def test_what_happened_to_accounts_is_on_the_list(do, engine, made):
    account = made()
    do(refuse_sign_in, "gu")
    do(begin_session, account, "t", agent="")
    with reading(engine) as connection:
        assert [one["deed"] for one in accounts.notes(connection)] == ["signed_in", "sign_in_refused", "account_added"]
        assert caller_of(connection, account) == Caller(account.person_id, "gu", frozenset({"pr"}))


def test_only_an_administrator_makes_accounts(engine, made, now):
    pr = made()
    with writing(engine) as connection:
        person = incidents.get_person(connection, pr.person_id)
        with acting(Caller(person.id, person.name, frozenset({"pr", "head"}))), pytest.raises(NotAllowed) as refused:
            add_account(connection, login="x", name="X", roles=("administrator",), password=WORD, common=(), now=now)
    assert refused.value.key == "no_right"
