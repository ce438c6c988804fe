"""What people do with a group: stance, owner, contact, own groups; two of them at once lose nothing."""

from datetime import timedelta

import pytest

from errors import BadInput, Conflict, NotFound
from storage import audiences, content
from storage.database import reading
from tests.fixtures.incidents import crew
from workflows.add_audience import add_audience
from workflows.assign_audience import assign_audience
from workflows.propose_audiences import propose_audiences
from workflows.record_contact import record_contact
from workflows.remove_audience import remove_audience, restore_audience
from workflows.save_audience_answer import save_audience_answer
from workflows.set_stance import review_stances, set_stance


@pytest.fixture
def group(engine, do, stove):
    do(propose_audiences, stove, catalogue=content.catalogue())
    with reading(engine) as connection:
        return next(one for one in audiences.of_incident(connection, stove) if one.slug == "owners")


def names(engine, incident_id, **options):
    with reading(engine) as connection:
        return [one.name_zh for one in audiences.of_incident(connection, incident_id, **options)]


def test_two_people_writing_the_same_answer_are_told_and_lose_nothing(do, group):
    do(save_audience_answer, group.id, "feel", "zh", "她写的", version=1, actor="顾曼")
    with pytest.raises(Conflict) as told:
        do(save_audience_answer, group.id, "feel", "zh", "他写的", version=1, actor="贺工")
    assert told.value.facts == {"theirs": {"text_zh": "她写的"}, "mine": {"text_zh": "他写的"}}


def test_each_writing_in_a_language_of_their_own_are_no_conflict(engine, do, group):
    with reading(engine) as connection:
        seen = audiences.answers(connection, group.id)["feel"].text_en
    do(save_audience_answer, group.id, "feel", "zh", "她写的", version=1)
    made = do(save_audience_answer, group.id, "feel", "en", "hers", version=1, seen=seen)
    assert (made.text_zh, made.text_en) == ("她写的", "hers")
    assert not made.prefilled("en")


@pytest.mark.parametrize(("question", "language"), [("mood", "zh"), ("feel", "fr")])
def test_there_are_four_questions_and_two_languages(do, group, question, language):
    with pytest.raises(BadInput, match="not_a_choice"):
        do(save_audience_answer, group.id, question, language, "x", version=1)


def test_hidden_characters_go_and_long_texts_are_refused(do, group):
    made = do(save_audience_answer, group.id, "know", "zh", "\u202e<b>{{x}}</b>\x00", version=1)
    assert made.text_zh == "<b>{{x}}</b>"
    with pytest.raises(BadInput, match="too_long"):
        do(save_audience_answer, group.id, "know", "zh", "长" * 4001, version=2)


def test_a_stance_takes_a_reason_and_keeps_its_history(engine, do, group):
    with pytest.raises(BadInput, match="reason_needed"):
        do(set_stance, group.id, "positive", reason=" ", version=group.version)
    made = do(set_stance, group.id, "negative_critic", reason="来电 12 通，多在问停售", version=group.version, actor="顾曼")
    assert made.stance == "negative_critic"
    with reading(engine) as connection:
        history = audiences.stances(connection, group.id)
    assert [(one["stance"], one["changed_by"]) for one in history] == [("neutral", None), ("negative_critic", "顾曼")]


def test_a_stance_set_from_an_old_screen_is_told(do, group):
    do(set_stance, group.id, "positive", reason="转发我们的原文", version=group.version)
    with pytest.raises(Conflict):
        do(set_stance, group.id, "negative_critic", reason="要求召回", version=group.version)


def test_a_stance_is_one_of_five(do, group):
    with pytest.raises(BadInput, match="not_a_choice"):
        do(set_stance, group.id, "furious", reason="x", version=group.version)


def test_a_group_gets_an_owner_and_an_hour(engine, do, stove, group, now):
    from storage.database import writing

    with writing(engine) as connection:
        people = crew(connection, now, stove)
    made = do(assign_audience, group.id, version=group.version, owner_id=people["operations"])
    made = do(assign_audience, group.id, version=made.version, next_contact_at=(now + timedelta(hours=9)).replace(tzinfo=None))
    assert made.owner_id == people["operations"]
    assert made.next_contact_at == now + timedelta(hours=1)  # without a zone: read in the incident's
    with pytest.raises(NotFound):
        do(assign_audience, group.id, version=made.version, owner_id=987_654)


def test_a_contact_is_recorded_once_with_what_they_said(engine, do, group, now):
    for _ in range(2):
        made = do(
            record_contact, group.id, channel="phone", heard="问能不能继续用", key="one",
            next_contact_at=now + timedelta(hours=4),
        )  # fmt: skip
    assert (made.contacted_at, made.next_contact_at) == (now, now + timedelta(hours=4))
    with reading(engine) as connection:
        assert [one["question"] for one in audiences.communications(connection, group.id)] == ["问能不能继续用"]


def test_a_contact_is_no_conflict_with_somebody_elses_edit(do, group):
    do(record_contact, group.id, channel="phone")
    assert do(set_stance, group.id, "positive", reason="感谢来电", version=group.version).stance == "positive"


def test_a_group_of_ones_own_begins_with_all_four_questions(engine, do, stove, group):
    made = do(add_audience, stove, catalogue=content.catalogue(), name="夜市摊主", actor="顾曼")
    again = do(add_audience, stove, catalogue=content.catalogue(), name="夜市摊主")
    assert made == again
    with reading(engine) as connection:
        answers = audiences.answers(connection, made.id)
    assert all(one.text_zh and one.text_en for one in answers.values())
    do(propose_audiences, stove, catalogue=content.catalogue())
    assert "夜市摊主" in names(engine, stove)


def test_a_group_of_the_catalogue_can_be_put_on_the_board(engine, do, stove, group):
    made = do(add_audience, stove, catalogue=content.catalogue(), slug="investors_lenders")
    assert made.name_zh == "投资者与债权人"
    with pytest.raises(BadInput, match="nothing_written"):
        do(add_audience, stove, catalogue=content.catalogue(), name="  ")
    with pytest.raises(BadInput, match="not_a_choice"):
        do(add_audience, stove, catalogue=content.catalogue(), slug="nobody")


def test_a_group_taken_off_keeps_what_was_written_and_can_be_put_back(engine, do, stove, group):
    do(save_audience_answer, group.id, "who", "zh", "登记用户 312 户", version=1)
    do(remove_audience, group.id, version=group.version)
    do(propose_audiences, stove, catalogue=content.catalogue())
    assert group.name_zh not in names(engine, stove)
    assert names(engine, stove, removed=True) == [group.name_zh]
    do(restore_audience, group.id)
    with reading(engine) as connection:
        assert audiences.answers(connection, group.id)["who"].text_zh == "登记用户 312 户"


def test_a_review_is_remembered_once(engine, do, stove, group):
    from storage import incidents

    for _ in range(2):
        do(review_stances, stove, 4, actor="沈知远")
    with reading(engine) as connection:
        made = [one for one in incidents.clocks(connection, stove) if one.rule == "stance_review"]
    assert [(one.subject_id, one.stopped_by) for one in made] == [(4, "沈知远")]
