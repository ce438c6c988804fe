"""Facts bind texts: a changed one marks its sentences, offers what they would say now, and keeps them in until that is decided."""

import pytest

from errors import BadInput, Conflict
from statements.guard import check
from storage import content, facts, incidents, statements
from storage.database import reading, writing
from tests.fixtures.incidents import crew
from workflows.correct_sentences import keep_sentences, offered, take_corrections
from workflows.draft_statement import draft_statement
from workflows.edit_fact import edit_fact
from workflows.edit_statement import edit_sentence, restore_version
from workflows.settle_fact import settle_fact
from workflows.situation import situation
from workflows.stale_sentences import stale_sentences
from workflows.texts_using import texts_using
from workflows.ways import ways


def checker(text, language):
    return check(text, language, content.guard())


@pytest.fixture
def kit():
    return content.statement_kit()


@pytest.fixture
def drafted(engine, do, stove, kit, now):
    with writing(engine) as connection:
        crew(connection, now)
    return do(draft_statement, stove, kit=kit, check=checker, actor="顾曼")


@pytest.fixture
def injured(engine, stove):
    with reading(engine) as connection:
        return next(fact for fact in facts.of_incident(connection, stove) if fact.slot == "injured")


def becomes(do, fact, value, source="南湖消防救援大队"):
    changed = do(edit_fact, fact.id, version=fact.version, value=value, actor="贺工")
    return do(settle_fact, fact.id, "official", version=changed.version, actor="贺工", source=source)


def stale(engine, statement_id):
    with reading(engine) as connection:
        return stale_sentences(connection, statement_id)


def says(engine, statement_id, language="zh", sid="casualties"):
    with reading(engine) as connection:
        mine = statements.sentences(connection, statements.latest(connection, statement_id).id)
    return next(one for one in mine if (one.language, one.sid) == (language, sid))


def counting(engine, statement_id):
    """The sids of the sentences that rest on the count of the injured."""
    return {sid for language, sid in stale(engine, statement_id) if language == "zh"}


def test_a_changed_count_marks_every_sentence_that_says_it(engine, do, drafted, injured):
    assert stale(engine, drafted) == {}
    becomes(do, injured, 3)
    assert counting(engine, drafted)
    assert {injured.id} == {number for numbers in stale(engine, drafted).values() for number in numbers}


def test_the_same_said_again_by_another_source_marks_nothing(engine, do, drafted, injured):
    do(settle_fact, injured.id, "confirmed", version=injured.version, actor="贺工", source="现场负责人")
    assert stale(engine, drafted) == {}


def test_a_better_wording_in_english_leaves_the_chinese_sentence(engine, do, stove, drafted):
    with reading(engine) as connection:
        place = next(fact for fact in facts.of_incident(connection, stove) if fact.slot == "where")
    do(edit_fact, place.id, version=place.version, wording_en="Nanhu District, Yunzhou", actor="顾曼")
    assert {language for language, _ in stale(engine, drafted)} <= {"en"}


def test_changed_back_is_as_it_was(engine, do, drafted, injured):
    three = becomes(do, injured, 3)
    becomes(do, three, 1)
    assert stale(engine, drafted) == {}


def test_one_press_takes_the_corrected_sentence_and_clearances_fall(engine, do, drafted, injured, kit):
    becomes(do, injured, 3)
    names = tuple(stale(engine, drafted))
    made = do(take_corrections, drafted, names, seen=1, kit=kit, check=checker, actor="顾曼")
    assert (made.number, made.reason) == (2, "renewed")
    assert "3" in says(engine, drafted).text
    assert not says(engine, drafted).edited
    assert stale(engine, drafted) == {}


def test_the_offer_shows_what_it_would_say_now(engine, drafted, do, injured, kit, now):
    becomes(do, injured, 3)
    with reading(engine) as connection:
        found = {one.name: one for one in offered(connection, drafted, kit=kit, check=checker, now=now)}
    one = found["zh", "casualties"]
    assert "1人" in one.before.text
    assert "3人" in one.after.text


def test_a_correction_is_not_taken_of_a_text_that_moved_on(do, drafted, injured, kit):
    becomes(do, injured, 3)
    do(edit_sentence, drafted, "zh", "care", "我们牵挂伤者和家人。", seen=1, actor="顾曼")
    with pytest.raises(Conflict):
        do(take_corrections, drafted, (("zh", "casualties"),), seen=1, kit=kit, check=checker, actor="顾曼")


def test_editing_another_sentence_does_not_make_a_stale_one_fresh(engine, do, drafted, injured):
    becomes(do, injured, 3)
    before = set(stale(engine, drafted))
    do(edit_sentence, drafted, "zh", "care", "我们牵挂伤者和家人。", seen=1, actor="顾曼")
    assert set(stale(engine, drafted)) - {("zh", "care")} == before - {("zh", "care")}


def test_an_old_version_that_comes_back_is_as_stale_as_it_is_old(engine, do, drafted, injured, kit):
    becomes(do, injured, 3)
    do(take_corrections, drafted, tuple(stale(engine, drafted)), seen=1, kit=kit, check=checker, actor="顾曼")
    do(restore_version, drafted, 1, seen=2, actor="顾曼")
    assert ("zh", "casualties") in stale(engine, drafted)


def test_a_stale_text_is_kept_in_until_somebody_says_that_it_holds(engine, do, stove, drafted):
    with reading(engine) as connection:
        place = next(fact for fact in facts.of_incident(connection, stove) if fact.slot == "where")
    do(edit_fact, place.id, version=place.version, wording_zh="云州市南湖区某小区", actor="顾曼")
    assert "stale" in kinds(engine, drafted)
    with pytest.raises(BadInput, match="name_needed"):
        do(keep_sentences, drafted, tuple(stale(engine, drafted)), seen=1, actor=None)
    do(keep_sentences, drafted, tuple(stale(engine, drafted)), seen=1, actor="顾曼")
    assert "stale" not in kinds(engine, drafted)


def kinds(engine, statement_id, *, release=False):
    with reading(engine) as connection:
        return {one.kind for one in ways(connection, statement_id, ("zh",), check=checker, release=release).left}


def test_a_number_that_is_no_longer_confirmed_keeps_the_text_in(engine, do, drafted, injured):
    do(settle_fact, injured.id, "disputed", version=injured.version, actor="贺工")
    assert "number" in kinds(engine, drafted)


def test_the_facts_page_lists_where_a_fact_is_used(engine, do, stove, drafted, injured):
    becomes(do, injured, 3)
    with reading(engine) as connection:
        used = texts_using(connection, stove, "zh")[injured.id]
    assert [(one.kind, one.name, one.stale) for one in used if one.kind == "statement"] == [("statement", "holding", True)]


def test_the_command_page_says_that_sentences_are_to_be_corrected(engine, do, stove, drafted, injured, now):
    becomes(do, injured, 3)
    with reading(engine) as connection:
        assert incidents.get(connection, stove)
        assert situation(connection, stove, language="zh", now=now).stale > 0
