"""A statement from settled facts to a released text."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from errors import BadInput, Conflict, NotAllowed
from statements.guard import check
from statements.records import body
from storage import content, events, facts, incidents, statements
from storage.database import reading, writing
from tests.fixtures.incidents import ENGLISH, STOVE, crew
from workflows.clear_statement import decide_clearance, send_to_clear
from workflows.draft_statement import draft_statement, redraft
from workflows.edit_fact import edit_fact
from workflows.edit_statement import add_sentence, edit_sentence, restore_version
from workflows.release_statement import release_statement
from workflows.save_intake_answer import save_intake_answer
from workflows.settle_fact import settle_fact


def checker(text, language):
    return check(text, language, content.guard())


@pytest.fixture
def kit():
    return content.statement_kit()


@pytest.fixture
def crewed(engine, stove, now):
    with writing(engine) as connection:
        return crew(connection, now)


@pytest.fixture
def drafted(do, stove, kit):
    return do(draft_statement, stove, kit=kit, check=checker, actor="顾曼")


def latest(engine, statement_id):
    with reading(engine) as connection:
        version = statements.latest(connection, statement_id)
        return version, statements.sentences(connection, version.id)


def text(engine, statement_id, language="zh"):
    return body(latest(engine, statement_id)[1], language)


def worded_in_english(engine, do, incident_id):
    with reading(engine) as connection:
        known = facts.of_incident(connection, incident_id)
    for fact in known:
        words = ENGLISH.get(fact.field)
        words = words[STOVE[fact.field].index(fact.value)] if isinstance(words, list) else words
        if words:
            do(edit_fact, fact.id, version=fact.version, wording_en=words)


def clear(do, engine, statement_id, crewed, number, language="zh"):
    do(send_to_clear, statement_id, seen=number, language=language, check=checker, actor="顾曼")
    for role in ("operations", "legal", "head"):
        with reading(engine) as connection:
            asked = {one.role: one for one in statements.clearances(connection, statements.latest(connection, statement_id).id)}
        do(decide_clearance, asked[role].id, given=True, person_id=crewed[role])


def test_a_draft_says_what_is_confirmed_in_both_languages(engine, do, stove, kit):
    worded_in_english(engine, do, stove)
    made = do(draft_statement, stove, kit=kit, check=checker)
    assert "青禾厨电" in text(engine, made)
    assert "400-555-0100" in text(engine, made)
    assert "Qinghe Kitchen" in text(engine, made, "en")
    assert "22:30" in text(engine, made) and "22:30" in text(engine, made, "en")  # noqa: PT018 one promise in two tongues


def test_what_is_only_reported_stays_out_and_the_open_cause_is_owned_up_to(engine, do, stove, kit):
    do(save_intake_answer, stove, "product", value="阀门型号七号", actor="王敏")
    made = do(draft_statement, stove, kit=kit, check=checker)
    assert "阀门型号七号" not in text(engine, made)
    assert "起因" in text(engine, made)


def test_every_sentence_names_the_facts_it_rests_on(engine, drafted, stove):
    with reading(engine) as connection:
        slots = {fact.id: fact.slot for fact in facts.of_incident(connection, stove)}
    rests = {one.sid: {slots[number] for number in one.facts} for one in latest(engine, drafted)[1] if one.language == "zh"}
    assert {"what", "when", "where"} <= rests["lead"]
    assert {"deaths", "injured"} <= rests["casualties"]
    assert "deed" in rests["actions"]
    assert "contact" in rests["help"]


def test_a_fact_without_english_words_leaves_the_english_text_unreleasable(engine, do, stove, kit, crewed):
    made = do(draft_statement, stove, kit=kit, check=checker)
    version, _ = latest(engine, made)
    assert "missing_wording_en" in version.flags
    clear(do, engine, made, crewed, version.number)
    with pytest.raises(BadInput):
        do(release_statement, made, seen=version.number, languages=["zh", "en"], check=checker, person_id=crewed["head"])


def test_drafting_again_before_release_makes_a_version_not_a_second_statement(engine, do, stove, kit, drafted):
    again = do(draft_statement, stove, kit=kit, check=checker)
    assert again == drafted
    assert latest(engine, drafted)[0].number == 2


def test_an_edit_is_a_version_of_its_own_and_can_be_undone(engine, do, drafted):
    before = text(engine, drafted)
    do(edit_sentence, drafted, "zh", "care", "我们牵挂伤者和家人。", seen=1, actor="顾曼")
    assert "我们牵挂伤者和家人。" in text(engine, drafted)
    do(restore_version, drafted, 1, seen=2, actor="顾曼")
    assert text(engine, drafted) == before


def test_the_layout_survives_an_edit(engine, do, drafted):
    lines = text(engine, drafted).count("\n")
    do(edit_sentence, drafted, "zh", "care", "我们牵挂伤者和家人。", seen=1, actor="顾曼")
    assert text(engine, drafted).count("\n") == lines


def test_taking_a_sentence_out_and_adding_ones_own(engine, do, drafted):
    do(edit_sentence, drafted, "zh", "care", "", seen=1, actor="顾曼")
    do(add_sentence, drafted, "zh", "lead", "现场已由消防救援部门管控。", seen=2, actor="顾曼")
    said = text(engine, drafted)
    assert "现场已由消防救援部门管控。" in said
    assert "care" not in {one.sid for one in latest(engine, drafted)[1] if one.language == "zh"}


def test_the_same_words_again_change_nothing(engine, do, drafted):
    care = next(one for one in latest(engine, drafted)[1] if (one.language, one.sid) == ("zh", "care"))
    do(edit_sentence, drafted, "zh", "care", care.text, seen=1)
    assert latest(engine, drafted)[0].number == 1


def test_two_people_on_one_sentence_the_second_is_told_and_keeps_the_words(do, drafted):
    do(edit_sentence, drafted, "zh", "care", "甲写的。", seen=1, actor="顾曼")
    with pytest.raises(Conflict) as told:
        do(edit_sentence, drafted, "zh", "care", "乙写的。", seen=1, actor="王敏")
    assert told.value.facts["theirs"]["text"] == "甲写的。"
    assert told.value.facts["mine"]["text"] == "乙写的。"


def test_two_people_on_different_sentences_both_get_their_way(engine, do, drafted):
    do(edit_sentence, drafted, "zh", "care", "甲写的。", seen=1, actor="顾曼")
    do(edit_sentence, drafted, "zh", "actions", "乙写的。", seen=1, actor="王敏")
    assert "甲写的。" in text(engine, drafted)
    assert "乙写的。" in text(engine, drafted)


def test_a_text_that_admits_liability_cannot_be_sent_to_be_cleared(do, drafted):
    do(edit_sentence, drafted, "zh", "care", "这次爆炸是我们的灶具质量问题造成的，我们承担全部责任。", seen=1)
    with pytest.raises(BadInput, match="text_is_blocked"):
        do(send_to_clear, drafted, seen=2, language="zh", check=checker)


def test_a_text_with_a_hole_cannot_be_sent_to_be_cleared(engine, do, incident_id, kit):
    do(save_intake_answer, incident_id, "what_happened", value="灶具爆炸", actor="王敏")
    made = do(draft_statement, incident_id, kit=kit, check=checker)
    assert "【待填" in text(engine, made)
    with pytest.raises(BadInput, match="text_has_holes"):
        do(send_to_clear, made, seen=1, language="zh", check=checker)


def test_operations_and_legal_are_asked_together_and_the_head_after_both(engine, do, drafted, crewed):
    do(send_to_clear, drafted, seen=1, language="zh", check=checker)
    version = latest(engine, drafted)[0]

    def asked():
        with reading(engine) as connection:
            return {one.role: one for one in statements.clearances(connection, version.id)}

    assert set(asked()) == {"operations", "legal"}
    do(decide_clearance, asked()["legal"].id, given=True, person_id=crewed["legal"])
    assert "head" not in asked()
    do(decide_clearance, asked()["operations"].id, given=True, person_id=crewed["operations"])
    assert asked()["head"].due_at - asked()["head"].asked_at == timedelta(minutes=5)


def test_only_who_holds_the_role_may_clear(engine, do, drafted, crewed):
    do(send_to_clear, drafted, seen=1, language="zh", check=checker)
    with reading(engine) as connection:
        asked = statements.clearances(connection, latest(engine, drafted)[0].id)[0]
    with pytest.raises(NotAllowed, match="not_your_role"):
        do(decide_clearance, asked.id, given=True, person_id=crewed["pr"])


def test_returning_a_text_takes_a_reason(engine, do, drafted, crewed):
    do(send_to_clear, drafted, seen=1, language="zh", check=checker)
    with reading(engine) as connection:
        asked = {one.role: one for one in statements.clearances(connection, latest(engine, drafted)[0].id)}
    with pytest.raises(BadInput, match="reason_needed"):
        do(decide_clearance, asked["legal"].id, given=False, person_id=crewed["legal"])
    made = do(decide_clearance, asked["legal"].id, given=False, person_id=crewed["legal"], note="时间写错了")
    assert (made.state, made.note) == ("refused", "时间写错了")


def test_an_edit_voids_what_was_cleared(engine, do, drafted, crewed):
    clear(do, engine, drafted, crewed, 1)
    do(edit_sentence, drafted, "zh", "care", "我们牵挂伤者和家人。", seen=1, actor="顾曼")
    with reading(engine) as connection:
        old = statements.versions(connection, drafted)[-1]
        assert {one.state for one in statements.clearances(connection, old.id)} == {"void"}
        assert statements.get(connection, drafted).state == "draft"
    with pytest.raises(NotAllowed, match="not_cleared"):
        do(release_statement, drafted, seen=2, languages=["zh"], check=checker, person_id=crewed["head"])


def test_a_cleared_text_goes_out_with_number_and_hash_exactly_as_it_stood(engine, do, stove, drafted, crewed):
    said = text(engine, drafted)
    clear(do, engine, drafted, crewed, 1)
    number = do(release_statement, drafted, seen=1, languages=["zh"], check=checker, person_id=crewed["head"])
    with reading(engine) as connection:
        out = statements.publications(connection, stove)
    assert [(one.number, one.language, one.body) for one in out] == [(number, "zh", said)]
    assert out[0].sha256 == sha256(said.encode()).hexdigest()


def test_releasing_twice_releases_once(engine, do, stove, drafted, crewed):
    clear(do, engine, drafted, crewed, 1)
    numbers = {
        do(release_statement, drafted, seen=1, languages=["zh"], check=checker, person_id=crewed["head"]) for _ in range(2)
    }
    with reading(engine) as connection:
        assert len(statements.publications(connection, stove)) == len(numbers) == 1


def test_only_the_head_releases(engine, do, drafted, crewed):
    clear(do, engine, drafted, crewed, 1)
    with pytest.raises(NotAllowed, match="not_your_role"):
        do(release_statement, drafted, seen=1, languages=["zh"], check=checker, person_id=crewed["legal"])


def test_a_released_text_is_never_changed(do, engine, kit, drafted, crewed):
    clear(do, engine, drafted, crewed, 1)
    do(release_statement, drafted, seen=1, languages=["zh"], check=checker, person_id=crewed["head"])
    for deed in (
        lambda: do(edit_sentence, drafted, "zh", "care", "改了。", seen=1),
        lambda: do(redraft, drafted, kit=kit, check=checker),
        lambda: do(restore_version, drafted, 1, seen=1),
    ):
        with pytest.raises(NotAllowed, match="released_stays"):
            deed()


def test_the_promise_made_becomes_a_clock_and_the_next_release_keeps_it(engine, do, stove, kit, drafted, crewed):
    clear(do, engine, drafted, crewed, 1)
    do(release_statement, drafted, seen=1, languages=["zh"], check=checker, person_id=crewed["head"])
    with reading(engine) as connection:
        clocks = {one.rule: one for one in incidents.clocks(connection, stove)}
    assert clocks["first_statement"].kept is True
    assert clocks["next_update"].stopped_at is None
    second = do(draft_statement, stove, kit=kit, check=checker)
    clear(do, engine, second, crewed, latest(engine, second)[0].number)
    number = latest(engine, second)[0].number
    do(release_statement, second, seen=number, languages=["zh"], check=checker, person_id=crewed["head"])
    with reading(engine) as connection:
        kept = [one for one in incidents.clocks(connection, stove) if one.rule == "next_update" and one.stopped_at]
    assert [one.kept for one in kept] == [True]


def test_the_trail_tells_the_whole_way(engine, do, stove, drafted, crewed):
    clear(do, engine, drafted, crewed, 1)
    do(release_statement, drafted, seen=1, languages=["zh"], check=checker, person_id=crewed["head"])
    with reading(engine) as connection:
        deeds = [one.deed for one in events.of_incident(connection, stove)]
    told = [deed for deed in deeds if deed.startswith(("statement", "clearance"))]
    assert told == ["statement_drafted", "statement_sent", *["clearance_given"] * 3, "statement_released"]


def test_a_changed_fact_marks_the_sentences_that_said_it(engine, do, stove, drafted):
    with reading(engine) as connection:
        fact = next(one for one in facts.of_incident(connection, stove) if one.slot == "contact")
        says = {one.id for one in latest(engine, drafted)[1] if fact.id in one.facts}
    do(settle_fact, fact.id, "disputed", version=fact.version, actor="贺工")
    with reading(engine) as connection:
        assert says <= facts.stale_users(connection, "sentence")
    assert replace(fact, status="disputed").settled is False
