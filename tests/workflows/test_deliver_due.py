"""The second step with an injected clock: claimed once, tried again later each time, given up, marked when it may repeat."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from monitoring.channels.models import Outcome
from monitoring.channels.retrying import MOST_TRIES
from monitoring.models import Problem
from storage import content, outbox
from storage.database import Engine, reading, writing
from storage.schema import delivery_attempt, incident
from storage.schema import outbox as outbox_table
from tests.fixtures.press import add_item
from workflows.acknowledge_alert import acknowledge_alert
from workflows.add_target import add_target, remove_target
from workflows.deliver_due import LEASE, claim_due, settle_due
from workflows.open_incident import open_incident
from workflows.run_alerts import run_alerts
from workflows.save_intake_answer import save_intake_answer
from workflows.send_test import send_test

BOOK, ENDINGS = content.alert_book(), content.company_endings()
SECOND = timedelta(seconds=1)
BUSY = Outcome(Problem("channel.status", {"status": 429}), again=True, status=429)
CUT_OFF = Outcome(Problem("fetch.timeout"), again=True, unsure=True)


@pytest.fixture
def told(engine: Engine, now: datetime, do) -> int:
    """A red alert, and a group that is to be told of it; returns the incident."""
    incident_id = do(open_incident, zone="Asia/Shanghai", language="zh")
    do(save_intake_answer, incident_id, "company", value="青禾厨电", actor="王敏")
    do(add_target, name="值班群", channel="wecom", address="https://hook.example/send?key=K3Y")
    with writing(engine) as connection:
        add_item(connection, incident_id, now - timedelta(minutes=3), title="青禾灶具爆炸致一人受伤")
        run_alerts(connection, book=BOOK, endings=ENDINGS, now=now)
    return incident_id


def claim(engine: Engine, now: datetime, worker: str = "here") -> tuple:
    with writing(engine) as connection:
        return claim_due(connection, worker=worker, book=BOOK, now=now)


def settle(engine: Engine, ready, outcome: Outcome, now: datetime) -> bool:
    with writing(engine) as connection:
        return settle_due(connection, ready, outcome, chance=0.5, now=now)


def row(engine: Engine):
    with reading(engine) as connection:
        return connection.execute(select(outbox_table)).one()


def tries(engine: Engine) -> list:
    with reading(engine) as connection:
        return connection.execute(select(delivery_attempt).order_by(delivery_attempt.c.number)).all()


def text(ready) -> str:
    return "\n".join([ready.message.title, *(line.text for line in ready.message.lines)])


def test_a_row_is_claimed_once_and_says_why_with_its_item(engine: Engine, told: int, now: datetime) -> None:
    (ready,) = claim(engine, now)
    assert claim(engine, now + 10 * SECOND, "elsewhere") == ()
    assert "立即处理" in ready.message.title
    assert all(part in text(ready) for part in ("云州都市报", "「爆炸」", "青禾灶具爆炸致一人受伤", ready.claimed.reference))
    assert ready.message.lines[1].link == "https://press.example/1"
    assert "可能重复" not in text(ready)
    assert settle(engine, ready, Outcome(status=200), now + SECOND)
    assert row(engine).state == "sent"
    assert [(one.outcome, one.status) for one in tries(engine)] == [("sent", 200)]
    assert claim(engine, now + timedelta(days=1)) == ()


def test_a_sender_that_was_killed_leaves_a_row_that_is_sent_again_and_marked(engine: Engine, told: int, now: datetime) -> None:
    (first,) = claim(engine, now)  # and here it is killed
    assert claim(engine, now + LEASE - SECOND) == ()
    (again,) = claim(engine, now + LEASE + SECOND)
    assert again.claimed.possible_repeat
    assert "可能重复" in text(again)
    assert again.claimed.reference == first.claimed.reference
    settle(engine, again, Outcome(), now + LEASE + 2 * SECOND)
    assert not settle(engine, first, CUT_OFF, now + LEASE + 3 * SECOND)  # it was not killed but slow: the later try decides
    assert row(engine).state == "sent"
    assert row(engine).possible_repeat


def test_the_same_machine_takes_up_at_once_what_it_was_sending(engine: Engine, told: int, now: datetime) -> None:
    claim(engine, now)
    with writing(engine) as connection:
        assert outbox.release(connection, "elsewhere") == 0
        assert outbox.release(connection, "here") == 1
    (again,) = claim(engine, now + 5 * SECOND)
    assert again.claimed.possible_repeat
    assert [one.outcome for one in tries(engine)] == ["unknown", None]


def test_it_is_tried_again_later_each_time_and_given_up_with_a_record(engine: Engine, told: int, now: datetime) -> None:
    at, pauses = now, []
    for _ in range(MOST_TRIES):
        (ready,) = claim(engine, at)
        settle(engine, ready, BUSY, at)
        pauses.append(row(engine).due_at - at)
        assert claim(engine, max(at, row(engine).due_at) - SECOND) == ()
        at = max(at + 5 * SECOND, row(engine).due_at)
    assert pauses[:4] == [timedelta(seconds=15 * 0.75 * 2**n) for n in range(4)]
    stands = row(engine)
    assert (stands.state, stands.attempts, stands.problem_facts) == ("failed", MOST_TRIES, {"status": 429})
    assert not stands.possible_repeat  # a refusal in so many words has delivered nothing
    assert len(tries(engine)) == MOST_TRIES
    assert claim(engine, at + timedelta(days=2)) == ()


def test_a_connection_that_broke_makes_the_next_try_a_possible_repeat(engine: Engine, told: int, now: datetime) -> None:
    (ready,) = claim(engine, now)
    settle(engine, ready, CUT_OFF, now)
    (again,) = claim(engine, now + 30 * SECOND)
    assert "可能重复" in text(again)


def test_a_refusal_that_will_not_change_is_not_tried_again(engine: Engine, told: int, now: datetime) -> None:
    (ready,) = claim(engine, now)
    settle(engine, ready, Outcome(Problem("channel.refused", {"code": 310000, "said": "sign not match"})), now)
    assert row(engine).state == "failed"


def test_what_has_been_seen_to_and_whom_nobody_reaches_is_dropped(engine: Engine, told: int, now: datetime, do) -> None:
    do(acknowledge_alert, 1, version=1, actor="沈知远")
    assert claim(engine, now) == ()
    assert (row(engine).state, row(engine).problem_key) == ("dropped", "delivery.seen_to")
    do(send_test, 1, incident_id=told)
    do(remove_target, 1, version=1)
    assert claim(engine, now + 10 * SECOND) == ()


def test_a_row_of_an_incident_that_is_no_real_one_is_never_claimed(engine: Engine, told: int, now: datetime) -> None:
    """At the lowest layer: whatever put it there, it stays."""
    with writing(engine) as connection:
        connection.execute(incident.update().values(kind="drill"))
    assert claim(engine, now) == ()
    assert row(engine).state == "waiting"


def test_one_target_gets_one_message_in_four_seconds(engine: Engine, told: int, now: datetime, do) -> None:
    for n in range(3):
        do(send_test, 1, incident_id=told, at=now + n * SECOND)
    got = []
    for seconds in range(16):
        for ready in claim(engine, now + 2 * SECOND + seconds * SECOND):
            got.append(seconds)
            settle(engine, ready, Outcome(), now)
    assert got == [0, 4, 8, 12]


def test_neither_address_nor_secret_is_in_what_is_recorded(engine: Engine, told: int, now: datetime) -> None:
    (ready,) = claim(engine, now)
    settle(engine, ready, BUSY, now)
    assert "K3Y" not in repr(ready) + repr(row(engine)) + repr(tries(engine))
