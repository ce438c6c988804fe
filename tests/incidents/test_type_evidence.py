"""Finding the words: negation, attribution, whose words they are, and where they stand."""

import pytest

from incidents.types.names import own_names
from incidents.types.spans import hits, simplify
from storage import content


def found(text, company=None):
    return {(hit.atom, text[hit.start : hit.end]) for hit in hits("text", text, company, content.type_lexicon())}


@pytest.mark.parametrize(
    ("text", "atom"),
    [
        ("厂里掺假。", "make_fraud"),
        ("我们从没掺假。", "no:make_fraud"),
        ("网传我们掺假。", "said:make_fraud"),
        ("The plant falsified results.", "make_fraud"),
        ("We never falsified results.", "no:make_fraud"),
        ("A blog alleges that results were falsified.", "said:make_fraud"),
    ],
)
def test_a_breach_counts_differently_when_denied_or_only_alleged(text, atom):
    assert atom in {name for name, _ in found(text)}


def test_what_a_family_says_the_cause_was_is_no_cause_found():
    assert {"cause_found", "traced"} & {name for name, _ in found("The family says it was the stove.")} == set()
    assert {"cause_found", "traced"} <= {name for name, _ in found("Investigators say it was the valve.")}


def test_a_negation_in_another_clause_does_not_reach_over():
    assert "make_fraud" in {name for name, _ in found("没有人受伤，厂里掺假。")}


def test_the_firm_is_known_by_its_name_and_by_its_core():
    assert own_names("云杉食品有限公司（虚构）") == ("云杉食品有限公司", "云杉")
    assert ("company", "云杉") in found("云杉的门店关了。", "云杉食品有限公司")


def test_simplifying_keeps_every_place():
    text = "İ電視臺報導：產品質量問題 Ⅳ"
    assert len(simplify(text, content.type_lexicon())) == len(text)


def test_places_are_code_points_in_the_text_as_written():
    text = "😀電視台播出了"
    assert ("press", "電視台") in found(text)
