"""Where each fact is used: statements, answers about audiences, messages to them. A read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from incidents.facts import says_the_same
from stakeholders.models import QUESTIONS
from storage import audiences, facts, statements
from storage.database import Connection
from workflows.stale_sentences import stale_sentences


@dataclass(frozen=True)
class Use:
    """kind: statement | released | answer | message; `name` the kind of text or the group, `number` its id."""

    kind: str
    name: str
    number: int
    stale: bool = False


def texts_using(connection: Connection, incident_id: int, language: str) -> dict[int, tuple[Use, ...]]:
    """The texts that rest on each fact, by fact id; one line a text, stale where any of its sentences is."""
    found: dict[int, dict[tuple[str, int], Use]] = {}
    for fact_id, use in (*_statements(connection, incident_id), *_audiences(connection, incident_id, language)):
        mine = found.setdefault(fact_id, {})
        known = mine.get((use.kind, use.number))
        if known is None or (use.stale and not known.stale):
            mine[(use.kind, use.number)] = use
    return {fact_id: tuple(uses.values()) for fact_id, uses in found.items()}


def _statements(connection: Connection, incident_id: int) -> Iterator[tuple[int, Use]]:
    for one in statements.of_incident(connection, incident_id):
        changed = {number for numbers in stale_sentences(connection, one.id).values() for number in numbers}
        kind = "released" if one.state == "released" else "statement"
        for sentence in statements.sentences(connection, statements.latest(connection, one.id).id):
            yield from ((number, Use(kind, one.kind, one.id, number in changed)) for number in sentence.facts)


def _audiences(connection: Connection, incident_id: int, language: str) -> Iterator[tuple[int, Use]]:
    names = {one.id: one.name(language) for one in audiences.of_incident(connection, incident_id)}
    by_id = {fact.id: fact for fact in facts.of_incident(connection, incident_id)}
    for kind, mine in _answers(connection, incident_id, names).items():
        for use in facts.uses(connection, kind, mine):
            fact, audience_id = by_id.get(use["fact_id"]), mine[use["user_id"]]
            same = fact is None or all(says_the_same(use["snapshot"] or {}, fact, name) for name in ("zh", "en"))
            yield use["fact_id"], Use(kind, names[audience_id], audience_id, bool(use["stale"]) and not same)


def _answers(connection: Connection, incident_id: int, names: Mapping[int, str]) -> dict[str, dict[int, int]]:
    """Answers and messages of the groups that are on the board: {kind: {id: the group's}}."""
    found: dict[str, dict[int, int]] = {"answer": {}, "message": {}}
    for audience_id, answers in audiences.all_answers(connection, incident_id).items():
        if audience_id in names:
            for question, answer in answers.items():
                found["answer" if question in QUESTIONS else "message"][answer.id] = audience_id
    return found
