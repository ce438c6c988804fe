"""The analysis of one incident per type, graded as an examiner would: groups, four questions, order, stances, unknowns."""

import re

import pytest

from stakeholders.models import QUESTIONS
from stakeholders.propose import propose
from storage.content import catalogue, guard
from tests.stakeholders import rubric
from tests.stakeholders.conftest import CASES, case_of

HOLE = re.compile(r"\{\w+\}")


@pytest.fixture
def proposals(written):
    return {one.slug: one for one in propose(catalogue(), case_of(written))}


def test_the_groups_that_must_be_there_are_there_and_the_foreign_ones_are_not(written, proposals):
    assert set(written["must"]) <= set(proposals)
    assert not set(written["never"]) & set(proposals)


def test_the_trade_is_recognised(written):
    assert case_of(written).domain.slug == written["domain"]


def test_they_are_ranked_by_harm_then_influence(written, proposals):
    ranked = list(proposals.values())
    assert ranked[0].slug == written["first"]
    assert ranked == sorted(ranked, key=lambda one: (-one.harm, -one.influence, -one.interest, one.order))


def test_a_statement_speaks_to_the_people_who_are_touched(written, proposals):
    spoken = [one.name.zh for one in proposals.values() if one.addressed]
    assert set(written["addressed"]) <= set(spoken)


def test_every_question_is_answered_in_both_languages_without_a_hole(proposals):
    for one in proposals.values():
        for question in QUESTIONS:
            filled = one.answers[question]
            assert filled, f"{one.slug}: nobody answers {question}"
            assert all(clause.phrase.zh and clause.phrase.en for clause in filled)
            assert not any(HOLE.search(clause.phrase.zh + clause.phrase.en) for clause in filled)


def test_every_group_says_why_it_is_there(proposals):
    assert all(one.why.zh and one.why.en for one in proposals.values())


def test_what_nobody_knows_is_said(proposals):
    """Somebody has to be found, counted or asked for every group that must be spoken with."""
    for slug in ("authorities", "staff", "headquarters", "insurers_counsel"):
        kinds = {clause.kind for clause in proposals[slug].answers["who"]}
        assert "open" in kinds, slug


def test_a_feeling_is_quoted_or_called_an_assumption(proposals):
    for one in proposals.values():
        assert {clause.kind for clause in one.answers["feel"]} <= {"quote", "assumption"}, one.slug


def test_need_is_not_what_we_want_to_say(proposals):
    for one in proposals.values():
        said = {clause.phrase.zh for clause in one.answers["message"]}
        assert not said & {clause.phrase.zh for clause in one.answers["know"]}


def test_no_message_is_blocked_by_the_guard(proposals):
    from statements.guard import check

    for one in proposals.values():
        for language in ("zh", "en"):
            between = "" if language == "zh" else " "
            text = between.join(clause.phrase.text(language) for clause in one.answers["message"])
            verdict = check(text, language, guard=guard())
            objections = [(found.label, text[found.start : found.end]) for found in verdict.findings]
            assert verdict.severity != "block", (one.slug, language, objections)


def test_staff_and_authorities_come_before_the_press(proposals):
    order = list(proposals)
    for press in {"media_on_story", "media"} & set(order):
        assert order.index("staff") < order.index(press)
        assert order.index("authorities") < order.index(press)


def test_every_group_has_a_channel_an_hour_and_somebody_to_look_after_it(proposals):
    for one in proposals.values():
        assert one.channel in catalogue().channels
        assert 0 < one.within <= 360
        assert one.role in ("head", "pr", "legal", "operations")


def test_the_family_is_negative_and_harmed_and_our_own_people_are_not():
    found = {one.slug: one.stance for one in propose(catalogue(), case_of(CASES["linear_stove"]))}
    assert found["injured_family"] == "negative_harmed"
    assert (found["staff"], found["media_on_story"], found["owners"]) == ("positive", "neutral", "neutral")


def test_a_credit_crisis_turns_customers_into_people_who_were_harmed():
    found = {one.slug: one for one in propose(catalogue(), case_of(CASES["credit_operation_school"]))}
    assert found["owners"].stance == "negative_harmed"
    assert found["complainants"].stance == "negative_critic"


# --- the examiner's 44 points: 32 cells and 12 checks ------------------------------------------------------------------

GOOD = 40
HEADLINES = [
    rubric.Headline("邻居说整栋楼都不敢开火"), rubric.Headline("家长质疑学校知情不报"), rubric.Headline("顾客问：还能不能用"),
    rubric.Headline("旅客怒骂航班没人管"), rubric.Headline("记者追问是否召回"), rubric.Headline("投资人担心兑付"),
]  # fmt: skip


def grade(name: str) -> dict[str, bool]:
    written = CASES[name]
    proposals = {one.slug: one for one in propose(catalogue(), case_of(written))}
    graded = list(dict.fromkeys([*rubric.CELLS.get(name, written["must"]), *proposals]))[: rubric.MUST]
    return rubric.cells(name, graded, proposals) | rubric.checks(catalogue(), proposals, HEADLINES)


@pytest.mark.parametrize("name", CASES)
def test_an_analysis_reaches_forty_of_the_forty_four_points(name):
    points = grade(name)
    assert len(points) == 44
    assert sum(points.values()) >= GOOD, f"{sum(points.values())}: lost {[one for one, got in points.items() if not got]}"


def test_a_poor_analysis_does_not():
    """The sheet can fail: a board on which every group was given another's answers, and no hour keeps the order."""
    from dataclasses import replace

    found = {one.slug: one for one in propose(catalogue(), case_of(CASES["linear_stove"]))}
    same = found["media"].answers
    poor = {slug: replace(one, answers=same, role=None, within=400 if slug == "staff" else 1) for slug, one in found.items()}
    points = rubric.cells("linear_stove", list(rubric.CELLS["linear_stove"]), poor) | rubric.checks(catalogue(), poor, [])
    assert sum(points.values()) < 10
