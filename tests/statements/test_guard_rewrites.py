from pathlib import Path

import pytest
import yaml

from statements.guard import check
from storage import content

CASES = yaml.safe_load((Path(__file__).parent / "guard_cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("lang", "label", "text"), CASES["block"])
def test_what_is_offered_instead_passes_the_same_check(lang, label, text):
    for finding in check(text, lang, content.guard()).findings:
        assert finding.suggestion
        assert check(finding.suggestion, lang, content.guard()).severity == "none"


def test_the_clauses_that_may_stay_are_kept_as_they_were_written():
    text = "热线昼夜有人接听，媒体请联系新闻办，都是因为我们的员工疏忽没有关阀门。"
    suggestion = check(text, "zh", content.guard()).findings[0].suggestion
    assert suggestion.startswith("热线昼夜有人接听，媒体请联系新闻办")
    assert "疏忽" not in suggestion


def test_traditional_text_is_rewritten_in_traditional_characters():
    text = "由於我司員工疏忽，導致儲罐閥門未關。"
    suggestion = check(text, "zh", content.guard()).findings[0].suggestion
    assert suggestion
    assert "认" not in suggestion
    assert "调" not in suggestion


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "我们早就知道这批软管有问题，一直没有更换。"),
        ("en", "We had known about the faulty valve since March and did not replace it."),
    ],
)
def test_prior_knowledge_of_a_danger_is_marked_for_the_duty_to_warn(lang, text):
    found = check(text, lang, content.guard()).findings
    assert any(finding.duty_to_warn for finding in found if finding.label == "admission")


def test_an_apology_is_not_a_matter_of_warning_anybody():
    found = check("每户赔偿五千元。", "zh", content.guard()).findings
    assert found
    assert not any(finding.duty_to_warn for finding in found)
