"""A block is let through by legal and the head, by name, for exactly these words; what restates statute never is."""

import pytest

from errors import BadInput, NotAllowed, NotFound
from storage import clearing, events
from storage.database import reading
from tests.clearing import DENIAL, KNEW, PRIVATE, SAFE, Text, check, drafted
from workflows.add_fact import add_fact
from workflows.edit_statement import edit_sentence, restore_version
from workflows.override_block import ask_override, decide_override
from workflows.settle_fact import settle_fact
from workflows.ways import ways


@pytest.fixture
def text(engine, do, stove) -> Text:
    return drafted(engine, do, stove)


def blocks(text):
    with reading(text.engine) as connection:
        return ways(connection, text.id, ("zh",), check=check).left


def ask(text, number=0, **more):
    found = blocks(text)[number]
    given = {"reason": "保险条款原文，须照录", "actor": "顾曼"} | more
    return text.do(ask_override, text.id, found.key, seen=text.version.number, check=check, **given)


def decide(text, one, role, given=True, person=None, note=""):
    return text.do(decide_override, one.id, role=role, given=given, person_id=text.people[person or role], note=note)


def test_legal_and_head_let_one_finding_through_and_the_text_goes_its_way(text):
    text.says(SAFE)
    asked = ask(text)
    assert (asked.quote, asked.label, asked.rule) == (SAFE, "absolute_promise", "R23")
    decide(text, asked, "legal")
    assert [one.quote for one in blocks(text)] == [SAFE]
    assert decide(text, asked, "head").state == "standing"
    assert blocks(text) == ()
    text.clear()
    text.release()
    assert SAFE in text.read()


def test_both_names_and_the_reason_are_in_the_log(text):
    text.says(SAFE)
    asked = ask(text)
    decide(text, asked, "legal", note="引自保单")
    decide(text, asked, "head")
    with reading(text.engine) as connection:
        told = [one for one in events.of_incident(connection, text.incident_id) if one.deed.startswith("override")]
    assert [(one.deed, one.actor) for one in told] == [
        ("override_asked", "顾曼"), ("override_given", "陆以衡"), ("override_given", "沈知远"),
    ]  # fmt: skip
    assert [one.facts["reason"] for one in told] == ["保险条款原文，须照录", "引自保单", "保险条款原文，须照录"]


def test_it_holds_for_that_finding_alone(text):
    text.says(SAFE)
    text.says(SAFE.replace("灶具", "阀门") + SAFE)
    first = blocks(text)[0]
    asked = ask(text)
    for role in ("legal", "head"):
        decide(text, asked, role)
    text.says(KNEW)
    assert {one.key for one in blocks(text)} & {first.key} == set()
    assert [one.quote for one in blocks(text)] == [KNEW, SAFE]


def test_one_changed_letter_anywhere_ends_it_and_restoring_does_not_bring_it_back(text):
    text.says(SAFE)
    number = text.version.number
    asked = ask(text)
    for role in ("legal", "head"):
        decide(text, asked, role)
    text.do(edit_sentence, text.id, "zh", "care", "我们牵挂伤者。", seen=text.version.number, actor="顾曼")
    assert [one.quote for one in blocks(text)] == [SAFE]
    text.do(restore_version, text.id, number, seen=text.version.number, actor="顾曼")
    assert [one.quote for one in blocks(text)] == [SAFE]
    with pytest.raises(BadInput, match="text_is_blocked"):
        text.send()


def test_an_edit_while_it_is_being_decided_ends_it(text):
    text.says(SAFE)
    asked = ask(text)
    text.do(edit_sentence, text.id, "zh", "care", "我们牵挂伤者。", seen=text.version.number, actor="顾曼")
    with pytest.raises(NotAllowed, match="clearance_void"):
        decide(text, asked, "legal")


@pytest.mark.parametrize(("words", "rule"), [(PRIVATE, "R15"), (DENIAL, "R50"), (KNEW, "R50")])
def test_what_restates_statute_cannot_even_be_asked(text, words, rule):
    text.says(words)
    with pytest.raises(NotAllowed) as told:
        ask(text)
    assert (told.value.key, told.value.facts["rule"]) == ("no_override", rule)


def test_asking_for_deletion_is_stopped_though_the_guard_says_nothing(text):
    text.says("请各媒体立即删除相关报道。")
    assert [(one.kind, one.rule.id) for one in blocks(text)] == [("deletion", "R25")]
    with pytest.raises(NotAllowed, match="no_override"):
        ask(text)
    with pytest.raises(BadInput, match="asks_for_deletion"):
        text.send()


def test_a_denial_goes_when_a_confirmed_search_with_its_source_stands_behind_it(text, do):
    text.says(DENIAL)
    assert [one.label for one in blocks(text)] == ["denial_premature"]
    found = do(
        add_fact, text.incident_id, slot="negative_search", kind="negative_search", value=DENIAL, source="客服系统 2023 年以来记录",
        actor="贺工",
    )  # fmt: skip
    assert [one.label for one in blocks(text)] == ["denial_premature"], "a search that is only reported lifts nothing"
    do(settle_fact, found.id, "confirmed", version=found.version, actor="贺工")
    assert blocks(text) == ()


def test_it_takes_two_people(text, do):
    text.says(SAFE)
    asked = ask(text)
    decide(text, asked, "legal")
    do(_also_head, text.people["legal"])
    with pytest.raises(NotAllowed, match="two_people"):
        decide(text, asked, "head", person="legal")


def _also_head(connection, person_id, now):
    from storage import incidents

    incidents.save_person(connection, person_id, incidents.get_person(connection, person_id).version, roles=["legal", "head"])


def test_one_refusal_with_its_reason_ends_it(text):
    text.says(SAFE)
    asked = ask(text)
    with pytest.raises(BadInput, match="reason_needed"):
        decide(text, asked, "legal", given=False)
    assert decide(text, asked, "legal", given=False, note="说不得").state == "refused"
    assert decide(text, asked, "head").state == "refused"
    assert [one.quote for one in blocks(text)] == [SAFE]


def test_asking_takes_a_reason_a_name_and_a_finding_that_is_there(text):
    text.says(SAFE)
    with pytest.raises(BadInput, match="reason_needed"):
        ask(text, reason=" ")
    with pytest.raises(BadInput, match="name_needed"):
        ask(text, actor=None)
    with pytest.raises(NotFound):
        text.do(ask_override, text.id, "0" * 64, seen=text.version.number, check=check, reason="无", actor="顾曼")


def test_asking_twice_asks_once(text):
    text.says(SAFE)
    assert ask(text).id == ask(text).id
    with reading(text.engine) as connection:
        assert len(clearing.overrides_asked(connection, text.incident_id)) == 1
