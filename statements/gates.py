"""What must hold before a text may go to be cleared, and before it may go out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from statements.models import Check
from statements.records import CLEARING_ROLES, Clearance, Sentence, body

HOLE = re.compile(r"【待填[^】]*】|\[to fill[^\]]*\]")


@dataclass(frozen=True)
class Obstacle:
    """Why a text may not go on: hole | blocked | empty. `what` is the hole or the label."""

    kind: str
    language: str
    what: str = ""
    sid: str = ""


def obstacles(sentences: Sequence[Sentence], language: str, check: Check) -> tuple[Obstacle, ...]:
    """Holes and blocked words of the text in one language; empty where it may go to be cleared."""
    text = body(tuple(sentences), language)
    if not text:
        return (Obstacle("empty", language),)
    mine = [one for one in sentences if one.language == language]
    holes = [Obstacle("hole", language, hole, one.sid) for one in mine for hole in HOLE.findall(one.text)]
    verdict = check(text, language)
    blocked = [Obstacle("blocked", language, found.label) for found in verdict.findings if found.severity == "block"]
    return (*holes, *blocked)


def roles_to_ask(clearances: Sequence[Clearance]) -> tuple[str, ...]:
    """Whose turn it is: operations and legal at the same time, then the head (practice R30)."""
    asked = {one.role for one in clearances if one.state != "void"}
    first = tuple(role for role in CLEARING_ROLES if role != "head" and role not in asked)
    if first:
        return first
    given = {one.role for one in clearances if one.state == "given"}
    both = given >= {role for role in CLEARING_ROLES if role != "head"}
    return ("head",) if both and "head" not in asked else ()


def state_of(clearances: Sequence[Clearance]) -> str:
    """draft | review | cleared, as the clearances of the newest version stand."""
    states = {one.role: one.state for one in clearances}
    if all(states.get(role) == "given" for role in CLEARING_ROLES):
        return "cleared"
    return "review" if any(state in ("asked", "given") for state in states.values()) else "draft"
