"""The groups an incident may touch, as content: who they are, what they need, what is said to them. Chinese and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from re import Pattern

from stakeholders.conditions import Condition


@dataclass(frozen=True)
class Phrase:
    zh: str
    en: str

    def text(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class Clause:
    """One piece of an answer with its {holes}. `open` names what nobody knows yet; `quote` names the cues whose words in
    the intake are quoted as evidence; `phrase` is empty for a quote."""

    phrase: Phrase
    when: Condition = ()
    open: str | None = None
    quote: tuple[str, ...] = ()


@dataclass(frozen=True)
class Named:
    """A phrase that applies under a condition; of several the first that applies is taken."""

    phrase: Phrase
    when: Condition = ()


@dataclass(frozen=True)
class Needs:
    """Needs carried by things or services, and needs felt inside."""

    tangible: Phrase
    felt: Phrase


@dataclass(frozen=True)
class Group:
    """`harm`, `influence`, `interest` run from 0 to 5; `within` is the minutes after the incident became known in which
    the first contact should be made; `role` suggests who looks after it; `legal_gate`: legal sees what is promised."""

    slug: str
    order: float
    cues: tuple[str, ...]
    applies: Condition
    names: tuple[Named, ...]
    why: tuple[Clause, ...]
    addressed: Condition | None
    harm: int
    influence: int
    interest: int
    harm_when: tuple[tuple[Condition, int], ...]
    stances: tuple[tuple[Condition, str], ...]
    within: int
    channels: tuple[str, ...]
    role: str | None
    legal_gate: bool
    needs: Needs
    answers: Mapping[str, tuple[Clause, ...]]  # who | know | feel | motivate | message
    asks: tuple[Clause, ...]
    moved: Phrase
    heard_in: tuple[int, ...] = ()  # tiers of outlets whose every word is the group's own


@dataclass(frozen=True)
class Domain:
    """A trade: the words it is recognised by, its traits (physical, site, consumer, shops, parts) and its vocabulary."""

    slug: str
    cues: tuple[Pattern[str], ...]
    weight: float
    traits: frozenset[str]
    terms: Mapping[str, Phrase]


@dataclass(frozen=True)
class Strategy:
    """What a stance asks for."""

    aim: Phrase
    do: tuple[Phrase, ...]
    never: tuple[Phrase, ...]


@dataclass(frozen=True)
class Tension:
    """Two groups that want opposite things, and how to serve both."""

    id: str
    between: tuple[str, str]
    advice: Phrase


@dataclass(frozen=True)
class Precedence:
    """`first` hears before any of `then`; with nothing in `then` it is a reminder that goes with `first`."""

    id: str
    first: str
    then: tuple[str, ...]
    rule: Phrase


@dataclass(frozen=True)
class Catalogue:
    """Everything the audience analysis consults."""

    groups: Mapping[str, Group]
    own: Group  # what a group that somebody adds begins with
    domains: tuple[Domain, ...]
    cues: Mapping[str, tuple[Pattern[str], ...]]
    quotes: Mapping[str, Phrase]  # how a passage of an intake field is quoted
    strategies: Mapping[str, Strategy]
    tensions: tuple[Tension, ...]
    precedences: tuple[Precedence, ...]
    reviews: tuple[int, ...]  # hours after it became known at which every stance is looked at again
    channels: tuple[str, ...]

    def group(self, slug: str) -> Group:
        """The group called `slug`; one that somebody added has the common beginning."""
        return self.groups.get(slug, self.own)
