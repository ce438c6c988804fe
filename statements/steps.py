"""Whose turn it is, and how a text stands: facts by operations and wording by legal at the same time, then the head.

A text whose words were cleared ahead with their template needs only its slots cleared: operations, then the head (R30).
"""

from collections.abc import Sequence
from datetime import timedelta

from incidents.agenda import SOON
from statements.records import CLEARING_ROLES, Clearance

SLOT_ROLES = ("operations", "head")


def roles_of(scope: str | None) -> tuple[str, ...]:
    """Who has to clear a text: all three, or only those who answer for the slots."""
    return SLOT_ROLES if scope == "slots" else CLEARING_ROLES


def scope_of(clearances: Sequence[Clearance]) -> str | None:
    """How the standing clearances of a version were asked for: slots, or None for the whole text."""
    return next((one.scope for one in clearances if one.state != "void"), None)


def roles_to_ask(clearances: Sequence[Clearance], scope: str | None = None) -> tuple[str, ...]:
    """Whose turn it is. Only a clearance that was given counts: one that is overdue stays asked."""
    wanted = roles_of(scope)
    asked = {one.role for one in clearances if one.state != "void"}
    first = tuple(role for role in wanted if role != "head" and role not in asked)
    if first:
        return first
    given = {one.role for one in clearances if one.state == "given"}
    return ("head",) if given >= set(wanted) - {"head"} and "head" not in asked else ()


def state_of(clearances: Sequence[Clearance]) -> str:
    """draft | review | cleared, as the clearances of the newest version stand."""
    states = {one.role: one.state for one in clearances}
    if all(states.get(role) == "given" for role in roles_of(scope_of(clearances))):
        return "cleared"
    return "review" if any(state in ("asked", "given") for state in states.values()) else "draft"


def clock_state(left: timedelta) -> str:
    """calm | soon | late: late is not consent, it is red."""
    return "late" if left < timedelta(0) else "soon" if left <= SOON else "calm"
