"""What can go wrong, as keys and evidence. Sentences are made at the edge, by words.py, in the reader's language.

    DeskError
    ├── BadInput        the person can correct it: a field, a file, a date
    ├── NotFound        there is no such thing, or it is not for this person to know of
    ├── Conflict        somebody else saved the same record first
    ├── NotAllowed      the deed exists, but not for this person or not in this state
    └── Unavailable     the outside world: disk, database, network, a missing program
"""

from typing import Any


class DeskError(Exception):
    """A failure a person should read about. `key` names a sentence in templates/ui/*/errors.yaml, `facts` fill its holes."""

    def __init__(self, key: str, **facts: Any) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.key} {self.facts}" if self.facts else self.key


class BadInput(DeskError):
    pass


class NotFound(DeskError):
    pass


class Conflict(DeskError):
    """Carries `theirs` (what is stored now) and `mine` (what was not stored), so that nothing is lost."""


class NotAllowed(DeskError):
    pass


class Unavailable(DeskError):
    pass
