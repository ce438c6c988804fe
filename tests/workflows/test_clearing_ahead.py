"""Words that legal and the head cleared ahead need only what was filled in to be cleared."""

from dataclasses import replace

import pytest

from errors import NotAllowed
from statements.precleared import words_hash
from statements.records import LANGUAGES
from storage import content, statements
from storage.database import reading
from tests.clearing import Text, check, drafted
from tests.fixtures.incidents import crew
from workflows.clear_statement import clearing_path
from workflows.draft_statement import redraft
from workflows.edit_statement import edit_sentence, restore_version
from workflows.open_sample import open_sample
from workflows.preclear_template import preclear_template, withdraw_preclearance
from workflows.tools import Tools


@pytest.fixture
def text(engine, do, stove) -> Text:
    return drafted(engine, do, stove)


def kit_of():
    return content.statement_kit()


def other_words(language="zh"):
    """The kit with one changed word in a shared wording."""
    kit = kit_of()
    return replace(kit, words={**kit.words, language: {**kit.words[language], "hole.contact": "联系方式"}})


def ahead(text, roles=("legal", "head"), languages=LANGUAGES, kit=None):
    kit = kit or kit_of()
    for language in languages:
        for role in roles:
            text.do(
                preclear_template, text.incident_id, "holding", language, role=role, person_id=text.people[role],
                seen=words_hash(kit, "holding", language), kit=kit,
            )  # fmt: skip


def path(text, kit=None):
    with reading(text.engine) as connection:
        stands = statements.get(connection, text.id)
        found = clearing_path(connection, stands, statements.latest(connection, text.id), kit or kit_of())
    return found.scope or found.why


def test_only_operations_and_the_head_clear_a_text_whose_words_were_cleared_ahead(text):
    ahead(text)
    assert path(text) == "slots"
    text.send(kit=kit_of())
    assert {role: one.scope for role, one in text.asked.items()} == {"operations": "slots"}
    text.give("operations")
    assert set(text.asked) == {"operations", "head"}
    text.give("head")
    assert text.state == "cleared"
    assert text.release() == 1


def test_without_a_template_cleared_ahead_all_three_clear_the_whole_text(text):
    assert path(text) == "not_ahead"
    text.send(kit=kit_of())
    assert {role: one.scope for role, one in text.asked.items()} == {"operations": None, "legal": None}


@pytest.mark.parametrize("roles", [("legal",), ("head",)])
def test_one_of_the_two_is_not_enough(text, roles):
    ahead(text, roles)
    assert path(text) == "language_not_ahead"


def test_every_language_the_text_stands_in_has_to_be_cleared_ahead(text):
    ahead(text, languages=("zh",))
    assert path(text) == "language_not_ahead"


def test_one_edited_sentence_brings_legal_back_even_when_it_is_restored(text):
    ahead(text)
    before = text.version.number
    text.do(edit_sentence, text.id, "zh", "care", "我们牵挂伤者。", seen=before, actor="顾曼")
    assert path(text) == "edited"
    text.do(restore_version, text.id, before, seen=text.version.number, actor="顾曼")
    assert path(text) == "edited"
    text.do(redraft, text.id, kit=kit_of(), check=check, actor="顾曼")
    assert path(text) == "slots"


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_changed_word_of_the_template_ends_it(text, language):
    ahead(text)
    assert path(text, other_words(language)) in ("template_changed", "language_not_ahead")


def test_a_text_drafted_from_older_words_is_not_covered_by_clearing_the_newer_ones(text):
    newer = other_words()
    ahead(text, kit=newer)
    assert path(text, newer) == "template_changed"


def test_slots_whose_wording_was_flagged_go_to_legal(text):
    ahead(text)
    with reading(text.engine) as connection:
        stands, version = statements.get(connection, text.id), statements.latest(connection, text.id)
        flagged = replace(version, flags=("admission_in_facts",))
        assert clearing_path(connection, stands, flagged, kit_of()).why == "flagged"


def test_taking_it_back_ends_it_for_what_is_sent_afterwards(text):
    ahead(text)
    text.do(withdraw_preclearance, text.incident_id, "holding", "zh", person_id=text.people["legal"], kit=kit_of())
    assert path(text) == "language_not_ahead"


def test_only_legal_and_head_clear_ahead_and_only_the_words_they_saw(text):
    digest = words_hash(kit_of(), "holding", "zh")
    asked = {"role": "legal", "kit": kit_of()}
    with pytest.raises(NotAllowed, match="not_your_role"):
        text.do(preclear_template, text.incident_id, "holding", "zh", person_id=text.people["pr"], seen=digest, **asked)
    with pytest.raises(NotAllowed, match="template_moved"):
        text.do(preclear_template, text.incident_id, "holding", "zh", person_id=text.people["legal"], seen="0" * 64, **asked)


def test_what_an_examples_invented_people_clear_holds_in_that_example_alone(text, do):
    tools = Tools(content.type_model(), content.catalogue(), kit_of(), check)
    example = do(open_sample, "stove", language="zh", zone="Asia/Shanghai", tools=tools)
    people = do(lambda connection, now: crew(connection, now, example))
    for language in LANGUAGES:
        for role in ("legal", "head"):
            do(
                preclear_template, example, "holding", language, role=role, person_id=people[role],
                seen=words_hash(kit_of(), "holding", language), kit=kit_of(),
            )  # fmt: skip
    assert path(text) == "not_ahead"
