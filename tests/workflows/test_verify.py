"""Whether a text is one that went out, and whether the records still are what was written; on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, update

from documents.channels import CHANNELS, Piece, for_channel
from documents.outgoing import OutgoingText
from statements.records import body
from statements.verifying import key
from storage import content, events, facts, statements
from storage.database import reading, writing
from storage.schema import event, event_value, publication
from tests.fixtures.incidents import on_the_desk
from tests.fixtures.released import drafted, put_out
from workflows.edit_statement import edit_sentence
from workflows.record_note import record_note
from workflows.verify_text import verify_text
from workflows.verify_trail import verify_trail


@pytest.fixture
def released(engine, do, stove, now):
    """A statement of the stove incident that went out, as (statement, publication)."""
    return put_out(engine, stove, now)


def asked(engine, text, **options):
    with reading(engine) as connection:
        return verify_text(connection, text, **options)


def test_what_went_out_is_known_again_whatever_its_line_ends_and_spaces(engine, released):
    said = released.body
    for form in (said, said.replace("\n", "\r\n"), f"\n  {said}\n\n", said.replace("\n\n", "\n"), said.replace("。", "。 ")):
        answer = asked(engine, form)
        assert (answer.state, answer.release.publication.id) == ("released", released.id)


@pytest.mark.parametrize("channel", CHANNELS)
def test_what_is_pasted_into_a_channel_is_known_again(engine, released, channel):
    with reading(engine) as connection:
        said = statements.sentences(connection, released.statement_version_id)
    pieces = tuple(Piece(one.sid, one.lead, one.text) for one in said if one.language == "zh")
    made = for_channel(channel, OutgoingText(released.body, "zh", firm="青禾厨电"), pieces)
    assert asked(engine, made.text).state == "released"


def test_one_changed_word_shows_the_sentence(engine, released):
    answer = asked(engine, released.body.replace("1人受伤", "3人受伤"))
    assert (answer.state, answer.release.publication.number) == ("altered", released.number)
    assert [("1人受伤" in one.was, "3人受伤" in one.now) for one in answer.changes] == [(True, True)]


def test_a_sentence_put_in_and_one_taken_out_are_shown(engine, released):
    first = released.body.split("。")[1] + "。"
    put_in = asked(engine, released.body + "\n\n我们承担全部责任。")
    assert [(one.was, one.now) for one in put_in.changes][-1][1].endswith("我们承担全部责任。")
    taken = asked(engine, released.body.replace(first, "", 1))
    assert taken.state == "altered"
    assert any(key(first) in key(one.was) for one in taken.changes)


@pytest.mark.parametrize("trick", ["\u202e", "\u0430", "０"])
def test_what_looks_the_same_and_is_not_is_altered(engine, released, trick):
    changed = {"\u202e": released.body + trick, "\u0430": released.body + trick, "０": released.body.replace("0", trick, 1)}[trick]
    assert asked(engine, changed).state == "altered"


def test_a_draft_is_a_draft_and_another_text_is_unknown(engine, do, stove, now):
    with writing(engine) as connection:
        other = on_the_desk(connection, now)
    made = drafted(engine, other, now)
    with reading(engine) as connection:
        said = body(statements.sentences(connection, statements.latest(connection, made).id), "zh")
    assert asked(engine, said).state == "draft"
    assert asked(engine, "今天天气很好，适合出门走走，公园里花开了。").state == "unknown"
    assert asked(engine, " \n").state == "unknown"


def test_a_later_version_that_was_not_released_is_no_release(engine, do, stove, now):
    made = drafted(engine, stove, now)
    do(edit_sentence, made, "zh", "lead", "今晚发生了一起事故。", seen=1, actor="顾曼")
    with reading(engine) as connection:
        said = body(statements.sentences(connection, statements.latest(connection, made).id), "zh")
    answer = asked(engine, said)
    assert (answer.state, answer.draft.version) == ("draft", 2)


def test_of_a_hidden_incident_only_what_went_out_is_told_and_not_its_name(engine, released, stove, now):
    hidden = frozenset({stove})
    answer = asked(engine, released.body, hidden=hidden)
    assert (answer.state, answer.release.incident) == ("released", "")
    made = drafted(engine, stove, now)
    with writing(engine) as connection:
        version = statements.latest(connection, made)
        said = body(statements.sentences(connection, version.id), "en")
    assert asked(engine, said).state == "draft"
    assert asked(engine, said, hidden=hidden).state == "unknown"


# --- the records -------------------------------------------------------------------------------------------------

@pytest.fixture
def noted(engine, do, incident_id):
    """An incident with five notes in its log."""
    for number in range(5):
        do(record_note, incident_id, f"第 {number} 通电话", actor="王敏")
    return incident_id


def trail(engine):
    with reading(engine) as connection:
        return verify_trail(connection)


def faults(engine):
    return [(one.incident_id, one.sequence, one.kind) for one in trail(engine).faults]


def tamper(engine, *deeds):
    with writing(engine) as connection:
        for deed in deeds:
            connection.execute(deed)


def test_untouched_records_are_whole(engine, noted):
    found = trail(engine)
    assert (found.faults, found.events) == ((), 6)


def test_a_changed_row_is_named(engine, noted):
    tamper(engine, update(event).where(event.c.sequence == 3).values(actor="别人"))
    assert faults(engine) == [(noted, 3, "changed")]


def test_a_removed_row_is_named(engine, noted):
    tamper(engine, delete(event).where(event.c.sequence == 4))
    assert faults(engine) == [(noted, 4, "missing")]


def test_rows_cut_off_at_the_end_are_named(engine, noted):
    tamper(engine, delete(event).where(event.c.sequence >= 5))
    assert faults(engine) == [(noted, 5, "cut_off")]


def test_two_rows_that_changed_places_are_named(engine, noted):
    moves = ((2, 99), (3, 2), (99, 3))
    tamper(engine, *(update(event).where(event.c.sequence == old).values(sequence=new) for old, new in moves))
    assert faults(engine) == [(noted, 2, "missing")]


def test_a_last_row_rewritten_with_a_hash_of_its_own_is_named(engine, noted):
    from incidents import trail as chain

    with reading(engine) as connection:
        last = events.of_incident(connection, noted)[-1]
    forged = replace(last, actor="别人")
    hashed = chain.row_hash(forged.previous_hash, chain.row_of(forged))
    tamper(engine, update(event).where(event.c.id == last.id).values(actor="别人", hash=hashed))
    assert faults(engine) == [(noted, 6, "changed")]


def test_a_changed_value_behind_an_event_is_named_and_an_erased_one_is_not(engine, do, stove, now):
    with reading(engine) as connection:
        assert [one.sequence for one in events.of_incident(connection, stove)]
        assert facts.of_incident(connection, stove)
    with writing(engine) as connection:
        made = events.append(connection, stove, "noted", now=now, actor="王敏", before="甲", after="乙", text="x")
    assert faults(engine) == []
    tamper(engine, update(event_value).where(event_value.c.side == "after", event_value.c.event_id.in_(_of(engine, stove, made))).values(value="丙"))
    assert faults(engine) == [(stove, made, "value")]
    tamper(engine, update(event_value).where(event_value.c.event_id.in_(_of(engine, stove, made))).values(value=None, erased_at=now))
    assert faults(engine) == []


def _of(engine, incident_id, sequence):
    with reading(engine) as connection:
        return [one.id for one in events.of_incident(connection, incident_id) if one.sequence == sequence]


def test_a_published_text_that_was_changed_is_named(engine, released, stove):
    tamper(engine, update(publication).values(body=released.body + "。"))
    assert faults(engine) == [(stove, released.number, "publication")]
    assert content.words("zh").has("verify.trail.fault.publication")
