"""A fact that is withdrawn takes every clause along that rests on it, in all four questions and in what is said; or marks it."""

import pytest

from stakeholders.models import TEXTS
from storage import audiences, content, facts
from storage.database import reading
from workflows.propose_audiences import propose_audiences
from workflows.save_audience_answer import save_audience_answer
from workflows.settle_fact import settle_fact


@pytest.fixture
def database_url(sqlite_url):
    """One database is enough for what is prefilled."""
    return sqlite_url


@pytest.fixture
def board(engine, do, stove):
    def now():
        do(propose_audiences, stove, catalogue=content.catalogue())
        with reading(engine) as connection:
            known = {one.id: one for one in facts.of_incident(connection, stove)}
            return known, audiences.of_incident(connection, stove), audiences.all_answers(connection, stove)

    return now


def resting_on(answers, number):
    """(group, question) of every clause that rests on a fact."""
    return {
        (audience, question)
        for audience, mine in answers.items()
        for question, one in mine.items()
        if any(number in clause["facts"] for clause in one.clauses)
    }


def test_no_clause_stands_on_a_fact_that_is_withdrawn(do, board):
    known, _, answers = board()
    used = {number: resting_on(answers, number) for number in known}
    assert {question for found in used.values() for _, question in found} >= {"who", "know", "message"}
    for number in sorted(number for number, found in used.items() if found):
        fact = known[number]
        do(settle_fact, number, "withdrawn", version=fact.version, actor="王敏")
        _, _, after = board()
        assert not resting_on(after, number), fact.slot
        if fact.kind != "number" and len(str(fact.wording_zh)) > 6:
            texts = [one.text_zh for mine in after.values() for one in mine.values()]
            assert not any(str(fact.wording_zh) in text for text in texts), fact.slot


def test_a_withdrawn_number_leaves_the_question_behind(do, board):
    known, groups, _ = board()
    family = next(one for one in groups if one.slug == "injured_family")
    for fact in [one for one in known.values() if one.slot in ("injured", "deaths", "missing")]:
        do(settle_fact, fact.id, "withdrawn", version=fact.version, actor="王敏")
    _, _, after = board()
    assert "受伤 1 人" not in after[family.id]["who"].text_zh
    assert "尚不清楚：有没有人受伤" in after[family.id]["who"].text_zh


def test_what_a_person_wrote_is_marked_in_every_question_and_in_the_message(engine, do, board):
    known, _, answers = board()
    contact = next(one for one in known.values() if one.slot == "what")
    mine = {
        question: next(one[question] for one in answers.values() if any(contact.id in clause["facts"] for clause in one[question].clauses))
        for question in TEXTS
        if any(contact.id in clause["facts"] for one in answers.values() for clause in one[question].clauses)
    }  # fmt: skip
    for question, one in mine.items():
        do(save_audience_answer, one.audience_id, question, "zh", "我的话", version=one.version, actor="顾曼")
    do(settle_fact, contact.id, "withdrawn", version=contact.version, actor="王敏")
    _, _, after = board()
    with reading(engine) as connection:
        stale = {kind: facts.stale_users(connection, kind) for kind in ("answer", "message")}
    for question, one in mine.items():
        assert one.id in stale["message" if question == "message" else "answer"]
        assert after[one.audience_id][question].text_zh == "我的话"
    assert {"know", "message"} <= set(mine)
