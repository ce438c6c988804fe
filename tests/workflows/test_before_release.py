"""What keeps a cleared text in: the family that does not know, languages that differ, an official notice, the exchange."""

import pytest

from errors import BadInput
from incidents.models import Fact
from storage import audiences, facts, incidents, statements
from storage.database import reading, writing
from tests.clearing import Text, check, drafted
from workflows.edit_fact import edit_fact
from workflows.edit_statement import edit_sentence
from workflows.note_before_release import check_languages, note_family_told, note_filing
from workflows.paste_notice import paste_notice
from workflows.record_contact import record_contact
from workflows.settle_fact import settle_fact
from workflows.statement_basis import statement_basis
from workflows.ways import ways


@pytest.fixture
def text(engine, do, stove):
    return drafted(engine, do, stove)


def fact_of(text: Text, slot: str) -> Fact:
    with reading(text.engine) as connection:
        return next(one for one in facts.of_incident(connection, text.incident_id) if one.slot == slot)


def left(text: Text, *languages: str) -> set[str]:
    with reading(text.engine) as connection:
        return {one.kind for one in ways(connection, text.id, languages or ("zh",), check=check, release=True).left}


def only_reported_by_us(text: Text) -> None:
    injured = fact_of(text, "injured")
    text.do(settle_fact, injured.id, "confirmed", version=injured.version, actor="贺工", source="现场负责人")


def test_casualty_details_stay_in_until_the_family_is_told(text):
    only_reported_by_us(text)
    text.clear()
    with pytest.raises(BadInput, match="casualties_locked"):
        text.release()
    with pytest.raises(BadInput, match="name_needed"):
        text.do(note_family_told, text.incident_id, actor=None)
    text.do(note_family_told, text.incident_id, actor="沈知远")
    assert text.release() == 1


def test_an_official_source_opens_the_lock_as_well(text):
    assert "locked" not in left(text)


def test_a_contact_with_the_family_on_record_opens_the_lock(engine, do, text):
    only_reported_by_us(text)
    assert "locked" in left(text)
    with writing(engine) as connection:
        now = statements.get(connection, text.id).created_at
        family = audiences.add_once(
            connection, text.incident_id, "injured_family", name_zh="伤者家属", name_en="family", why={}, harm=5, influence=3, interest=5,
            stance="neutral", position=1, custom=False, removed=False, created_at=now,
        )  # fmt: skip
    do(record_contact, family, channel="phone", actor="沈知远")
    assert "locked" not in left(text)


def test_noting_it_can_be_taken_back(text):
    only_reported_by_us(text)
    text.do(note_family_told, text.incident_id, actor="沈知远")
    assert "locked" not in left(text)
    text.do(note_family_told, text.incident_id, told=False, actor="沈知远")
    assert "locked" in left(text)


def test_a_sentence_rewritten_in_one_language_keeps_both_from_going_out_together(text):
    before = left(text, "zh", "en")
    text.do(edit_sentence, text.id, "zh", "care", "我们牵挂伤者和他们的家人。", seen=1, actor="顾曼")
    assert "parity" not in left(text, "zh")
    with reading(text.engine) as connection:
        found = ways(connection, text.id, ("zh", "en"), check=check, release=True).left
    assert ("parity", "care") in {(one.kind, one.sid) for one in found}
    text.do(check_languages, text.id, "care", actor="顾曼")
    with reading(text.engine) as connection:
        again = ways(connection, text.id, ("zh", "en"), check=check, release=True).left
    assert ("parity", "care") not in {(one.kind, one.sid) for one in again}
    assert before <= {"hole", "parity", "empty"}


def test_a_pasted_notice_that_says_otherwise_keeps_the_text_in_until_the_fact_is_put_right(text):
    made = text.do(
        paste_notice, text.incident_id, "南湖区居民家中发生爆炸，造成2人受伤。", source="南湖消防救援大队", actor="贺工", key="once",
    )  # fmt: skip
    assert (made.kind, made.status, made.public) == ("finding", "official", False)
    assert "contradiction" in left(text)
    injured = fact_of(text, "injured")
    changed = text.do(edit_fact, injured.id, version=injured.version, value=2, actor="贺工")
    text.do(settle_fact, injured.id, "official", version=changed.version, actor="贺工", source="南湖消防救援大队")
    assert "number" in left(text)


@pytest.mark.parametrize(("words", "source", "why"), [("", "消防", "nothing_written"), ("通报", "", "source_needed")])
def test_a_notice_needs_its_words_and_its_source(text, words, source, why):
    with pytest.raises(BadInput, match=why):
        text.do(paste_notice, text.incident_id, words, source=source, actor="贺工")


def test_another_kind_of_text_may_not_say_otherwise_than_what_went_out(engine, do, stove, text):
    text.clear()
    text.release()
    staff = drafted(engine, do, stove, kind="staff")
    staff.says("目前5人受伤。")
    assert {"number", "contradiction"} <= left(staff)


def test_a_listed_firm_files_the_same_text_first(text):
    with writing(text.engine) as connection:
        incidents.set_plain(connection, text.incident_id, listed=True)
    text.clear()
    with pytest.raises(BadInput, match="not_filed"):
        text.release()
    with pytest.raises(BadInput, match="nothing_written"):
        text.do(note_filing, text.id, " ", actor="陆以衡")
    text.do(note_filing, text.id, "2026-014", actor="陆以衡")
    assert "filing" not in left(text)
    text.do(edit_sentence, text.id, "zh", "care", "我们牵挂伤者。", seen=1, actor="顾曼")
    assert "filing" in left(text)


def test_what_a_text_is_held_against_knows_what_was_said_before(engine, do, stove, text):
    text.clear()
    text.release()
    update = drafted(engine, do, stove, kind="update")
    with reading(engine) as connection:
        basis = statement_basis(connection, update.id)
    assert [one.label for one in basis.earlier] == ["#1"]
