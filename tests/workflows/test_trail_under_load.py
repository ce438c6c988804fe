"""Many people write at once: nothing is lost, and the log stays one chain. Its newest hash, kept elsewhere, shows a rewriting."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from errors import BadInput
from incidents import trail
from storage import events
from storage.database import make_engine, reading, writing
from storage.schema import event, incident
from workflows.record_note import record_note
from workflows.verify_trail import heads, not_in_the_trail, verify_trail


def write_at_once(url, incident_id, now, writers):
    """A thread a writer, over three pools of connections, as three processes would have."""
    pools = [make_engine(url) for _ in range(3)]

    def write(number):
        for turn in range(2):
            with writing(pools[number % 3]) as connection:
                record_note(connection, incident_id, f"{number}-{turn}", now=now + timedelta(seconds=number), actor=f"某人 {number}")

    with ThreadPoolExecutor(writers) as threads:
        list(threads.map(write, range(writers)))
    for one in pools:
        one.dispose()


def assert_whole(engine, incident_id, writers):
    with reading(engine) as connection:
        log = events.of_incident(connection, incident_id)
        said = [one.facts["text"] for one in log if one.deed == "noted"]
        assert sorted(said) == sorted(f"{number}-{turn}" for number in range(writers) for turn in range(2))
        assert [one.sequence for one in log] == list(range(1, len(log) + 1))
        assert verify_trail(connection).faults == ()


def test_writers_at_once_lose_nothing_and_keep_one_chain(engine, database_url, incident_id, now):
    write_at_once(database_url, incident_id, now, 16)
    assert_whole(engine, incident_id, 16)


@pytest.mark.long
def test_two_hundred_writers_at_once_lose_nothing_and_keep_one_chain(engine, database_url, incident_id, now):
    write_at_once(database_url, incident_id, now, 200)
    assert_whole(engine, incident_id, 200)


# --- heads kept elsewhere ------------------------------------------------------------------------------------------

@pytest.fixture
def noted(do, incident_id):
    for number in range(4):
        do(record_note, incident_id, f"第 {number} 通电话", actor="王敏")
    return incident_id


def kept_elsewhere(engine):
    with reading(engine) as connection:
        return [one.line for one in heads(connection)]


def lost(engine, lines):
    with reading(engine) as connection:
        return [one.sequence for one in not_in_the_trail(connection, lines)]


def test_what_goes_on_keeps_the_heads_of_yesterday(engine, do, noted):
    yesterday = kept_elsewhere(engine)
    assert [line.split()[:2] for line in yesterday] == [[str(noted), "5"]]
    do(record_note, noted, "今天", actor="王敏")
    assert lost(engine, yesterday) == []


def test_a_whole_chain_written_anew_is_seen_by_the_head_kept_elsewhere(engine, noted):
    yesterday = kept_elsewhere(engine)
    with writing(engine) as connection:
        previous = trail.START
        for one in events.of_incident(connection, noted):
            forged = replace(one, actor="别人", previous_hash=previous)
            previous = trail.row_hash(previous, trail.row_of(forged))
            row = update(event).where(event.c.id == one.id)
            connection.execute(row.values(actor="别人", previous_hash=forged.previous_hash, hash=previous))
        connection.execute(update(incident).where(incident.c.id == noted).values(last_hash=previous))
    with reading(engine) as connection:
        assert verify_trail(connection).faults == ()
    assert lost(engine, yesterday) == [5]


def test_an_incident_that_is_gone_is_seen_and_a_file_without_heads_is_refused(engine, noted):
    assert lost(engine, [f"{noted + 1} 1 {'0' * 64}"]) == [1]
    with pytest.raises(BadInput, match="no_heads"):
        lost(engine, ["今天天气很好"])
