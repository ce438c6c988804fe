"""What is to be done now, the most pressing first: the decision that waits for me, then what only I would forget."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Situation:
    """Where an incident stands, as plain values. `waiting` are clearances asked for: (role, statement number, late)."""

    unasked: tuple[str, ...] = ()  # intake fields of the first section that nobody has answered
    unconfirmed: int = 0
    judged: bool = False
    type_proposed: str | None = None
    statement: str | None = None  # state of the newest statement; None: there is none
    statement_version: int = 0
    holes: int = 0
    blocked: int = 0
    waiting: tuple[tuple[str, int, bool], ...] = ()
    returned_by: str | None = None
    uncontacted: tuple[str, ...] = ()  # names of harmed groups nobody has spoken with
    promise_late: bool = False
    feeds_broken: int = 0


@dataclass(frozen=True)
class Task:
    """A sentence key under `agenda.`, the page where it is done, and whether a person must act now."""

    key: str
    page: str
    urgent: bool = False
    mine: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


def agenda(situation: Situation, my_roles: tuple[str, ...] = ()) -> tuple[Task, ...]:
    """Everything that is open, mine and urgent first; empty when there is nothing left to do."""
    tasks = [*_clearing(situation, my_roles), *_people(situation), *_text(situation, my_roles), *_ground(situation)]
    return tuple(sorted(tasks, key=lambda task: (not task.mine, not task.urgent)))


def _clearing(now: Situation, roles: tuple[str, ...]) -> list[Task]:
    tasks = [
        Task("clear", "statement", late, role in roles, {"role": role, "number": number})
        for role, number, late in now.waiting
    ]
    if now.type_proposed:
        tasks.append(Task("type_proposed", "type", False, "head" in roles, {"type": now.type_proposed}))
    if now.promise_late:
        tasks.append(Task("promise_late", "statement", True))
    return tasks


def _people(now: Situation) -> list[Task]:
    return [Task("contact", "audiences", True, facts={"name": name}) for name in now.uncontacted[:2]]


def _text(now: Situation, roles: tuple[str, ...]) -> list[Task]:
    said = {"number": now.statement_version}
    if now.returned_by:
        return [Task("returned", "statement", True, "pr" in roles, said | {"role": now.returned_by})]
    if now.statement is None:
        return [Task("draft", "statement", now.judged, "pr" in roles)]
    if now.statement == "cleared":
        return [Task("release", "statement", True, "head" in roles, said)]
    if now.statement == "draft" and (now.holes or now.blocked):
        return [Task("fill", "statement", False, "pr" in roles, {"count": now.holes + now.blocked})]
    if now.statement == "draft":
        return [Task("send", "statement", True, "pr" in roles, said)]
    return []


def _ground(now: Situation) -> list[Task]:
    tasks = []
    if now.unasked:
        tasks.append(Task("intake", "intake", not now.judged, facts={"count": len(now.unasked)}))
    if not now.judged and not now.unasked:
        tasks.append(Task("judge", "type"))
    if now.unconfirmed:
        tasks.append(Task("confirm", "facts", facts={"count": now.unconfirmed}))
    if now.feeds_broken:
        tasks.append(Task("feeds", "monitor", facts={"count": now.feeds_broken}))
    return tasks
