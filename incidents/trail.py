"""The append-only log of an incident: each row carries the digest of the one before, so that a changed, removed or
reordered row shows."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from incidents.models import Event

START = "0" * 64


def canonical(value: Any) -> str:
    """One spelling for one value, whatever the database made of its key order."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def salted_digest(value: Any, salt: str) -> str:
    return sha256(f"{salt}{canonical(value)}".encode()).hexdigest()


def row_hash(previous: str, row: Mapping[str, Any]) -> str:
    """SHA-256 over the previous row's hash and this row's canonical JSON."""
    return sha256(f"{previous}{canonical(row)}".encode()).hexdigest()


def row_of(event: Event) -> dict[str, Any]:
    """The part of an event that its hash covers."""
    return {
        "incident": event.incident_id, "sequence": event.sequence, "wall_at": event.wall_at.isoformat(),
        "case_at": event.case_at.isoformat(), "actor": event.actor, "deed": event.deed,
        "subject_kind": event.subject_kind, "subject_id": event.subject_id, "screen": event.screen,
        "facts": dict(event.facts), "before": event.before_digest, "after": event.after_digest,
    }  # fmt: skip


def first_break(events: Iterable[Event]) -> int | None:
    """The sequence number of the first event that does not follow from the one before it; None for a whole chain."""
    previous = START
    for number, event in enumerate(events, start=1):
        broken = event.sequence != number or event.previous_hash != previous
        if broken or event.hash != row_hash(previous, row_of(event)):
            return number
        previous = event.hash
    return None


@dataclass(frozen=True)
class Break:
    """Where a chain does not hold: missing (a row was taken out or moved) | changed | cut_off (the last rows are gone)."""

    sequence: int
    kind: str


def find_break(events: Iterable[Event], last_sequence: int | None = None, last_hash: str | None = None) -> Break | None:
    """The first break; with what the incident remembers of its last event, rows cut off at the end are seen as well."""
    told = tuple(events)
    broken = first_break(told)
    if broken is not None:
        row = told[broken - 1]
        moved = row.sequence != broken or row.previous_hash != (told[broken - 2].hash if broken > 1 else START)
        return Break(broken, "missing" if moved else "changed")
    if last_sequence is not None and last_sequence > len(told):
        return Break(len(told) + 1, "cut_off")
    if last_sequence is not None and last_hash != (told[-1].hash if told else START):
        return Break(len(told), "changed")
    return None
