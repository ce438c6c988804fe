"""The outreach plan: who is next, what may not come before what, where groups pull in opposite directions. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stakeholders.catalogue import Catalogue, Precedence, Tension
from stakeholders.models import Audience

SOON = timedelta(minutes=15)
REST = timedelta(hours=4)  # until a contacted group hears from us again, where nothing was promised
SCALE = {"positive": 1, "neutral": 0}  # every other stance is negative: -1


@dataclass(frozen=True)
class Step:
    """`state`: late | soon | planned | open (nobody has said when) of the next contact of a group."""

    audience: Audience
    state: str
    at: datetime | None


@dataclass(frozen=True)
class Move:
    """Where a group stood at the beginning of a period and where it stands now, on -1 … 1."""

    audience: Audience
    before: str
    now: str

    @property
    def moved(self) -> int:
        return level(self.now) - level(self.before)


def level(stance: str) -> int:
    return SCALE.get(stance, -1)


def step(audience: Audience, now: datetime) -> Step:
    due = audience.next_contact_at
    if due is None:
        return Step(audience, "open", None)
    state = "late" if due < now else "soon" if due - now <= SOON else "planned"
    return Step(audience, state, due)


def who_next(groups: Iterable[Audience], now: datetime) -> tuple[Step, ...]:
    """Nobody has spoken with them, or their hour has come: first, by rank. The others by the hour of their next contact."""
    steps = [step(one, now) for one in groups]
    far = datetime.max.replace(tzinfo=now.tzinfo)
    waiting = sorted((one for one in steps if _waits(one)), key=lambda one: one.audience.position)
    rest = sorted((one for one in steps if not _waits(one)), key=lambda one: (one.at or far, one.audience.position))
    return (*waiting, *rest)


def _waits(one: Step) -> bool:
    return one.audience.contacted_at is None or one.state in ("late", "soon")


def next_contact(now: datetime, promised: datetime | None) -> datetime:
    """When a group just contacted should hear again: at the promised update, else after a rest."""
    return promised if promised and promised > now else now + REST


def tensions(catalogue: Catalogue, groups: Iterable[Audience]) -> tuple[Tension, ...]:
    """The tensions both of whose groups are on the board; one that is written for several pairs is named once."""
    present = {one.slug for one in groups}
    return tuple({one.id: one for one in reversed(catalogue.tensions) if set(one.between) <= present}.values())[::-1]


def precedences(catalogue: Catalogue, groups: Iterable[Audience]) -> tuple[tuple[Precedence, bool], ...]:
    """The order rules that concern this board, each with whether it was broken: somebody of `then` heard before `first`."""
    by_slug = {one.slug: one for one in groups}
    mine = [rule for rule in catalogue.precedences if rule.first in by_slug]
    return tuple((rule, _broken(rule, by_slug)) for rule in mine)


def _broken(rule: Precedence, by_slug: Mapping[str, Audience]) -> bool:
    first = by_slug[rule.first].contacted_at
    heard = [at for slug in rule.then if slug in by_slug and (at := by_slug[slug].contacted_at)]
    return any(first is None or at < first for at in heard)


def too_early(catalogue: Catalogue, groups: Iterable[Audience]) -> tuple[tuple[Precedence, tuple[Audience, ...]], ...]:
    """The order rules that the planned hours would break: whoever of `then` is to hear before `first`, neither being
    spoken with yet."""
    by_slug = {one.slug: one for one in groups}
    found = []
    for rule in catalogue.precedences:
        first = by_slug.get(rule.first)
        if first is None or first.contacted_at or first.next_contact_at is None:
            continue
        then = [by_slug[slug] for slug in rule.then if slug in by_slug and not by_slug[slug].contacted_at]
        early = tuple(one for one in then if one.next_contact_at and one.next_contact_at < first.next_contact_at)
        found += [(rule, early)] if early else []
    return tuple(found)


def waits_for(catalogue: Catalogue, audience: Audience, groups: Iterable[Audience]) -> tuple[Precedence, ...]:
    """The rules that a contact with this group would break now: somebody has to hear first."""
    by_slug = {one.slug: one for one in groups}
    return tuple(
        rule for rule in catalogue.precedences
        if audience.slug in rule.then and rule.first in by_slug and by_slug[rule.first].contacted_at is None
    )  # fmt: skip


def moves(
    groups: Sequence[Audience], history: Mapping[int, Sequence[tuple[datetime, str]]], since: datetime
) -> tuple[Move, ...]:
    """Each group's movement since `since`; `history` holds (when, stance), the oldest first, by audience id."""
    return tuple(Move(one, _stood(history.get(one.id, ()), since, one.stance), one.stance) for one in groups)


def _stood(history: Sequence[tuple[datetime, str]], since: datetime, now: str) -> str:
    earlier = [stance for at, stance in history if at <= since]
    return earlier[-1] if earlier else history[0][1] if history else now


def review_due(known: datetime, now: datetime, hours: Sequence[int], done: Iterable[int]) -> int | None:
    """The review (hours after it became known) whose time has come and that nobody has made; the latest of them. One that
    was made counts for those before it."""
    made = max(done, default=0)
    return max((one for one in hours if one > made and now >= known + timedelta(hours=one)), default=None)
