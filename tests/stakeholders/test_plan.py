"""Who is next, what comes first, where groups pull apart, who moved. And the cards for the moment of contact."""

from datetime import timedelta

import pytest

from stakeholders.guidance import cards_for
from stakeholders.models import Audience
from stakeholders.plan import moves, next_contact, precedences, review_due, tensions, too_early, waits_for, who_next
from stakeholders.propose import propose
from storage.content import catalogue, guidance
from tests.stakeholders.conftest import case_of


def group(number, slug, **values):
    given = {"harm": 3, "influence": 3, "interest": 3, "stance": "neutral", "position": number, "custom": False, "removed": False}
    return Audience(number, 1, slug, slug, slug, {}, **(given | values))


def test_those_nobody_spoke_with_come_first_by_rank_then_the_others_by_their_hour(now):
    board = [
        group(1, "injured_family", contacted_at=now, next_contact_at=now + timedelta(hours=3)),
        group(2, "owners", contacted_at=now, next_contact_at=now + timedelta(hours=1)),
        group(3, "staff"),
        group(4, "media", contacted_at=now, next_contact_at=now - timedelta(minutes=1)),
    ]
    steps = who_next(board, now)
    assert [one.audience.slug for one in steps] == ["staff", "media", "owners", "injured_family"]
    assert [one.state for one in steps] == ["open", "late", "planned", "planned"]


def test_the_press_before_the_family_is_told(now):
    board = [group(1, "injured_family"), group(2, "media", contacted_at=now)]
    broken = {rule.id: wrong for rule, wrong in precedences(catalogue(), board)}
    assert broken["family_first"]
    assert [rule.first for rule in waits_for(catalogue(), board[1], board)] == ["injured_family"]


def test_the_family_before_the_press_is_kept(now):
    board = [group(1, "injured_family", contacted_at=now), group(2, "media", contacted_at=now + timedelta(minutes=5))]
    assert not any(wrong for _, wrong in precedences(catalogue(), board))


def test_privacy_against_the_press_is_named_where_both_are_on_the_board():
    board = [group(1, "injured_family"), group(2, "media_on_story")]
    assert [one.id for one in tensions(catalogue(), board)] == ["privacy"]
    assert tensions(catalogue(), board[:1]) == ()


def test_a_conflict_is_named_once_and_says_what_to_do():
    board = [group(number, slug) for number, slug in enumerate(("injured_family", "media_on_story", "media", "authorities"))]
    found = tensions(catalogue(), board)
    assert [one.id for one in found] == ["privacy", "speed_or_authority"]
    assert all(one.advice.zh and one.advice.en for one in found)


def test_the_proposed_hours_keep_every_order_rule(written):
    within = {one.slug: one.within for one in propose(catalogue(), case_of(written))}
    for rule in catalogue().precedences:
        for slug in set(rule.then) & set(within):
            assert within.get(rule.first, 0) <= within[slug], (rule.id, slug)


def test_a_planned_hour_before_those_who_have_to_hear_first_is_named(now):
    staff = group(1, "staff", next_contact_at=now + timedelta(minutes=30))
    press = group(2, "media", next_contact_at=now + timedelta(minutes=20))
    ((rule, early),) = too_early(catalogue(), [staff, press])
    assert (rule.id, early) == ("staff_first", (press,))
    assert too_early(catalogue(), [group(1, "staff", contacted_at=now), press]) == ()


def test_movement_is_from_where_a_group_stood_a_day_ago(now):
    mine = group(1, "owners", stance="negative_critic")
    history = {1: [(now - timedelta(hours=30), "neutral"), (now - timedelta(hours=2), "negative_critic")]}
    (move,) = moves([mine], history, now - timedelta(hours=24))
    assert (move.before, move.now, move.moved) == ("neutral", "negative_critic", -1)


def test_a_contacted_group_hears_again_when_it_was_promised(now):
    assert next_contact(now, now + timedelta(hours=1)) == now + timedelta(hours=1)
    assert next_contact(now, now - timedelta(hours=1)) == now + timedelta(hours=4)


@pytest.mark.parametrize(("hours", "done", "due"), [(3, (), None), (5, (), 4), (5, (4,), None), (25, (4,), 24), (25, (24,), None)])
def test_stances_are_looked_at_again_after_4_and_24_hours(now, hours, done, due):
    assert review_due(now, now + timedelta(hours=hours), catalogue().reviews, done) == due


def test_the_cards_fit_channel_and_group():
    def ids(*args):
        return [card.id for card in cards_for(guidance(), *args)]

    family = ids("in_person", "injured_family", "negative_harmed")
    assert family[0] == "opening_in_person"
    assert {"seven", "on_the_spot", "last", "agree", "taboos", "slips", "safe_words"} <= set(family)
    assert "press_call" in ids("phone", "media_on_story", "neutral")
    assert "last" not in ids("phone", "media_on_story", "neutral")
    assert ids("letter", "complainants", "negative_critic")[0] == "opening_letter"
