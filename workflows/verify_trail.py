"""Whether the records still are what was written: the chain of every incident, and what went out. A read."""

from dataclasses import dataclass
from hashlib import sha256

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
