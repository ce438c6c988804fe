"""Every deed asks whether it may be done: one table, and nothing that changes something beside it."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

import workflows
from accounts.models import Caller, acting
from accounts.rights import RIGHTS
from errors import NotAllowed
from incidents.models import ROLES
from storage import content, events, facts, scopes, statements
from storage.database import reading, writing
from tests.fixtures.incidents import crew
from tests.fixtures.released import drafted
from workflows.add_audience import add_audience
from workflows.add_fact import add_fact
from workflows.add_feed import add_feed
from workflows.edit_statement import edit_sentence
from workflows.manage_accounts import add_account
from workflows.name_deputy import name_deputy
from workflows.open_incident import open_incident
from workflows.record_note import record_note
from workflows.take_part import restrict_incident
from workflows.turn_job import turn_job

# What takes a connection and the hour and is no deed of a person, with the reason.
NO_DEEDS = {
    "steps of signing in, before there is a caller": (
        "account_to_try refuse_sign_in begin_session session_at end_session end_all_sessions change_password caller_by_claims"
    ),
    "reads": (
        "situation offered drafted_now preview_template who_decides ground_of look_for_alerts read_log session_at due_for_erasure"
    ),
    "steps of the collector and its timers": (
        "claim_due settle_due claim_round save_readings save_batch save_lesson keep_alerts run_alerts tell_alert"
        " erase_what_is_due mail_heads"
    ),
    "what the desk itself keeps of a deed that was refused": "note_refusal",
    "parts of a deed that has asked": "rewrite put_answers store",
}
EXCEPTED = {name for names in NO_DEEDS.values() for name in names.split()}

# Deeds about the desk as a whole; every other one names what it works on by an argument that leads to its incident.
OF_THE_WHOLE_DESK = {
    "add_feed", "add_many", "import_opml", "read_now", "open_incident", "open_sample", "add_person",
    "add_target", "pause_target", "remove_target", "save_template", "restore_template",
    "request_rescore", "request_retraining", "undo_retraining", "turn_job",
    "add_account", "add_owner", "reset_password", "set_roles", "close_account", "open_account",
}  # fmt: skip


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    for module in pkgutil.iter_modules(workflows.__path__):
        for name, found in vars(importlib.import_module(f"workflows.{module.name}")).items():
            if inspect.isfunction(found) and found.__module__ == f"workflows.{module.name}" and not name.startswith("_"):
                yield name, found


DEEDS = {name: found for name, found in functions() if found.__dict__.get("is_deed")}


def test_whatever_takes_the_hour_and_a_connection_asks_for_the_right_or_is_excepted_with_a_reason() -> None:
    bare = {name for name, found in functions() if {"connection", "now"} <= {*inspect.signature(found).parameters}} - {*DEEDS}
    assert bare - EXCEPTED == set()


def test_every_deed_stands_in_the_table_and_the_table_names_no_other() -> None:
    assert set(RIGHTS) == set(DEEDS)
    assert len(DEEDS) > 70


def test_no_two_deeds_share_a_name() -> None:
    names = [name for name, found in functions() if found.__dict__.get("is_deed")]
    assert len(names) == len(set(names))


def test_every_deed_leads_to_the_incident_it_is_about() -> None:
    lost = {name for name, found in DEEDS.items() if not any(map(scopes.names_an_incident, inspect.signature(found).parameters))}
    assert lost - OF_THE_WHOLE_DESK == set()


def test_roles_of_the_table_are_roles_of_the_desk_and_executives_and_observers_only_read() -> None:
    assert set().union(*RIGHTS.values()) <= set(ROLES)
    assert [name for name, roles in RIGHTS.items() if roles & {"executive", "observer"}] == []


# --- role by role, at real deeds ---------------------------------------------------------------------------------

@pytest.fixture
def case(engine, stove, now) -> dict[str, Any]:
    """The stove incident with its people and a drafted statement."""
    with writing(engine) as connection:
        people = crew(connection, now)
    return {"incident": stove, "statement": drafted(engine, stove, now), "people": people}


TABLE = {
    "record_note": ("head pr legal operations", lambda c, case, o: record_note(c, case["incident"], "来电", **o)),
    "add_fact": (
        "head pr legal operations",
        lambda c, case, o: add_fact(c, case["incident"], slot="detail", kind="text", value="已断气", **o),
    ),
    "edit_sentence": (
        "head pr legal operations",
        lambda c, case, o: edit_sentence(c, case["statement"], "zh", "care", "我们牵挂伤者。", seen=1, **o),
    ),
    "add_audience": (
        "head pr legal operations", lambda c, case, o: add_audience(c, case["incident"], name="业主群", catalogue=content.catalogue(), **o),
    ),
    "add_feed": ("head pr", lambda c, case, o: add_feed(c, url="https://press.example/feed", **o)),
    "turn_job": ("head pr", lambda c, case, o: turn_job(c, 999, "stopped", **o)),
    "open_incident": ("head pr administrator", lambda c, case, o: open_incident(c, zone="Asia/Shanghai", language="zh", **o)),
    "name_deputy": (
        "head pr legal operations administrator",
        lambda c, case, o: name_deputy(
            c, case["people"]["legal"], case["people"]["head"], since=o["now"], until=o["now"] + timedelta(1), **o
        ),
    ),
    "restrict_incident": ("head", lambda c, case, o: restrict_incident(c, case["incident"], False, **o)),
    "add_account": (
        "administrator",
        lambda c, case, o: add_account(c, login="wang", name="王敏", roles=("pr",), password="river lamp seven", common=(), **o),
    ),
}  # fmt: skip


def everything(engine, case) -> tuple[int, int, int]:
    with reading(engine) as connection:
        return (
            len(events.of_incident(connection, case["incident"])), len(facts.of_incident(connection, case["incident"])),
            statements.latest(connection, case["statement"]).number,
        )  # fmt: skip


def test_each_role_may_do_what_the_table_says_and_no_more(engine, case, now) -> None:
    before = everything(engine, case)
    for name, (may, run) in TABLE.items():
        assert RIGHTS[name] == set(may.split())
        for role in ROLES:
            refused = False
            try:
                with acting(Caller(None, "某人", frozenset({role}))), writing(engine) as connection:
                    run(connection, case, {"now": now, "actor": "某人"})
                    raise _Undone
            except NotAllowed as error:
                refused = error.key == "no_right"
            except _Undone:
                pass
            assert (name, role, refused) == (name, role, role not in may.split())
            assert everything(engine, case) == before


class _Undone(Exception):
    """Thrown to leave the database as it was for the next role."""


def test_nobody_makes_themselves_somebodys_deputy(engine, case, now) -> None:
    people = case["people"]
    mine = {"since": now, "until": now + timedelta(1), "now": now, "actor": "顾曼"}
    gu = Caller(people["pr"], "顾曼", frozenset({"pr"}))
    for principal in ("legal", "head"):
        with pytest.raises(NotAllowed, match="not_you"), acting(gu), writing(engine) as connection:
            name_deputy(connection, people[principal], people["pr"], **mine)
    with acting(gu), writing(engine) as connection:
        assert name_deputy(connection, people["pr"], people["operations"], **mine).deputy_of == people["pr"]


def test_nobody_at_all_may_do_nothing(engine, case, now) -> None:
    from accounts import models

    stands = models._PROCESS[:]
    models._PROCESS.clear()
    try:
        with pytest.raises(NotAllowed, match="nobody_signed_in"), reading(engine) as connection:
            record_note(connection, case["incident"], "来电", now=now, actor="某人")
    finally:
        models._PROCESS[:] = stands


def test_a_deed_is_written_down_in_the_name_of_whoever_did_it(engine, case, now) -> None:
    with acting(Caller(None, "顾曼", frozenset({"pr"}))), writing(engine) as connection:
        record_note(connection, case["incident"], "来电", now=now, actor="沈知远")
    with reading(engine) as connection:
        assert events.of_incident(connection, case["incident"])[-1].actor == "顾曼"
