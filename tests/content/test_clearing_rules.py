"""The rules behind what may be let through: each with its source, and none that restates statute can be overridden."""

from datetime import date

import pytest

from statements.guard import LABELS
from storage import content

RULES = content.clearing_rules()
STATUTE = ("R15", "R25", "R27", "R28", "R50")
GATES = ("number", "time", "place", "locked", "parity", "contradiction", "filing", "deletion", "unchecked_denial")


@pytest.mark.parametrize("name", STATUTE)
def test_a_rule_that_restates_statute_has_no_override(name):
    assert RULES.rules[name].override is False


@pytest.mark.parametrize("name", sorted(RULES.rules))
def test_every_rule_names_its_source_in_both_languages_and_its_days(name):
    rule = RULES.rules[name]
    assert rule.zh
    assert rule.en.isascii()
    assert date.fromisoformat(rule.effective_from) < date(2026, 12, 31)
    assert rule.last_checked is None or date.fromisoformat(rule.last_checked)


@pytest.mark.parametrize("label", LABELS)
def test_every_label_of_the_guard_has_a_rule(label):
    assert RULES.behind("blocked", label) is not None


@pytest.mark.parametrize("kind", GATES)
def test_every_other_obstacle_has_a_rule(kind):
    assert RULES.behind(kind, "") is not None


@pytest.mark.parametrize("kind", ["hole", "empty", "stale"])
def test_what_has_to_be_filled_in_or_drafted_anew_is_no_rule_to_override(kind):
    assert RULES.behind(kind, "") is None


def test_knowledge_of_a_danger_is_the_duty_to_warn_and_no_mere_admission():
    assert RULES.behind("blocked", "admission").override is True
    assert RULES.behind("blocked", "admission", duty_to_warn=True).id == "R50"


@pytest.mark.parametrize(
    "words",
    ["我们从未接到类似投诉。", "此前没有收到过任何投诉。", "没有发生过类似事故", "We have never received any complaint.",
     "There have been no similar incidents."],
)  # fmt: skip
def test_a_denial_is_heard(words):
    assert RULES.denial.search(words)


@pytest.mark.parametrize(
    "words",
    ["目前没有人失联。", "没有其他人受伤。", "尚未查明原因。", "我们没有收到新的消息。", "No one is missing.",
     "No other people were hurt.", "如有投诉，请拨打热线。", "We will answer every complaint."],
)  # fmt: skip
def test_what_denies_no_complaint_is_left_alone(words):
    assert not RULES.denial.search(words)


@pytest.mark.parametrize("words", ["请删除您的帖子。", "要求平台下架相关视频报道", "请各平台将该报道下架。", "Please take down the video."])
def test_asking_for_deletion_is_heard(words):
    assert RULES.deletion.search(words)


@pytest.mark.parametrize("words", ["我们已将同款产品下架停售。", "We are taking this model off the shelves.", "请关注官方报道。"])
def test_taking_products_off_the_shelf_is_not_asking_for_deletion(words):
    assert not RULES.deletion.search(words)
