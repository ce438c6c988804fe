"""Who may decide in whose place: a named deputy, for a person and a period (practice R30)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from incidents.models import Person


@dataclass(frozen=True)
class Acting:
    """Somebody who may decide; `principal` names the person they stand in for, None in their own right."""

    name: str
    principal: str | None = None


def acting(person: Person, role: str, people: Sequence[Person], at: datetime) -> Acting | None:
    """How `person` may decide as `role` at `at`: in their own right, as a deputy, or (None) not at all."""
    if role in person.roles:
        return Acting(person.name)
    principal = principal_of(person, people, at)
    return Acting(person.name, principal.name) if principal and role in principal.roles else None


def principal_of(person: Person, people: Sequence[Person], at: datetime) -> Person | None:
    """Whom `person` stands in for at `at`; the period includes its first moment and excludes its last."""
    begins, ends = person.deputy_from, person.deputy_until
    if person.deputy_of is None or begins is None or ends is None or not begins <= at < ends:
        return None
    return next((one for one in people if one.id == person.deputy_of), None)


def acting_roles(person: Person, people: Sequence[Person], at: datetime) -> tuple[str, ...]:
    """The roles somebody may decide in at `at`: their own, and those of whom they stand in for."""
    principal = principal_of(person, people, at)
    return tuple(dict.fromkeys((*person.roles, *(principal.roles if principal else ()))))
