"""When a clause, a name or a group applies: conditions over atoms, the short words that are true of a case."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Rule:
    """True where every atom of `all`, one of `any` (if there are any) and none of `none` holds."""

    all: frozenset[str] = frozenset()
    any: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()

    def holds(self, atoms: Set[str]) -> bool:
        return self.all <= atoms and not self.none & atoms and (not self.any or bool(self.any & atoms))

    @property
    def positive(self) -> frozenset[str]:
        return self.all | self.any


Condition = tuple[Rule, ...]  # one of them is enough; none at all: always


def read_condition(written: Any) -> Condition:
    """A condition as content writes it: a list of atoms or of {all, any, none}; one of the list is enough."""
    return tuple(_rule(entry) for entry in written or ())


def _rule(entry: Any) -> Rule:
    if isinstance(entry, str):
        return Rule(all=frozenset({entry}))
    parts = {name: frozenset(entry.get(name) or ()) for name in ("all", "any", "none")}
    return Rule(**parts)


def holds(condition: Condition, atoms: Set[str]) -> bool:
    return not condition or any(rule.holds(atoms) for rule in condition)


def decided_by(condition: Condition, atoms: Set[str]) -> frozenset[str]:
    """The atoms on account of which a condition holds."""
    mine = [rule.positive & atoms for rule in condition if rule.holds(atoms)]
    return frozenset().union(*mine) if mine else frozenset()


def atoms_in(condition: Condition) -> frozenset[str]:
    """Every atom a condition names."""
    return frozenset().union(*(rule.all | rule.any | rule.none for rule in condition)) if condition else frozenset()
