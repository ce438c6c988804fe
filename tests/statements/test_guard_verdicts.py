from pathlib import Path

import pytest
import yaml

from statements.guard import LABELS, check
from storage import content

CASES = yaml.safe_load((Path(__file__).parent / "guard_cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("lang", "label", "text"), CASES["block"])
def test_a_sentence_that_takes_or_shifts_liability_is_blocked_under_its_label(lang, label, text):
    found = check(text, lang, content.guard())
    assert found.severity == "block"
    assert label in {finding.label for finding in found.findings}


@pytest.mark.parametrize(("lang", "label", "text"), CASES["none"])
def test_a_sentence_a_desk_may_publish_is_left_alone(lang, label, text):
    assert check(text, lang, content.guard()).findings == ()


@pytest.mark.parametrize(("lang", "label", "text"), CASES["block"])
def test_correct_boilerplate_before_it_does_not_hide_the_clause(lang, label, text):
    lead = "热线全天有人接听，" if lang == "zh" else "Our helpline is open all day, and "
    assert check(lead + text[0].lower() + text[1:], lang, content.guard()).severity == "block"


@pytest.mark.parametrize(("lang", "label", "text"), CASES["block"])
def test_a_finding_names_a_known_label_a_reason_and_a_span_of_the_text(lang, label, text):
    for finding in check(text, lang, content.guard()).findings:
        assert finding.label in LABELS
        assert finding.why
        assert 0 <= finding.start < finding.end <= len(text)


def test_the_same_text_always_gets_the_same_answer():
    text = "我们早就知道阀门有问题，一直没换。每户赔两千元。"
    assert check(text, "zh", content.guard()) == check(text, "zh", content.guard())


@pytest.mark.parametrize("text", ["", "   \n", "。。。", "😀", "\u200b", "\ud800", "a" * 5000, "（" * 400, "1,2,3;;;"])
def test_odd_text_is_answered_and_not_blocked(text):
    assert check(text, "zh", content.guard()).severity != "block"


def test_reasons_come_in_the_language_that_was_asked_for():
    text = "We take full responsibility; this was our fault."
    assert "责任" in check(text, "zh", content.guard()).findings[0].why
    assert "responsibility" in check(text, "en", content.guard()).findings[0].why
