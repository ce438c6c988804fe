"""What is to be done now, the most pressing first: the decision that waits for me, then what only I would forget."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

SOON = timedelta(minutes=3)  # a clock of a few minutes turns amber [N]


@dataclass(frozen=True)
class Waiting:
    """A decision that somebody in one of `roles` owes; `left` is negative when it is overdue."""

    roles: tuple[str, ...]
    left: timedelta
    kind: str = ""  # of the text
    number: int = 0  # of its version

    @property
    def late(self) -> bool:
        return self.left < timedelta(0)


@dataclass(frozen=True)
class Situation:
    """Where an incident stands, as plain values.

    `waiting`: clearances asked for; `duties`: open decisions on warning; `overrides`: findings that two people are asked to
    let through; `reports`: reports to the regulator that were decided and are not made.
    """

    unasked: tuple[str, ...] = ()  # intake fields of the first section that nobody has answered
    unconfirmed: int = 0
    judged: bool = False
    type_proposed: str | None = None
    statement: str | None = None  # state of the newest statement; None: there is none
    statement_version: int = 0
    holes: int = 0
    blocked: int = 0
    stale: int = 0  # sentences of the newest statement whose facts have changed
    waiting: tuple[Waiting, ...] = ()
    duties: tuple[Waiting, ...] = ()
    overrides: tuple[Waiting, ...] = ()
    reports: tuple[Waiting, ...] = ()
    returned_by: str | None = None
    uncontacted: tuple[str, ...] = ()  # names of harmed groups nobody has spoken with
    promise_late: bool = False
    review: int | None = None  # hours after it became known at which all stances are to be looked at again, if that is due
    feeds_broken: int = 0


@dataclass(frozen=True)
class Task:
    """A sentence key under `agenda.`, the page where it is done, and whether a person must act now (`soon`: presently)."""

    key: str
    page: str
    urgent: bool = False
    mine: bool = False
    soon: bool = False
    first: bool = False  # before everything else: people may be in danger
    facts: dict[str, Any] = field(default_factory=dict)


def agenda(situation: Situation, my_roles: tuple[str, ...] = ()) -> tuple[Task, ...]:
    """Everything that is open, mine and urgent first; empty when there is nothing left to do."""
    tasks = [
        *_danger(situation, my_roles), *_clearing(situation, my_roles), *_people(situation), *_text(situation, my_roles),
        *_ground(situation),
    ]  # fmt: skip
    return tuple(sorted(tasks, key=lambda task: (not task.first, not task.mine, not task.urgent)))


def _danger(now: Situation, roles: tuple[str, ...]) -> list[Task]:
    """Knowledge of a danger waits for nobody (practice R50)."""
    tasks = [
        Task("duty", "statement", True, bool(set(one.roles) & set(roles)), first=True, facts={"left": one.left})
        for one in now.duties
    ]
    return tasks + [
        Task("report", "statement", True, bool(set(one.roles) & set(roles)), first=True, facts={"left": one.left})
        for one in now.reports
    ]


def _clearing(now: Situation, roles: tuple[str, ...]) -> list[Task]:
    tasks = [
        Task(
            "clear", "statement", one.late, one.roles[0] in roles, one.left <= SOON,
            facts={"role": one.roles[0], "kind": one.kind, "number": one.number, "left": one.left},
        )
        for one in now.waiting
    ]  # fmt: skip
    tasks += [
        Task("override", "statement", False, bool(set(one.roles) & set(roles)), facts={"kind": one.kind})
        for one in now.overrides
    ]
    if now.type_proposed:
        tasks.append(Task("type_proposed", "type", False, "head" in roles, facts={"type": now.type_proposed}))
    if now.promise_late:
        tasks.append(Task("promise_late", "statement", True))
    return tasks


def _people(now: Situation) -> list[Task]:
    tasks = [Task("contact", "audiences", True, facts={"name": name}) for name in now.uncontacted[:2]]
    return tasks + ([Task("review", "audiences", True, facts={"hours": now.review})] if now.review else [])


def _text(now: Situation, roles: tuple[str, ...]) -> list[Task]:
    said = {"number": now.statement_version}
    if now.returned_by:
        return [Task("returned", "statement", True, "pr" in roles, facts=said | {"role": now.returned_by})]
    if now.stale:
        return [Task("stale", "statement", True, "pr" in roles, facts={"count": now.stale})]
    if now.statement is None:
        return [Task("draft", "statement", now.judged, "pr" in roles)]
    if now.statement == "cleared":
        return [Task("release", "statement", True, "head" in roles, facts=said)]
    if now.statement == "draft" and (now.holes or now.blocked):
        return [Task("fill", "statement", False, "pr" in roles, facts={"count": now.holes + now.blocked})]
    if now.statement == "draft":
        return [Task("send", "statement", True, "pr" in roles, facts=said)]
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
