"""The worked case: put on the desk once, whole and in both languages, and put away again without a trace."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Boolean, Float, Integer, Table, false, insert, or_, select

from errors import NotAllowed, NotFound
from incidents.facts import missing_wordings
from incidents.trail import first_break
from statements.gates import HOLE, release_obstacles
from statements.guard import check
from statements.records import body
from storage import audiences, content, events, facts, feeds, incidents, statements
from storage.columns import UtcDateTime
from storage.database import reading, writing
from storage.schema import metadata
from tests.fixtures.incidents import on_the_desk
from workflows.open_sample import open_sample
from workflows.remove_example import remove_example
from workflows.statement_basis import statement_basis
from workflows.take_stock import take_stock
from workflows.tools import Tools

ZONE = "Asia/Shanghai"
SHARED = {  # belong to no incident
    "outlet", "organisation", "content_version", "heartbeat", "job", "story", "reporter", "delivery_target", "account_event",
    "sign_in_failure",
}  # fmt: skip

TOLD = {"incident_opened", "fact_confirmed", "fact_official", "noted", "type_judged", "audience_added", "statement_drafted"}


@pytest.fixture(scope="module")
def tools() -> Tools:
    guard = content.guard()
    read_once = lru_cache(maxsize=None)(lambda text, language: check(text, language, guard))
    return Tools(content.type_model(), content.catalogue(), content.statement_kit(), read_once)


@pytest.fixture(params=["zh", "en"])
def language(request) -> str:
    return request.param


@pytest.fixture
def sample(engine, now, tools, language) -> int:
    with writing(engine) as connection:
        return open_sample(connection, "stove", language=language, zone=ZONE, tools=tools, now=now)


def test_the_evening_is_whole(engine, now, tools, language, sample):
    """Everything that the first minute with the worked case shows, in one reading: opening it is the dear part."""
    with reading(engine) as connection:
        incident = incidents.get(connection, sample)
        log = events.of_incident(connection, sample)
        known = facts.of_incident(connection, sample)
        groups = audiences.of_incident(connection, sample)
        [stands] = statements.of_incident(connection, sample)
        sentences = statements.sentences(connection, statements.latest(connection, stands.id).id)
        basis = statement_basis(connection, stands.id)
        due = connection.execute(select(metadata.tables["feed"]).where(metadata.tables["feed"].c.incident_id == sample)).all()
        assert feeds.broken(connection, sample) == 0
    the_incident_is_an_example_of_this_evening(incident, language, now)
    the_log_runs_in_the_order_of_time(log, now)
    every_fact_is_worded_in_both_languages(known)
    the_groups_are_owned(groups)
    for spoken in ("zh", "en"):
        the_draft_is_ready_to_be_cleared(sentences, spoken, tools, basis)
    assert release_obstacles(sentences, ("zh", "en"), tools.check, basis) == ()  # and both may go out together
    assert {one.url.rsplit("/", 1)[-1] for one in due} == {one["file"] for one in content.sample("stove")["feeds"]}
    assert all(one.next_due_at <= now and not one.paused for one in due)


def the_incident_is_an_example_of_this_evening(incident, language, now):
    assert (incident.kind, incident.status, incident.sample, incident.language) == ("example", "open", "stove", language)
    assert incident.title
    assert incident.first_call_at < now
    assert timedelta(minutes=30) < now - incident.first_call_at < timedelta(hours=3)


def the_log_runs_in_the_order_of_time(log, now):
    assert first_break(log) is None
    assert [one.sequence for one in log] == list(range(1, len(log) + 1))
    assert all(earlier.wall_at <= later.wall_at for earlier, later in pairwise(log))
    assert log[-1].wall_at <= now
    assert {one.deed for one in log} >= TOLD


def every_fact_is_worded_in_both_languages(known):
    assert {"confirmed", "official", "reported", "unknown"} <= {one.status for one in known}
    for language in ("zh", "en"):
        assert missing_wordings(known, language) == ()
    assert all(one.confirmed_by and one.confirmed_at for one in known if one.settled)


def the_groups_are_owned(groups):
    assert len(groups) >= 8
    assert [one.position for one in groups] == sorted(one.position for one in groups)
    assert {"injured_family", "media_on_story", "authorities"} <= {one.slug for one in groups}
    owned = set(content.sample("stove")["owners"]) & {one.slug for one in groups}
    assert owned
    assert owned <= {one.slug for one in groups if one.owner_id}


def the_draft_is_ready_to_be_cleared(sentences, language, tools, basis):
    text = body(sentences, language)
    company = content.sample("stove")["intake"][0]["value"][language]
    assert company in text
    assert not HOLE.search(text)
    assert release_obstacles(sentences, (language,), tools.check, basis) == ()
    verdict = tools.check(text, language)
    assert verdict.findings == ()
    assert all(getattr(verdict.principles, name).ok for name in ("candid", "fast", "proactive", "comprehensive"))


def test_opened_or_judged_again_it_stays_as_it_was_left(engine, now, tools, language, sample):
    before = everything(engine)
    with writing(engine) as connection:
        again = open_sample(connection, "stove", language=language, zone=ZONE, tools=tools, now=now + timedelta(hours=2))
        take_stock(connection, sample, tools=tools, now=now)
    assert again == sample
    assert everything(engine) == before


def test_putting_it_away_takes_every_row_of_it_and_nothing_of_another(engine, now, tools):
    """Two incidents with a row in every table that can hang on one; only the example's go."""
    with writing(engine) as connection:
        real = on_the_desk(connection, now)
        take_stock(connection, real, tools=tools, now=now)
        fill_the_rest(connection, real)
    before = everything(engine)
    with writing(engine) as connection:
        sample = open_sample(connection, "stove", language="zh", zone=ZONE, tools=tools, now=now)
        fill_the_rest(connection, sample)
    grown = {name for name, rows in everything(engine).items() if len(rows) > len(before[name])}
    assert grown == set(metadata.tables) - SHARED
    with writing(engine) as connection:
        remove_example(connection, sample)
    assert everything(engine) == before
    with reading(engine) as connection, pytest.raises(NotFound):
        incidents.get(connection, sample)


def test_both_languages_stand_side_by_side_and_one_is_put_away_alone(engine, now, tools):
    with writing(engine) as connection:
        chinese = open_sample(connection, "stove", language="zh", zone=ZONE, tools=tools, now=now)
    before = everything(engine)
    with writing(engine) as connection:
        english = open_sample(connection, "stove", language="en", zone=ZONE, tools=tools, now=now)
        assert english != chinese
        remove_example(connection, english)
    assert everything(engine) == before


def test_a_real_incident_is_never_removed(engine, stove):
    before = everything(engine)
    with pytest.raises(NotAllowed, match="real_stays"), writing(engine) as connection:
        remove_example(connection, stove)
    assert everything(engine) == before


# --- every table --------------------------------------------------------------------------------------------------

def everything(engine) -> dict[str, list[str]]:
    with reading(engine) as connection:
        return {name: sorted(repr(row) for row in connection.execute(select(table))) for name, table in metadata.tables.items()}


def fill_the_rest(connection, incident_id: int) -> None:
    """One made-up row of the incident in each table that its deeds have left without one."""
    for table in metadata.sorted_tables:
        if table.name not in SHARED and not rows_of(connection, table, incident_id):
            connection.execute(insert(table).values(**row_for(connection, table, incident_id)))


def rows_of(connection, table: Table, incident_id: int) -> list[Any]:
    """The rows of a table that hang on the incident, directly or over a parent."""
    own = table.c.id if table.name == "incident" else table.c.get("incident_id")
    if own is not None:
        return connection.execute(select(table).where(own == incident_id)).all()
    hanging = [key.parent.in_(parents(connection, key.column.table, incident_id)) for key in table.foreign_keys]
    return connection.execute(select(table).where(or_(false(), *hanging))).all()


def parents(connection, table: Table, incident_id: int) -> list[int]:
    key = next(iter(table.primary_key)).name
    return [] if table.name in SHARED else [getattr(row, key) for row in rows_of(connection, table, incident_id)]


def row_for(connection, table: Table, incident_id: int) -> dict[str, Any]:
    values = {column.name: made_up(column, incident_id) for column in table.c if column.name != "id"}
    for key in table.foreign_keys:
        values[key.parent.name] = next(iter(parents(connection, key.column.table, incident_id)), None)
    return values


def made_up(column, incident_id: int) -> Any:
    if isinstance(column.type, UtcDateTime):
        return datetime(2026, 3, 14, tzinfo=UTC)
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer | Float):
        return 1
    return [] if column.type.python_type is dict else str(incident_id)
