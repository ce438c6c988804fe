"""The crisis type: judged with its reasons, judged again as facts are confirmed, overruled by a name with a reason."""

import pytest

from errors import BadInput, NotFound
from storage import content, events, facts, judgements
from storage.database import reading, writing
from workflows.add_fact import add_fact
from workflows.judge_type import answer_proposal, judge_type, overrule_type


@pytest.fixture
def model():
    return content.type_model()


@pytest.fixture
def judged(do, stove, model):
    return do(judge_type, stove, model=model)


def current(engine, incident_id):
    with reading(engine) as connection:
        return judgements.current(connection, incident_id)


def test_the_stove_night_is_linear_with_reasons_in_quotes(engine, stove, judged):
    assert judged.crisis_type == "linear"
    assert judged.runner_up
    quotes = [one["quote"] for reason in judged.detail["reasons"] for one in reason["evidence"]]
    assert quotes
    assert judged.detail["would_change"]


def test_judging_again_from_the_same_facts_adds_nothing(engine, do, stove, model, judged):
    do(judge_type, stove, model=model)
    with reading(engine) as connection:
        assert len(judgements.history(connection, stove)) == 1
        assert [one.deed for one in events.of_incident(connection, stove)].count("type_judged") == 1


def test_a_person_overrules_with_a_name_and_a_reason(engine, do, stove, judged):
    with pytest.raises(BadInput, match="name_needed"):
        do(overrule_type, stove, "media", reason="报道先行", actor=None)
    with pytest.raises(BadInput, match="reason_needed"):
        do(overrule_type, stove, "media", reason=" ", actor="沈知远")
    made = do(overrule_type, stove, "media", reason="报道先行", actor="沈知远")
    assert (made.crisis_type, made.made_by, made.reason, made.runner_up) == ("media", "沈知远", "报道先行", "linear")
    with reading(engine) as connection:
        assert [one.state for one in judgements.history(connection, stove)] == ["current", "past"]


def test_what_a_person_decided_is_not_overruled_by_the_desk(engine, do, stove, model, judged):
    do(overrule_type, stove, "media", reason="报道先行", actor="沈知远")
    do(judge_type, stove, model=model)
    assert current(engine, stove).crisis_type == "media"
    with reading(engine) as connection:
        assert judgements.proposed(connection, stove).crisis_type == "linear"


@pytest.fixture
def proposal(engine, do, stove, model, judged):
    """A confirmed finding that makes it a matter of good faith."""
    do(
        add_fact, stove, slot="finding", kind="finding", status="official", source="市场监督管理局通报", actor="贺工",
        value="市场监督管理局查实：公司明知阀门不合格仍继续生产销售两年，已立案处罚",
    )  # fmt: skip
    do(judge_type, stove, model=model)
    with reading(engine) as connection:
        return judgements.proposed(connection, stove)


def test_a_confirmed_finding_proposes_a_change_and_names_the_fact_that_caused_it(engine, stove, proposal):
    assert proposal is not None
    assert proposal.crisis_type == "credit"
    assert current(engine, stove).crisis_type == "linear"
    with reading(engine) as connection:
        assert facts.get(connection, int(proposal.reason)).slot == "finding"


def test_a_proposal_is_accepted_with_a_name(engine, do, stove, proposal):
    with pytest.raises(BadInput, match="name_needed"):
        do(answer_proposal, proposal.id, accepted=True, actor=None)
    do(answer_proposal, proposal.id, accepted=True, actor="沈知远")
    assert current(engine, stove).crisis_type == "credit"
    with reading(engine) as connection:
        assert judgements.proposed(connection, stove) is None


def test_a_refused_proposal_stays_refused_until_something_new_is_known(engine, do, stove, model, proposal):
    do(answer_proposal, proposal.id, accepted=False, actor="沈知远")
    do(judge_type, stove, model=model)
    assert current(engine, stove).crisis_type == "linear"
    with reading(engine) as connection:
        assert judgements.proposed(connection, stove) is None


def test_answering_a_proposal_twice_is_told(do, proposal):
    do(answer_proposal, proposal.id, accepted=True, actor="沈知远")
    with pytest.raises(NotFound, match="proposal_gone"):
        do(answer_proposal, proposal.id, accepted=True, actor="沈知远")


def test_a_judgement_can_be_made_from_an_empty_intake(engine, now, incident_id, model):
    with writing(engine) as connection:
        made = judge_type(connection, incident_id, model=model, now=now)
    assert made.provisional
