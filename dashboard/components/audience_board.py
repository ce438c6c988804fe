"""Everything the audience page shows, read in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from dashboard import session
from dashboard.components.show import clock_time
from incidents.clocks import known_since
from incidents.models import Clock, Fact, Incident, Person
from monitoring.mood import PressItem
from stakeholders.case import Case, read_case
from stakeholders.catalogue import Catalogue, Phrase
from stakeholders.evidence import voices
from stakeholders.filling import filled_phrase
from stakeholders.models import Audience, AudienceAnswer
from stakeholders.plan import Move, Step, moves, review_due, who_next
from storage import audiences, content, facts, incidents, readings

DAY = timedelta(hours=24)
LATEST = 300  # items among which a group's voice is looked for


@dataclass(frozen=True)
class Board:
    at: Incident
    now: datetime  # on the clock of the case
    groups: tuple[Audience, ...]
    removed: tuple[Audience, ...]
    answers: Mapping[int, Mapping[str, AudienceAnswer]]
    facts: Mapping[int, Fact]
    stale: frozenset[int]  # answers whose facts have moved since somebody wrote them
    people: tuple[Person, ...]
    clocks: tuple[Clock, ...]
    moves: tuple[Move, ...]
    catalogue: Catalogue
    case: Case

    def steps(self) -> tuple[Step, ...]:
        return who_next(self.groups, self.now)

    def find(self, audience_id: int) -> Audience | None:
        return next((one for one in self.groups if one.id == audience_id), None)

    def answers_of(self, group: Audience) -> Mapping[str, AudienceAnswer]:
        return self.answers.get(group.id, {})

    def owner(self, group: Audience) -> Person | None:
        return next((one for one in self.people if one.id == group.owner_id), None)

    def name(self, group: Audience) -> str:
        """The group's name as a heading has it."""
        said = group.name(session.language())
        return said[:1].upper() + said[1:]

    def said(self, phrase: Phrase) -> str:
        """A phrase of the catalogue in the language on the screen, in the vocabulary of this trade."""
        found = filled_phrase(phrase, self.case)
        said = found.text(session.language()) if found else ""
        return said[:1].upper() + said[1:]

    def promised(self) -> datetime | None:
        """The next update that was promised to the public."""
        found = [one for one in self.facts.values() if one.slot == "next_update" and one.settled and one.value]
        return datetime.fromisoformat(str(found[0].value)) if found else None

    def review(self) -> int | None:
        """The review of all stances that is due, in hours since it became known."""
        done = [one.subject_id or 0 for one in self.clocks if one.rule == "stance_review"]
        return review_due(known_since(self.at), self.now, self.catalogue.reviews, done)

    @cached_property
    def press(self) -> tuple[PressItem, ...]:
        """The newest of what the press says; read when somebody asks how a group feels."""
        with session.reading() as connection:
            return readings.items(connection, self.at.id, most=LATEST)

    @cached_property
    def heard(self) -> Mapping[int, Sequence[Mapping[str, Any]]]:
        """What the groups themselves said to us in contacts, the newest first, by group."""
        found: dict[int, list[Mapping[str, Any]]] = {}
        with session.reading() as connection:
            for one in audiences.asked(connection, self.at.id):
                found.setdefault(one["audience_id"], []).append(one)
        return found

    def voices(self, group: Audience) -> tuple[PressItem, ...]:
        """Headlines that show how a group feels."""
        outlets = self.case.values.get("outlets")
        return voices(self.catalogue, group.slug, self.press, outlets.phrase.zh if outlets else "")

    def hour(self, at: datetime | None) -> str:
        return clock_time(at, self.at.zone, self.now)


def load(at: Incident) -> Board:
    now = session.here_now(at)
    with session.reading() as connection:
        groups = audiences.of_incident(connection, at.id)
        history = audiences.all_stances(connection, at.id)
        stale = {number for kind in ("answer", "message") for number in facts.stale_users(connection, kind)}
        known = facts.of_incident(connection, at.id)
        return Board(
            at, now, groups, audiences.of_incident(connection, at.id, removed=True),
            audiences.all_answers(connection, at.id), {one.id: one for one in known},
            frozenset(stale), incidents.people(connection, at.id), incidents.clocks(connection, at.id),
            moves(groups, history, now - DAY), content.catalogue(),
            read_case(content.catalogue(), at, incidents.answers(connection, at.id), known),
        )  # fmt: skip
