"""Which groups an incident touches, the most harmed first, each with the four questions prefilled. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from stakeholders.case import Case
from stakeholders.catalogue import Catalogue, Group, Phrase
from stakeholders.conditions import holds
from stakeholders.filling import Filled, fill, filled_phrase
from stakeholders.models import TEXTS, Audience

WHY_AT_MOST = 2


@dataclass(frozen=True)
class Proposal:
    """A group that applies. `answers` holds the four questions and the message; `within` is minutes after it was known."""

    slug: str
    name: Phrase
    why: Phrase
    addressed: bool
    harm: int
    influence: int
    interest: int
    order: float
    stance: str
    channel: str
    role: str | None  # who would look after it
    within: int
    answers: Mapping[str, tuple[Filled, ...]]


def propose(catalogue: Catalogue, case: Case) -> tuple[Proposal, ...]:
    """The groups that apply, ordered by harm, then influence, then interest. `case`: see stakeholders.case.read_case."""
    listed, unknown = _listed(catalogue, case)
    made = [
        _proposal(catalogue, group, case, called=slug in listed)
        for slug, group in catalogue.groups.items()
        if slug in listed or holds(group.applies, case.atoms)
    ]
    made += [_own(catalogue, case, line) for line in unknown]
    return tuple(sorted(in_order(catalogue, made), key=rank))


def in_order(catalogue: Catalogue, proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The same with hours that keep the order rules: nobody is due before a group that has to hear first."""
    within = {one.slug: one.within for one in proposals}
    for _ in proposals:  # a rule may push a group that another rule starts from
        for rule in catalogue.precedences:
            for slug in set(within) & set(rule.then):
                within[slug] = max(within[slug], within.get(rule.first, 0))
    return tuple(replace(one, within=within[one.slug]) for one in proposals)


def rank(one: Proposal | Audience, order: float = 0) -> tuple[float, ...]:
    """By harm, then influence, then interest; then as the catalogue has them."""
    return (-one.harm, -one.influence, -one.interest, one.order if isinstance(one, Proposal) else order)


def propose_one(catalogue: Catalogue, case: Case, slug: str, name: str = "") -> Proposal:
    """What a group begins with that a person adds: one of the catalogue, or one of the person's own called `name`."""
    group = catalogue.groups.get(slug)
    return _proposal(catalogue, group, case) if group else _own(catalogue, case, name, slug)


def _listed(catalogue: Catalogue, case: Case) -> tuple[frozenset[str], tuple[str, ...]]:
    """The groups that the intake's own list names, and the lines that no group of the catalogue covers."""
    found: set[str] = set()
    unknown = []
    for line in case.named:
        mine = [slug for slug, group in catalogue.groups.items() if _speaks_of(catalogue, group, line)]
        found |= set(mine[:1])
        unknown += [] if mine else [line]
    return frozenset(found), tuple(unknown)


def _speaks_of(catalogue: Catalogue, group: Group, line: str) -> bool:
    return any(pattern.search(line) for name in group.cues for pattern in catalogue.cues[name])


def _proposal(catalogue: Catalogue, group: Group, case: Case, *, called: bool = False) -> Proposal:
    name = next(
        found for one in group.names if holds(one.when, case.atoms) and (found := filled_phrase(one.phrase, case))
    )
    harms = [harm for condition, harm in group.harm_when if holds(condition, case.atoms)]
    addressed = group.addressed is not None and (called or holds(group.addressed, case.atoms))
    return Proposal(
        group.slug, name, _why(catalogue, group, case), addressed, max([group.harm, *harms]), group.influence,
        group.interest, group.order, next(is_ for when, is_ in group.stances if holds(when, case.atoms)),
        group.channels[0], group.role, group.within,
        {question: fill(group.answers[question], case, catalogue, question) for question in TEXTS},
    )  # fmt: skip


def _why(catalogue: Catalogue, group: Group, case: Case) -> Phrase:
    reasons = [one.phrase for one in fill(group.why, case, catalogue, "why")][:WHY_AT_MOST]
    return Phrase("".join(one.zh for one in reasons), " ".join(one.en for one in reasons))


def _own(catalogue: Catalogue, case: Case, line: str, slug: str = "") -> Proposal:
    """A group that only the intake names, or a person."""
    own = catalogue.own
    return Proposal(
        slug or f"named_{sha256(line.encode()).hexdigest()[:12]}", Phrase(line, line), _why(catalogue, own, case), True,
        own.harm, own.influence, own.interest, own.order, own.stances[0][1], own.channels[0], own.role,
        own.within, {name: fill(own.answers[name], case, catalogue, name) for name in TEXTS},
    )  # fmt: skip
