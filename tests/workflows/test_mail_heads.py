"""The newest hashes of the records by mail, once a day: delivered like an alert, and of use when a chain was written anew."""

import email.policy
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes

import pytest
from sqlalchemy import select, update

from commands.collect_alerts import AlertDesk
from settings import Settings
from storage import content
from storage.database import reading, writing
from storage.schema import incident, outbox
from tests.fixtures.loop import in_a_loop
from tests.fixtures.receivers import Mailbox, receiving_mail
from workflows.deliver_due import LEASE, claim_due
from workflows.record_note import record_note
from workflows.verify_trail import not_in_the_trail

TO = "notary@example.org"


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def clock(now):
    return Clock(now)


@pytest.fixture
def settings():
    given = {"DESK_HEADS_TO": TO, "DESK_SMTP_HOST": "127.0.0.1", "DESK_SMTP_FROM": "desk@example.org", "DESK_SMTP_SECURITY": "none"}
    return Settings.from_environment(given)


def desk_at(engine, settings, clock, port=1):
    return AlertDesk(engine, replace(settings, smtp_port=port), "here", clock, lambda: 0.5)


def rows(engine):
    with reading(engine) as connection:
        return connection.execute(select(outbox).order_by(outbox.c.id)).all()


def read(raw):
    return message_from_bytes(raw, policy=email.policy.default)


def test_the_hashes_are_mailed_once_a_day_and_hold_against_the_records(engine, incident_id, do, settings, clock):
    with receiving_mail(Mailbox()) as mailbox:
        desk = desk_at(engine, settings, clock, mailbox.port)
        for _ in range(3):
            desk.keep_heads()
            in_a_loop(desk.deliver())
        desk_at(engine, settings, clock, mailbox.port).keep_heads()  # another process on the same database
        assert in_a_loop(desk.deliver()) == 0
        do(record_note, incident_id, "今天又记一条", actor="王敏")
        clock.now += timedelta(hours=4)  # past midnight in Shanghai
        desk.keep_heads()
        in_a_loop(desk.deliver())
    first, second = map(read, mailbox.letters)
    assert (first["To"], first["Subject"]) == (TO, "指挥台：2026-03-14 记录的最新哈希")
    assert "2026-03-15" in second["Subject"]
    lines = first.get_content().splitlines()
    with reading(engine) as connection:
        assert not_in_the_trail(connection, lines) == ()
        forged = [line[:-1] + ("0" if line[-1:] != "0" else "1") for line in lines]
        assert [one.incident_id for one in not_in_the_trail(connection, forged)] == [incident_id]


def test_a_sender_that_was_killed_sends_it_again_and_says_so(engine, incident_id, settings, clock):
    desk_at(engine, settings, clock).keep_heads()
    take = {"worker": "there", "book": content.alert_book(), "heads_to": TO, "zone": "Asia/Shanghai"}
    with writing(engine) as connection:
        assert len(claim_due(connection, now=clock.now, **take)) == 1  # and here it is killed
    clock.now += LEASE + timedelta(seconds=1)
    with receiving_mail(Mailbox()) as mailbox:
        assert in_a_loop(desk_at(engine, settings, clock, mailbox.port).deliver()) == 1
    assert "可能重复" in read(mailbox.letters[0]).get_content()
    assert [(row.state, row.attempts) for row in rows(engine)] == [("sent", 2)]


def test_a_mail_server_that_is_away_is_tried_again_later(engine, incident_id, settings, clock):
    with receiving_mail(Mailbox()) as gone:
        port = gone.port
    desk = desk_at(engine, settings, clock, port)
    desk.keep_heads()
    in_a_loop(desk.deliver())
    (row,) = rows(engine)
    assert (row.state, row.problem_key, row.due_at > clock.now) == ("waiting", "channel.mail_unreachable", True)


def test_nothing_is_mailed_where_nobody_is_to_receive_it_or_there_is_but_an_example(engine, incident_id, settings, clock):
    desk_at(engine, replace(settings, heads_to=None), clock).keep_heads()
    with writing(engine) as connection:
        connection.execute(update(incident).values(kind="example"))
    desk_at(engine, settings, clock).keep_heads()
    assert rows(engine) == []


def test_the_address_is_kept_in_the_settings_alone_and_without_it_a_letter_that_waits_is_dropped(engine, incident_id, settings, clock):
    desk_at(engine, settings, clock).keep_heads()
    assert TO not in repr(rows(engine))
    assert in_a_loop(desk_at(engine, replace(settings, heads_to=None), clock).deliver()) == 0
    assert [(row.state, row.problem_key) for row in rows(engine)] == [("dropped", "delivery.no_target")]
