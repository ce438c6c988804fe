"""The examiner's sheet for an analysis of audiences: 32 cells and 12 checks of quality, one point each (44).

A test can see whether a cell holds something of its own and what it rests on; whether it is wise is for a person to say.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from stakeholders.catalogue import Catalogue
from stakeholders.evidence import voices
from stakeholders.models import QUESTIONS, Audience
from stakeholders.plan import review_due, tensions
from stakeholders.propose import Proposal, rank
from storage.content import read_yaml

CELLS = read_yaml(Path(__file__).resolve().parent.parent / "cases" / "audience_cells.yaml")
MUST = 8  # groups whose four questions are graded
OURS = {"press": {"media", "media_on_story"}}
GATED = {"injured_family", "complainants", "investors_lenders", "insurers_counsel", "accusers", "authorities"}


@dataclass(frozen=True)
class Headline:
    title: str
    outlet: str = "云州都市报"
    tier: int = 2
    tone: str = "negative"
    certain: bool = True
    gravity: int = 0
    at: datetime = datetime(2026, 3, 14, 14, tzinfo=UTC)
    story_id: int | None = None


def cells(name: str, graded: Sequence[str], proposals: Mapping[str, Proposal]) -> dict[str, bool]:
    """{"group.question": whether the cell has its point} for the graded groups."""
    shared = _shared(proposals)
    return {f"{slug}.{question}": _cell(name, slug, question, proposals, shared) for slug in graded for question in QUESTIONS}


def _cell(name: str, slug: str, question: str, proposals: Mapping[str, Proposal], shared: frozenset[str]) -> bool:
    if slug not in proposals:
        return False
    filled = proposals[slug].answers[question]
    own = [one for one in filled if one.phrase.zh not in shared]
    if not all(one.phrase.zh and one.phrase.en for one in filled) or not _holds(question, filled, own):
        return False
    text = "\n".join(one.phrase.zh for one in filled)
    wanted = CELLS.get(name, {}).get(slug, {})
    stands = question != "motivate" or proposals[slug].stance in wanted.get("stance", [proposals[slug].stance])
    return stands and all(re.search(pattern, text) for pattern in wanted.get(question, ()))


def _holds(question: str, filled: Sequence, own: Sequence) -> bool:
    """Something that is said of this group alone, and what it rests on: a fact, words of the intake, or plainly not known."""
    if question == "who":
        return bool(own) and any(one.facts or one.field or one.kind == "open" for one in filled)
    if question == "feel":
        return bool(own) and {one.kind for one in filled} <= {"quote", "assumption"}
    return len(filled) >= 2 and len(own) >= (2 if question == "motivate" else 1)


def _shared(proposals: Mapping[str, Proposal]) -> frozenset[str]:
    """Clauses that more than one group has."""
    seen: dict[str, int] = {}
    for one in proposals.values():
        for question in QUESTIONS:
            for text in {clause.phrase.zh for clause in one.answers[question]}:
                seen[text] = seen.get(text, 0) + 1
    return frozenset(text for text, count in seen.items() if count > 1)


def checks(catalogue: Catalogue, proposals: Mapping[str, Proposal], headlines: Sequence[Headline]) -> dict[str, bool]:
    """The twelve checks of quality."""
    all_of = list(proposals.values())
    board = [_group(number, one) for number, one in enumerate(all_of, 1)]
    within = {slug: one.within for slug, one in proposals.items()}
    press = OURS["press"] & set(proposals)
    known = datetime(2026, 3, 14, 13, tzinfo=UTC)
    return {
        "ranked": all_of == sorted(all_of, key=rank),
        "owner and channel": all(one.role and one.channel in catalogue.channels for one in all_of),
        "need is not our message": all(_need_apart(catalogue, one) for one in all_of),
        "evidence for feeling": _evidenced(catalogue, all_of, headlines),
        "unknowns listed": all(_unknown(one) for one in all_of),
        "conflicts noted": all(one.advice.zh and one.advice.en for one in tensions(catalogue, board)) and bool(tensions(catalogue, board)),
        "next contact": all(0 < one.within <= 360 for one in all_of),
        "legal gate": all(catalogue.group(slug).legal_gate for slug in GATED & set(proposals) - {"authorities", "insurers_counsel"}),
        "staff before press": all(within["staff"] <= within[slug] for slug in press),
        "authority before contradicting": _authority_first(catalogue, within, press),
        "trigger": all(catalogue.group(one.slug).moved.zh and catalogue.strategies[one.stance].aim.zh for one in all_of),
        "looked at again": [review_due(known, known + timedelta(hours=hour), catalogue.reviews, ()) for hour in (3, 4, 24)] == [None, 4, 24],
    }  # fmt: skip


def _need_apart(catalogue: Catalogue, one: Proposal) -> bool:
    said = {clause.phrase.zh for clause in one.answers["message"]}
    needs = catalogue.group(one.slug).needs
    return bool(needs.tangible.zh and needs.felt.zh) and not said & {clause.phrase.zh for clause in one.answers["know"]}


def _evidenced(catalogue: Catalogue, all_of: Sequence[Proposal], headlines: Sequence[Headline]) -> bool:
    """Every feeling is quoted or called an assumption; who spoke in a headline is quoted from it."""
    kinds = {clause.kind for one in all_of for clause in one.answers["feel"]}
    spoke = [one.slug for one in all_of if voices(catalogue, one.slug, headlines)]
    return kinds <= {"quote", "assumption"} and bool(spoke)


def _unknown(one: Proposal) -> bool:
    """A person to find or a thing to find out is named; a group that is already known by name needs neither."""
    kinds = {clause.kind for question in ("who", "know") for clause in one.answers[question]}
    return "open" in kinds


def _authority_first(catalogue: Catalogue, within: Mapping[str, int], press: set[str]) -> bool:
    rule = next(one for one in catalogue.precedences if one.id == "authority_first")
    return press <= set(rule.then) and all(within.get("authorities", 0) <= within[slug] for slug in press)


def _group(number: int, one: Proposal) -> Audience:
    return Audience(number, 1, one.slug, one.name.zh, one.name.en, {}, one.harm, one.influence, one.interest, one.stance, number, False, False)
