"""The owner's account on one machine: made at the first start, without a password until somebody gives it one."""

import os
import subprocess
import sys
from pathlib import Path

from accounts.passwords import matches
from storage import accounts, incidents
from storage.database import make_engine, reading
from tests.fixtures.desk import ROOT

PASSWORD = "other river nine lamps"


def run(home: Path, *arguments: str, **environment: str) -> None:
    told = {"DESK_HOME": str(home), "DESK_LANGUAGE": "en"} | environment
    subprocess.run([sys.executable, str(ROOT / "desk.py"), *arguments], input=PASSWORD, text=True, check=True, env=os.environ | told)


def standing(home: Path) -> list[tuple[str, str, tuple[str, ...], bool]]:
    """(login, name, roles, whether one can sign in) of each account."""
    engine = make_engine(f"sqlite:///{(home / 'desk.sqlite3').as_posix()}")
    with reading(engine) as connection:
        people = {one.id: incidents.get_person(connection, one.person_id) for one in accounts.all_of(connection)}
        known = [
            (one.login, people[one.id].name, people[one.id].roles, matches(one.password_hash, PASSWORD))
            for one in accounts.all_of(connection)
        ]
        assert accounts.any_account(connection) == any(open_to for *_, open_to in known)
    engine.dispose()
    return known


def test_the_first_start_makes_the_owners_account_once_and_nobody_can_sign_in_with_it(tmp_path):
    run(tmp_path, "migrate")
    run(tmp_path, "migrate")
    assert standing(tmp_path) == [("owner", "Owner", ("head", "administrator"), False)]


def test_the_owner_is_given_a_password_to_open_the_desk_to_the_network(tmp_path):
    run(tmp_path, "migrate")
    run(tmp_path, "account", "owner")
    assert standing(tmp_path) == [("owner", "Owner", ("head", "administrator"), True)]


def test_a_desk_with_accounts_has_no_account_that_nobody_asked_for(tmp_path):
    run(tmp_path, "migrate", DESK_SIGN_IN="local")
    assert standing(tmp_path) == []
