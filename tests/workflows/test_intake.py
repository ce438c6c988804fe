"""The intake: what is entered is stored, becomes facts, and says in plain words what cannot be so."""

from datetime import timedelta

import pytest

from errors import BadInput, Conflict
from incidents.trail import first_break
from storage import events, facts, incidents
from storage.database import reading, writing
from workflows.open_incident import open_incident
from workflows.save_intake_answer import save_intake_answer


def known(engine, incident_id):
    with reading(engine) as connection:
        return {fact.slot: fact for fact in facts.of_incident(connection, incident_id) if fact.status != "withdrawn"}


def stored(engine, incident_id):
    with reading(engine) as connection:
        return incidents.answers(connection, incident_id)


def test_an_answer_is_stored_and_becomes_a_reported_fact(engine, do, incident_id):
    do(save_intake_answer, incident_id, "what_happened", value="灶具爆炸", actor="王敏")
    assert stored(engine, incident_id)["what_happened"].value == "灶具爆炸"
    fact = known(engine, incident_id)["what"]
    assert (fact.status, fact.wording_zh, fact.wording_en, fact.said_by) == ("reported", "灶具爆炸", None, "王敏")


def test_the_same_answer_twice_changes_nothing(engine, do, incident_id):
    for _ in range(2):
        do(save_intake_answer, incident_id, "injured", value=1, version=0)
    with reading(engine) as connection:
        assert len(events.of_incident(connection, incident_id)) == 3  # opened, saved, fact entered


def test_what_is_not_known_becomes_an_open_question(engine, do, incident_id):
    do(save_intake_answer, incident_id, "deaths", unknown=True)
    do(save_intake_answer, incident_id, "cause_known", value="no")
    assert {slot: fact.status for slot, fact in known(engine, incident_id).items()} == {"deaths": "unknown", "cause": "unknown"}


def test_an_answer_closes_the_open_question(engine, do, incident_id):
    do(save_intake_answer, incident_id, "deaths", unknown=True)
    do(save_intake_answer, incident_id, "deaths", value=0, version=1)
    fact = known(engine, incident_id)["deaths"]
    assert (fact.status, fact.value) == ("reported", 0)


def test_a_line_taken_out_withdraws_its_fact_and_leaves_the_others(engine, do, incident_id):
    do(save_intake_answer, incident_id, "actions", value="派人到场\n报告消防")
    do(save_intake_answer, incident_id, "actions", value="派人到场", version=1)
    with reading(engine) as connection:
        standing = {fact.value: fact.status for fact in facts.of_incident(connection, incident_id)}
    assert standing == {"派人到场": "reported", "报告消防": "withdrawn"}


def test_two_people_saving_one_field_the_second_is_told_and_loses_nothing(do, incident_id):
    do(save_intake_answer, incident_id, "place", value="南湖区", version=0, actor="王敏")
    with pytest.raises(Conflict) as told:
        do(save_intake_answer, incident_id, "place", value="北湖区", version=0, actor="李想")
    assert told.value.facts["theirs"]["value"] == "南湖区"
    assert told.value.facts["mine"]["value"] == "北湖区"


def test_the_incident_takes_its_name_from_the_intake(engine, do, incident_id):
    do(save_intake_answer, incident_id, "company", value="青禾厨电")
    do(save_intake_answer, incident_id, "what_happened", value="灶具爆炸")
    with reading(engine) as connection:
        assert incidents.get(connection, incident_id).title == "青禾厨电 · 灶具爆炸"


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("injured", -1, "negative"),
        ("injured", "许多", "not_a_number"),
        ("deaths", 10**9, "too_large"),
        ("place", "字" * 20_001, "too_long"),
        ("happened_at", "2031-01-01T00:00", "in_the_future"),
        ("happened_at", "1900-01-01T00:00", "too_long_ago"),
        ("happened_at", "昨晚", "not_a_time"),
        ("origin", "aliens", "not_a_choice"),
        ("no_such_thing", "x", "no_such_field"),
        ("actions", "\n".join(f"第 {n} 件" for n in range(41)), "too_many_lines"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason_and_nothing_is_stored(engine, do, incident_id, field, value, key):
    with pytest.raises(BadInput) as told:
        do(save_intake_answer, incident_id, field, value=value)
    assert told.value.key == key
    assert stored(engine, incident_id) == {}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<script>alert(1)</script>爆炸", "<script>alert(1)</script>爆炸"),
        ("{{ 7 * 7 }} {% raw %}", "{{ 7 * 7 }} {% raw %}"),
        ("火\u202e灾\u200b了\u0007", "火灾了"),
        ("🔥 起火", "🔥 起火"),
        ("  两端空白  ", "两端空白"),
        ("\ud800坏字", "?坏字"),
    ],
)
def test_odd_text_is_kept_as_text_without_what_hides_in_it(engine, do, incident_id, typed, kept):
    do(save_intake_answer, incident_id, "what_happened", value=typed)
    assert stored(engine, incident_id)["what_happened"].value == kept


def test_twenty_thousand_characters_fit_the_long_field(engine, do, incident_id):
    do(save_intake_answer, incident_id, "narrative", value="字" * 20_000)
    assert len(stored(engine, incident_id)["narrative"].value) == 20_000


def test_opening_with_the_same_key_opens_once(engine, now):
    with writing(engine) as connection:
        ids = {open_incident(connection, now=now, zone="Asia/Shanghai", language="zh", key="k") for _ in range(3)}
        assert len(ids) == 1
        assert incidents.count(connection) == 1


def test_the_first_statement_is_due_within_the_hour(engine, incident_id, now):
    with reading(engine) as connection:
        clocks = incidents.clocks(connection, incident_id)
    assert [(one.rule, one.due_at - now) for one in clocks] == [("first_statement", timedelta(hours=1))]


def test_the_trail_is_one_chain_and_a_changed_row_shows(engine, do, incident_id):
    for number in range(5):
        do(save_intake_answer, incident_id, "injured", value=number, version=number)
    with reading(engine) as connection:
        log = events.of_incident(connection, incident_id)
    assert first_break(log) is None
    from dataclasses import replace

    assert first_break([replace(log[0], actor="别人"), *log[1:]]) == 1
    assert first_break([*log[:2], *log[3:]]) == 3
    assert first_break([log[1], log[0], *log[2:]]) == 1
