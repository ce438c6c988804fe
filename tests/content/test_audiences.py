"""The catalogue of groups and the cards: whole, in both languages, and every word they refer to exists."""

import re
from itertools import chain

import pytest

from incidents.facts import SLOTS
from incidents.intake import BY_NAME
from stakeholders.case import COUNTS, FIELDS
from stakeholders.conditions import atoms_in
from stakeholders.models import STANCES, TEXTS
from storage.content import catalogue, guidance, sample, words

HOLE = re.compile(r"\{(\w+)\}")
TYPES = ("linear", "media", "matrix", "credit", "chain")
GROUPS = catalogue().groups


def known_atoms():
    traits = {"physical", "site", "consumer", "shops", "parts"}
    cases = {"always", "hurt", "unhurt", "hurt_open", "listed", "unlisted", "factors_several", "says_media_asking"}
    slots = {*SLOTS, *(f"{state}_{slot}" for state in ("open", "settled") for slot in SLOTS), *(f"no_{slot}" for slot in COUNTS)}
    families = [("type", TYPES), ("overlay", TYPES), ("has", FIELDS), ("says", catalogue().cues),
                ("domain", [one.slug for one in catalogue().domains]), ("origin", BY_NAME["origin"].choices),
                ("credit", BY_NAME["trust_issue"].choices)]  # fmt: skip
    return traits | cases | slots | {f"{family}_{name}" for family, names in families for name in names}


def clauses(group):
    return [*group.why, *group.asks, *chain.from_iterable(group.answers.values())]


def conditions(group):
    yield from (group.applies, group.addressed or (), *(when for when, _ in group.harm_when), *(when for when, _ in group.stances))
    yield from (one.when for one in (*group.names, *clauses(group)))


@pytest.mark.parametrize("group", [*GROUPS.values(), catalogue().own], ids=lambda group: group.slug)
def test_every_condition_asks_about_something_that_can_be_true(group):
    asked = frozenset().union(*(atoms_in(one) for one in conditions(group)))
    assert asked - known_atoms() == set()


@pytest.mark.parametrize("group", [*GROUPS.values(), catalogue().own], ids=lambda group: group.slug)
def test_every_hole_is_a_fact_a_field_or_a_word_of_the_trade(group):
    terms = catalogue().domains[0].terms
    for one in clauses(group):
        for text in (one.phrase.zh, one.phrase.en):
            assert set(HOLE.findall(text)) <= {*SLOTS, *FIELDS, *terms}, text
        assert set(HOLE.findall(one.phrase.zh)) == set(HOLE.findall(one.phrase.en)), one.phrase.zh


@pytest.mark.parametrize("group", GROUPS.values(), ids=lambda group: group.slug)
def test_a_group_has_all_that_the_board_shows(group):
    assert all(group.answers[name] for name in TEXTS)
    assert all((group.asks, group.moved.zh, group.moved.en, group.needs.felt.zh, group.needs.tangible.en))
    harms = [group.harm, *(harm for _, harm in group.harm_when)]
    assert all(0 <= score <= 5 for score in (*harms, group.influence, group.interest))
    assert {stance for _, stance in group.stances} <= set(STANCES)
    assert group.stances[-1][0] == (), "the last stance stands where no other does"
    assert group.names[-1].when == (), "the last name stands where no other does"
    assert set(group.channels) <= set(catalogue().channels)
    assert {name for one in clauses(group) for name in one.quote} | set(group.cues) <= set(catalogue().cues)


def test_every_trade_has_the_same_vocabulary():
    for domain in catalogue().domains:
        assert set(domain.terms) == set(catalogue().domains[0].terms)
        assert all(term.zh and term.en for term in domain.terms.values())


def test_every_stance_has_a_strategy():
    assert set(catalogue().strategies) == set(STANCES)
    assert all(one.aim.zh and one.do and one.never for one in catalogue().strategies.values())


def test_order_and_tensions_speak_of_groups_that_exist():
    named = {slug for one in catalogue().tensions for slug in one.between}
    named |= {slug for one in catalogue().precedences for slug in (one.first, *one.then)}
    assert named <= set(GROUPS)


def test_every_channel_has_a_name_and_a_card_to_begin_with():
    for channel in catalogue().channels:
        assert words("zh").has(f"audiences.channel.{channel}")
        assert any(card.id.startswith("opening") and channel in card.channels for card in guidance()), channel


def test_cards_name_groups_and_stances_that_exist():
    for card in guidance():
        assert {*card.groups, *card.not_groups} <= set(GROUPS)
        assert set(card.stances) <= set(STANCES)
        assert set(card.channels) <= set(catalogue().channels)
        assert all(line.zh and line.en for line in (card.title, *card.lines))


def test_the_worked_case_gives_its_groups_to_people():
    assert set(sample("stove")["owners"]) <= set(GROUPS)


def test_names_are_short_enough_for_a_sentence():
    for group in GROUPS.values():
        for one in group.names:
            assert len(one.phrase.zh) <= 16, one.phrase.zh
            assert len(one.phrase.en) <= 60, one.phrase.en


def test_chinese_sentences_are_set_as_chinese():
    for group in GROUPS.values():
        for one in clauses(group):
            assert not re.search(r"[一-鿿][,;:!?]", one.phrase.zh), one.phrase.zh
            assert not re.search(r"[一-鿿][A-Za-z0-9]|[A-Za-z0-9][一-鿿]", HOLE.sub("", one.phrase.zh)), one.phrase.zh
