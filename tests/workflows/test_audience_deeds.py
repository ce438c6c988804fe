"""The board of groups: proposed from the facts, refreshed when they move, never where a person has written."""

import pytest

from storage import audiences, content, events, facts
from storage.database import reading
from tests.fixtures.incidents import STOVE, crew, on_the_desk
from workflows.propose_audiences import propose_audiences
from workflows.save_audience_answer import return_to_prefilled, save_audience_answer
from workflows.save_intake_answer import save_intake_answer
from workflows.settle_fact import settle_fact


@pytest.fixture
def board(engine, do, stove):
    """The stove's incident with its groups proposed; gives {slug: group} as it stands."""
    propose(do, stove)
    return lambda: groups(engine, stove)


def propose(do, incident_id):
    do(propose_audiences, incident_id, catalogue=content.catalogue())


def groups(engine, incident_id):
    with reading(engine) as connection:
        return {one.slug: one for one in audiences.of_incident(connection, incident_id)}


def answer(engine, group, question):
    with reading(engine) as connection:
        return audiences.answers(connection, group.id)[question]


def facts_of(engine, incident_id, slot):
    with reading(engine) as connection:
        return next(one for one in facts.of_incident(connection, incident_id) if one.slot == slot)


def deeds(engine, incident_id):
    with reading(engine) as connection:
        return [(one.deed, one.facts.get("name")) for one in events.of_incident(connection, incident_id)]


def test_proposing_again_changes_nothing(engine, do, stove, board):
    before, log = board(), deeds(engine, stove)
    propose(do, stove)
    assert board() == before
    assert deeds(engine, stove) == log


def test_each_group_is_told_once_on_the_timeline(engine, stove, board):
    added = [name for deed, name in deeds(engine, stove) if deed == "audience_added"]
    assert sorted(added) == sorted(one.name_zh for one in board().values())


def test_a_statement_speaks_to_those_who_are_touched_the_most_harmed_first(engine, stove, board):
    with reading(engine) as connection:
        assert audiences.addressed(connection, stove, "zh") == ("伤者及家属", "周边居民", "使用同款灶具的顾客")


def test_a_withdrawn_fact_takes_its_clause_along(engine, do, stove, board):
    where = facts_of(engine, stove, "where")
    assert "南湖区" in answer(engine, board()["neighbours"], "who").text_zh
    do(settle_fact, where.id, "withdrawn", version=where.version, actor="王敏")
    propose(do, stove)
    assert "南湖区" not in answer(engine, board()["neighbours"], "who").text_zh


def test_what_a_person_wrote_is_never_touched_but_marked_when_its_ground_moves(engine, do, stove, board):
    mine = answer(engine, board()["neighbours"], "who")
    do(save_audience_answer, mine.audience_id, "who", "zh", "三号楼二十四户", version=mine.version, actor="顾曼")
    where = facts_of(engine, stove, "where")
    do(settle_fact, where.id, "withdrawn", version=where.version, actor="王敏")
    propose(do, stove)
    stands = answer(engine, board()["neighbours"], "who")
    assert (stands.text_zh, stands.edited, stands.saved_by) == ("三号楼二十四户", True, "顾曼")
    with reading(engine) as connection:
        assert stands.id in facts.stale_users(connection, "answer")


def test_saving_it_again_says_that_the_change_was_seen(engine, do, stove, board):
    mine = answer(engine, board()["neighbours"], "who")
    do(save_audience_answer, mine.audience_id, "who", "zh", "三号楼", version=mine.version)
    where = facts_of(engine, stove, "where")
    do(settle_fact, where.id, "disputed", version=where.version, actor="王敏")
    do(save_audience_answer, mine.audience_id, "who", "zh", "三号楼和四号楼", version=2)
    with reading(engine) as connection:
        assert mine.id not in facts.stale_users(connection, "answer")


def test_the_desks_own_text_can_be_taken_again(engine, do, board):
    group = board()["staff"]
    mine = answer(engine, group, "feel")
    saved = do(save_audience_answer, group.id, "feel", "en", "They ask whether jobs are safe.", version=1)
    back = do(return_to_prefilled, group.id, "feel", version=saved.version)
    assert (back.text_zh, back.text_en, back.edited) == (mine.text_zh, mine.text_en, False)


def test_the_injured_are_expected_until_it_is_known_that_nobody_is(engine, do, incident_id):
    do(save_intake_answer, incident_id, "what_happened", value="厨房燃气灶爆炸")
    propose(do, incident_id)
    family = groups(engine, incident_id)["injured_family"]
    assert not family.why["addressed"]
    for field in ("deaths", "injured", "missing"):
        do(save_intake_answer, incident_id, field, value=0)
    propose(do, incident_id)
    assert groups(engine, incident_id)["injured_family"].why["applies"] is False


def test_the_intakes_own_list_puts_groups_on_the_board(engine, do, incident_id):
    do(save_intake_answer, incident_id, "groups", value=["周边居民", "夜班护林员"])
    propose(do, incident_id)
    found = groups(engine, incident_id)
    assert "neighbours" in found
    assert "夜班护林员" in {one.name_zh for one in found.values()}


def test_the_one_person_whose_role_it_is_becomes_the_owner(engine, do, now):
    from storage.database import writing

    with writing(engine) as connection:
        incident_id = on_the_desk(connection, now, STOVE)
        people = crew(connection, now, incident_id)
    propose(do, incident_id)
    found = groups(engine, incident_id)
    assert found["insurers_counsel"].owner_id == people["legal"]
    assert all(one.owner_id for one in found.values())
