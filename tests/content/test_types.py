"""The content of the crisis types: complete in both languages, and training cases that are what they say."""

import re
from itertools import permutations

import pytest

from incidents.types import CREDIT_KINDS, TYPES, TypeIntake, escalations
from incidents.types.owners import DEEDS
from storage import content
from storage.content import DATA, read_jsonl, read_yaml

CASES = [case for path in sorted((DATA / "types").glob("*/*.jsonl")) for case in read_jsonl(path)]
GUIDE = content.type_guide()


def every_phrase(value):
    if isinstance(value, dict):
        if set(value) == {"zh", "en"} and isinstance(value["zh"], str):
            yield value
        else:
            for inner in value.values():
                yield from every_phrase(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from every_phrase(inner)


@pytest.mark.parametrize("name", ["types", "questions", "escalations"])
def test_every_sentence_stands_in_both_languages(name):
    phrases = list(every_phrase(read_yaml(DATA / "types" / f"{name}.yaml")))
    assert len(phrases) > 20
    for phrase in phrases:
        assert re.search(r"[\u4e00-\u9fff]", phrase["zh"]), phrase
        assert not re.search(r"[\u4e00-\u9fff]", phrase["en"]), phrase


@pytest.mark.parametrize("posture", GUIDE.postures, ids=lambda posture: posture.type)
def test_each_type_brings_its_whole_posture(posture):
    assert len(posture.test_questions) >= 3
    assert len(posture.first_steps) >= 3
    assert len(posture.statement_must_carry) >= 3
    assert len(posture.never) >= 3
    assert all(strategy.when.zh and strategy.when.en for strategy in posture.strategies)


def test_every_turn_from_one_type_to_another_is_described():
    assert set(content.type_model().would_change) == set(permutations(TYPES, 2))


def test_every_signal_answers_a_known_evidence_question_and_names_known_words():
    lexicon = content.type_lexicon()
    atoms = {"company", "other_name"} | {f"{mode}{atom.name}" for atom in lexicon.atoms for mode in ("", "no:", "said:")}
    atoms |= {f"{owner}:{deed}" for owner in ("own", "other", "open") for deed in DEEDS}
    for signal in lexicon.signals:
        assert signal.question in GUIDE.evidence_questions, signal.name
        assert {name for need in signal.needs for name in need} | set(signal.unless) <= atoms, signal.name


def test_every_answer_that_has_a_weight_has_a_sentence():
    model = content.type_model()
    weighed = {name for name in model.weights if name.startswith(("answer:", "signal:"))}
    assert weighed <= set(model.answer_texts)


def test_an_escalation_is_proposed_only_where_it_applies():
    happened = frozenset({"second_similar_case", "causes_multiply"})
    assert [rule.id for rule in escalations(GUIDE.escalations, "linear", happened)] == ["second_similar_case", "causes_multiply"]
    assert [rule.id for rule in escalations(GUIDE.escalations, "media", happened)] == ["second_similar_case"]
    assert escalations(GUIDE.escalations, "credit", happened) == ()


def test_escalations_lead_to_known_types_and_kinds():
    for rule in GUIDE.escalations:
        assert {*rule.from_types, rule.to} <= set(TYPES)
        assert rule.as_ in ("primary", "overlay")
        assert rule.credit_kind in (*CREDIT_KINDS, None)
        assert (rule.credit_kind is not None) == (rule.to == "credit")


def test_training_cases_are_many_varied_and_well_formed():
    assert len(CASES) >= 400
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert len({case["industry"] for case in CASES}) >= 30
    assert sum(case["hard"] for case in CASES) >= 0.4 * len(CASES)
    english = [case for case in CASES if not re.search(r"[\u4e00-\u9fff]", case["text"])]
    assert len(english) >= 1_000


def test_training_cases_are_labelled_by_the_codebook_and_can_be_read():
    assert [case["id"] for case in CASES if not _is_labelled(case)] == []
    for case in CASES:
        TypeIntake.from_mapping(case)


def _is_labelled(case):
    others = set(TYPES) - {case["label"]}
    kind_fits = (case["credit_kind"] in CREDIT_KINDS) == (case["label"] == "credit")
    return case["label"] in TYPES and set(case["secondary"]) <= others and kind_fits and case["event"] and case["why"]
