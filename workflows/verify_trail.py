"""Whether the records still are what was written: the chain of every incident, and what went out. A read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from errors import BadInput
from incidents.trail import find_break
from storage import events, incidents, released
from storage.database import Connection


@dataclass(frozen=True)
class Fault:
    """`kind`: missing | changed | cut_off | value (of an event), publication (`sequence` is its number)."""

    incident_id: int
    title: str
    sequence: int
    kind: str


@dataclass(frozen=True)
class Trail:
    """How much was read, and what does not hold."""

    incidents: int
    events: int
    publications: int
    faults: tuple[Fault, ...]


def verify_trail(connection: Connection) -> Trail:
    faults: list[Fault] = []
    read = 0
    known = incidents.all_of(connection)
    for one in known:
        log = events.of_incident(connection, one.id)
        read += len(log)
        broken = find_break(log, *events.head(connection, one.id))
        if broken:
            faults.append(Fault(one.id, one.title, broken.sequence, broken.kind))
        faults += [Fault(one.id, one.title, number, "value") for number in events.changed_values(connection, one.id)]
    out = [one.publication for one in released.releases(connection)]
    titles = {one.id: one.title for one in known}
    faults += [
        Fault(one.incident_id, titles.get(one.incident_id, ""), one.number, "publication")
        for one in out if sha256(one.body.encode()).hexdigest() != one.sha256
    ]  # fmt: skip
    return Trail(len(known), read, len(out), tuple(faults))


# --- the newest hash of each incident, kept elsewhere: whoever rewrites a whole chain cannot rewrite that -----------

HEAD = re.compile(r"^(\d{1,12}) (\d{1,12}) ([0-9a-f]{64})$")


@dataclass(frozen=True)
class Head:
    incident_id: int
    sequence: int
    hash: str

    @property
    def line(self) -> str:
        """As it is mailed or printed: no word of what the incident is about."""
        return f"{self.incident_id} {self.sequence} {self.hash}"


def heads(connection: Connection, *, only_real: bool = False) -> tuple[Head, ...]:
    """The newest event of every incident that has one; `only_real` leaves examples and drills out."""
    known = [one for one in incidents.all_of(connection) if one.kind == "real" or not only_real]
    newest = (events.of_incident(connection, one.id, newest=1) for one in known)
    return tuple(Head(log[0].incident_id, log[0].sequence, log[0].hash) for log in newest if log)


def not_in_the_trail(connection: Connection, lines: Iterable[str]) -> tuple[Head, ...]:
    """Of heads written down earlier, those that the records do not hold any more. Raises BadInput where no line is a head."""
    found = [HEAD.match(line.strip()) for line in lines]
    told = [Head(int(one[1]), int(one[2]), one[3]) for one in found if one]
    if not told:
        raise BadInput("verify.no_heads")
    known = {one.id for one in incidents.all_of(connection)}
    logs = {number: {one.sequence: one.hash for one in events.of_incident(connection, number)} for number in known}
    return tuple(one for one in told if logs.get(one.incident_id, {}).get(one.sequence) != one.hash)
