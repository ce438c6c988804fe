"""A deed that was refused for want of a right is written down: a line in the log, and a count for the administrator."""

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from accounts.models import Caller, acting
from commands.logs import JsonLines
from errors import NotAllowed, NotFound
from storage import accounts
from storage.database import make_engine, reading, writing
from tests.conftest import ROOT
from tests.fixtures.incidents import crew
from workflows.deed import refusal_of
from workflows.name_deputy import name_deputy
from workflows.note_refusal import note_refusal
from workflows.record_note import record_note
from workflows.settle_fact import settle_fact
from workflows.take_part import restrict_incident, take_in

OBSERVER = Caller(41, "何观察", frozenset({"observer"}))


def refused(engine, who, deed, *args, **kwargs):
    with pytest.raises((NotAllowed, NotFound)) as error, acting(who), writing(engine) as connection:
        deed(connection, *args, **kwargs)
    return refusal_of(error.value)


def lines(caplog):
    return [json.loads(JsonLines("serve").format(one)) for one in caplog.records if one.name == "desk.refused"]


def test_a_refused_deed_leaves_a_line_with_who_what_where_and_no_name(engine, incident_id, now, caplog):
    refused(engine, OBSERVER, record_note, incident_id, "患者家属电话 13800000000", now=now, actor="何观察")
    (line,) = lines(caplog)
    assert {"deed": "record_note", "person": 41, "incident": incident_id, "why": "no_right"}.items() <= line.items()
    assert datetime.fromisoformat(line["at"]).tzinfo
    assert "何观察" not in json.dumps(line, ensure_ascii=False)
    assert "13800000000" not in json.dumps(line)


def test_what_is_hidden_or_another_persons_is_written_down_as_well(engine, incident_id, now, caplog):
    with writing(engine) as connection:
        people = crew(connection, now)
        take_in(connection, incident_id, people["pr"], ("pr",), now=now)
        restrict_incident(connection, incident_id, True, now=now)
    legal = Caller(people["legal"], "陆以衡", frozenset({"legal"}))
    assert refused(engine, legal, record_note, incident_id, "x", now=now, actor="陆以衡").why == "not_found"
    until = {"since": now, "until": now + timedelta(1), "now": now, "actor": "陆以衡"}
    assert refused(engine, legal, name_deputy, people["head"], people["legal"], **until).deed == "name_deputy"
    assert [(one["deed"], one["incident"]) for one in lines(caplog)] == [("record_note", incident_id), ("name_deputy", None)]


def test_what_is_refused_for_another_reason_is_none(engine, incident_id, now, caplog):
    caplog.set_level(logging.INFO)
    assert refused(engine, Caller(1, "顾曼", frozenset({"pr"})), settle_fact, 99, "confirmed", version=1, now=now, actor="顾曼") is None
    assert lines(caplog) == []


def test_the_administrator_reads_how_often_somebody_was_refused(sqlite_url, desk_home, monkeypatch):
    import streamlit as st

    monkeypatch.setenv("DESK_DATABASE_URL", sqlite_url)
    st.cache_resource.clear()
    engine, now = make_engine(sqlite_url), datetime.now(UTC)
    with writing(engine) as connection:
        crew(connection, now)
    for days in (0, 1, 40):
        error = refused(engine, OBSERVER, crew_deed, now=now)
        with writing(engine) as connection:
            note_refusal(connection, error, actor="何观察", now=now - timedelta(days=days))
    with reading(engine) as connection:
        assert accounts.refusals(connection, now - timedelta(days=30)) == {"何观察": 2}
    app = AppTest.from_file(str(ROOT / "dashboard" / "screens" / "people.py"), default_timeout=60)
    app.session_state["lang"] = "zh"
    app.run()
    assert not app.exception
    assert "近 30 天因没有权限被拒的操作：何观察 2 次。" in "".join(str(one.value) for one in app.html)
    engine.dispose()
    st.cache_resource.clear()


def crew_deed(connection, *, now):
    from workflows.add_person import add_person

    return add_person(connection, name="某人", roles=("pr",), now=now)
