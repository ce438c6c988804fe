"""A full disk, a database that can only be read, a connection that breaks: told calmly, refused whole, and on again after."""

import pytest
from sqlalchemy import event, make_url, text

from errors import Unavailable
from storage import events, facts
from storage.database import make_engine, reading, writing
from workflows.add_fact import add_fact
from workflows.open_incident import open_incident
from workflows.record_note import record_note
from workflows.verify_trail import verify_trail


def stored(engine, incident_id):
    with reading(engine) as connection:
        assert verify_trail(connection).faults == ()
        return len(events.of_incident(connection, incident_id)), len(facts.of_incident(connection, incident_id))


def note_and_fact(connection, incident_id, now, size=1):
    record_note(connection, incident_id, "来电" * size, now=now, actor="王敏")
    add_fact(connection, incident_id, slot="detail", kind="text", value="断气" * size, now=now, actor="王敏")


def write_on(engine, incident_id, now):
    for _ in range(400):
        with writing(engine) as connection:
            note_and_fact(connection, incident_id, now, 200)


def broken_off(engine, other, incident_id, now):
    with writing(engine) as connection:
        record_note(connection, incident_id, "来电", now=now, actor="王敏")
        mine = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with other.connect() as killer:
            killer.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
        add_fact(connection, incident_id, slot="detail", kind="text", value="断气", now=now, actor="王敏")


def test_a_full_disk_refuses_the_whole_deed_and_goes_on_when_there_is_room(sqlite_url, now):
    engine = make_engine(sqlite_url)
    with writing(engine) as connection:
        incident_id = open_incident(connection, now=now, zone="Asia/Shanghai", language="zh")
    before = stored(engine, incident_id)
    full = [True]

    def no_more_pages(raw, *_):
        if full[0]:
            raw.cursor().execute("PRAGMA max_page_count = 1")  # SQLite takes the size it has now as the most

    engine.dispose()
    event.listen(engine, "connect", no_more_pages)
    with pytest.raises(Unavailable, match="full"):
        write_on(engine, incident_id, now)
    kept = stored(engine, incident_id)
    assert (kept[0] - before[0], kept[1] - before[1]) == (2 * (kept[1] - before[1]), kept[1] - before[1])  # in pairs, or not at all
    full[0] = False
    engine.dispose()
    with writing(engine) as connection:
        note_and_fact(connection, incident_id, now, 200)
    assert stored(engine, incident_id)[1] == kept[1] + 1
    engine.dispose()


def test_a_database_that_can_only_be_read_refuses_and_is_still_read(engine, database_url, incident_id, now):
    before = stored(engine, incident_id)
    shut(engine, database_url, True)
    with pytest.raises(Unavailable, match="read_only"), writing(engine) as connection:
        note_and_fact(connection, incident_id, now)
    assert stored(engine, incident_id) == before
    shut(engine, database_url, False)
    with writing(engine) as connection:
        note_and_fact(connection, incident_id, now)
    assert stored(engine, incident_id)[1] == before[1] + 1


def shut(engine, url, closed):
    """Make the database one that can only be read, for every connection from now on; or open it again."""
    if engine.dialect.name == "postgresql":
        name = make_url(url).database
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SET default_transaction_read_only = off"))
            connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = {'on' if closed else 'off'}"))
    elif closed:
        event.listen(engine, "connect", _query_only)
    else:
        event.remove(engine, "connect", _query_only)
    engine.dispose()


def _query_only(raw, *_):
    raw.cursor().execute("PRAGMA query_only = ON")


@pytest.mark.postgres
def test_a_connection_that_breaks_in_the_middle_leaves_nothing_half_done(postgres_url, now):
    engine, other = make_engine(postgres_url), make_engine(postgres_url)
    with writing(engine) as connection:
        incident_id = open_incident(connection, now=now, zone="Asia/Shanghai", language="zh")
    before = stored(engine, incident_id)
    with pytest.raises(Unavailable, match="unreachable"):
        broken_off(engine, other, incident_id, now)
    assert stored(engine, incident_id) == before
    with writing(engine) as connection:
        note_and_fact(connection, incident_id, now)
    assert stored(engine, incident_id)[1] == before[1] + 1
    engine.dispose()
    other.dispose()
