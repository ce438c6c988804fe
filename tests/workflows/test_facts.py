"""Facts: confirmed by a name, corrected, disputed, worded in both languages."""

import pytest

from errors import BadInput, Conflict
from incidents.facts import missing_wordings
from storage import facts
from storage.database import reading
from workflows.add_fact import add_fact
from workflows.edit_fact import edit_fact
from workflows.save_intake_answer import save_intake_answer
from workflows.settle_fact import settle_fact


@pytest.fixture
def fact(engine, do, incident_id):
    do(save_intake_answer, incident_id, "place", value="南湖区", actor="王敏")
    with reading(engine) as connection:
        return facts.of_incident(connection, incident_id)[0]


def test_confirming_takes_a_name(do, fact):
    with pytest.raises(BadInput, match="name_needed"):
        do(settle_fact, fact.id, "confirmed", version=1, actor=None)
    made = do(settle_fact, fact.id, "confirmed", version=1, actor="贺工")
    assert (made.status, made.confirmed_by, made.settled) == ("confirmed", "贺工", True)


def test_confirming_twice_is_confirming_once(engine, do, fact):
    for _ in range(2):
        do(settle_fact, fact.id, "confirmed", version=1, actor="贺工")
    with reading(engine) as connection:
        assert [one["number"] for one in facts.versions(connection, fact.id)] == [2, 1]


def test_official_needs_the_body_that_said_so(do, fact):
    with pytest.raises(BadInput, match="source_needed"):
        do(settle_fact, fact.id, "official", version=1, actor="贺工")
    made = do(settle_fact, fact.id, "official", version=1, actor="贺工", source="南湖消防通报", document_number="12 号")
    assert (made.source, made.document_number) == ("南湖消防通报", "12 号")


def test_an_open_question_cannot_be_confirmed(engine, do, incident_id):
    do(save_intake_answer, incident_id, "deaths", unknown=True)
    with reading(engine) as connection:
        question = facts.of_incident(connection, incident_id)[0]
    with pytest.raises(BadInput, match="nothing_to_confirm"):
        do(settle_fact, question.id, "confirmed", version=1, actor="贺工")


def test_confirming_what_somebody_changed_meanwhile_is_told(do, fact):
    do(edit_fact, fact.id, version=1, value="北湖区", actor="李想")
    with pytest.raises(Conflict):
        do(settle_fact, fact.id, "confirmed", version=1, actor="贺工")


def test_a_corrected_value_has_to_be_confirmed_again(do, fact):
    do(settle_fact, fact.id, "confirmed", version=1, actor="贺工")
    made = do(edit_fact, fact.id, version=2, value="北湖区", actor="李想")
    assert (made.status, made.confirmed_by) == ("reported", None)


def test_better_words_leave_the_confirmation(do, fact):
    do(settle_fact, fact.id, "confirmed", version=1, actor="贺工")
    made = do(edit_fact, fact.id, version=2, wording_en="Nanhu District", actor="顾曼")
    assert (made.status, made.wording_en) == ("confirmed", "Nanhu District")


def test_a_settled_fact_without_english_words_is_a_question(engine, do, incident_id, fact):
    do(settle_fact, fact.id, "confirmed", version=1, actor="贺工")
    with reading(engine) as connection:
        assert [one.slot for one in missing_wordings(facts.of_incident(connection, incident_id), "en")] == ["where"]


def test_a_number_crosses_languages_by_itself(engine, do, incident_id):
    do(save_intake_answer, incident_id, "injured", value=1)
    with reading(engine) as connection:
        made = facts.of_incident(connection, incident_id)[0]
    do(settle_fact, made.id, "confirmed", version=1, actor="贺工")
    with reading(engine) as connection:
        assert missing_wordings(facts.of_incident(connection, incident_id), "en") == ()


def test_a_changed_fact_marks_what_used_it_as_stale(engine, do, fact):
    with reading(engine) as connection:
        facts.used_by(connection, "sentence", 7, [fact])
        connection.commit()
    do(edit_fact, fact.id, version=1, wording_zh="南湖区某小区", actor="顾曼")
    with reading(engine) as connection:
        assert facts.stale_users(connection, "sentence") == frozenset({7})


def test_a_fact_added_twice_with_one_key_is_one(engine, do, incident_id):
    for _ in range(2):
        do(add_fact, incident_id, slot="detail", kind="text", value="燃气已关闭", actor="贺工", key="once")
    with reading(engine) as connection:
        assert len(facts.of_incident(connection, incident_id)) == 1


@pytest.mark.parametrize("value", ["", "   ", "\u200b"])
def test_an_empty_fact_is_refused(do, incident_id, value):
    with pytest.raises(BadInput, match="nothing_written"):
        do(add_fact, incident_id, slot="detail", kind="text", value=value, actor="贺工")
