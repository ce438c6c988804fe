"""The worked case is put on the desk: an invented firm, invented people, its evening counted back from now.

Everything goes through the same deeds as a real incident; its news comes from shipped feed files through the collector.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from monitoring.watch import WatchTerm, check
from storage import audiences, content, feeds, incidents, watching
from storage import facts as stored
from storage.database import Connection
from workflows.add_fact import add_fact
from workflows.add_person import add_person
from workflows.deed import deed
from workflows.draft_statement import draft_statement
from workflows.edit_fact import edit_fact
from workflows.open_incident import open_incident
from workflows.record_contact import record_contact
from workflows.record_note import record_note
from workflows.save_intake_answer import save_intake_answer
from workflows.settle_fact import settle_fact
from workflows.take_stock import take_stock
from workflows.tools import Tools

OTHER = {"zh": "en", "en": "zh"}
Case = Mapping[str, Any]


@dataclass(frozen=True)
class Evening:
    """The case as it is being put on the desk; `now` is the moment of opening, `names` the people by their first role."""

    connection: Connection
    incident_id: int
    case: Case
    language: str
    now: datetime
    names: Mapping[str, str]


@deed
def open_sample(
    connection: Connection, slug: str, *, language: str, zone: str, tools: Tools, now: datetime
) -> int:
    """Open the sample once; opened already, it is found again as it was left. Returns the incident's id."""
    key = f"sample:{slug}:{language}"
    if stands := incidents.by_key(connection, key):
        return stands
    case = content.sample(slug)
    known = now + timedelta(minutes=case["known"])
    incident_id = open_incident(connection, now=known, zone=zone, language=language, kind="example", key=key)
    incidents.set_plain(connection, incident_id, sample=slug, opened_at=now, first_call_at=known)
    names = _people(connection, incident_id, case, language, now)
    evening = Evening(connection, incident_id, case, language, now, names)
    for minute, step in sorted(_steps(evening), key=lambda one: one[0]):
        step(now + timedelta(minutes=minute))
    drafted = now + timedelta(minutes=case["drafted"])
    take_stock(connection, incident_id, tools=tools, now=drafted)
    _owners(evening)
    draft_statement(
        connection, incident_id, kit=tools.kit, check=tools.check, now=drafted, actor=names["pr"], screen="sample"
    )
    _contacts(evening)
    feeds.add_sample(connection, incident_id, slug, case["feeds"], zone="Asia/Shanghai", language=language, now=now)
    terms = [WatchTerm(entry["kind"], check(entry["expression"])) for entry in case.get("watch", ())]
    watching.replace(connection, incident_id, terms, now)
    return incident_id


def _people(connection: Connection, incident_id: int, case: Case, language: str, now: datetime) -> dict[str, str]:
    """The invented people, by the first role of each."""
    names = {}
    for person in case["people"]:
        roles = tuple(person["roles"])
        made = add_person(connection, name=person["name"][language], roles=roles, now=now, incident_id=incident_id)
        names[roles[0]] = made.name
    return names


def _steps(evening: Evening) -> Iterator[tuple[int, Callable[[datetime], None]]]:
    """Everything that is entered, settled or noted, each with its minute."""
    for entry in evening.case["intake"]:
        yield entry.get("at", evening.case["known"]), partial(_answer, evening, entry)
    for entry in evening.case["facts"]:
        yield entry["at"], partial(_settle, evening, entry)
    for entry in evening.case["details"]:
        yield entry["at"], partial(_detail, evening, entry)
    for entry in evening.case["notes"]:
        yield entry["at"], partial(_note, evening, entry)


def _answer(evening: Evening, entry: Case, at: datetime) -> None:
    save_intake_answer(
        evening.connection, evening.incident_id, entry["field"], value=_value(evening, entry), now=at,
        unknown=entry.get("unknown", False), actor=evening.names.get(entry.get("by", "head")),
    )  # fmt: skip
    if isinstance(entry.get("value"), Mapping):
        _word(evening, entry["value"], at)


def _value(evening: Evening, entry: Case) -> Any:
    """A value in the case's language; `minutes` counts from now."""
    if "minutes" in entry:
        at = evening.now + timedelta(minutes=entry["minutes"])
        return at.replace(minute=at.minute - at.minute % 5, second=0, microsecond=0).isoformat()
    value = entry.get("value")
    return value[evening.language] if isinstance(value, Mapping) else value


def _word(evening: Evening, value: Mapping[str, Any], at: datetime) -> None:
    """Each worded fact in the other language as well: the example stands in both from the start."""
    other = OTHER[evening.language]
    mine, theirs = value[evening.language], value[other]
    pairs = dict(zip(mine, theirs, strict=True)) if isinstance(mine, list) else {mine: theirs}
    for fact in stored.of_incident(evening.connection, evening.incident_id):
        if fact.value in pairs and not fact.wording(other):
            edit_fact(evening.connection, fact.id, version=fact.version, now=at, **{f"wording_{other}": pairs[fact.value]})


def _settle(evening: Evening, entry: Case, at: datetime) -> None:
    source = entry["source"][evening.language] if "source" in entry else None
    actor = evening.names.get(entry.get("by", "operations"))
    for fact in stored.of_incident(evening.connection, evening.incident_id):
        if fact.field == entry["field"] and fact.status == "reported":
            settle_fact(
                evening.connection, fact.id, entry["status"], version=fact.version, actor=actor, source=source, now=at
            )


def _detail(evening: Evening, entry: Case, at: datetime) -> None:
    """What is known beyond the questions of the intake."""
    add_fact(
        evening.connection, evening.incident_id, slot="detail", kind="text", value=entry["value"][evening.language],
        status=entry["status"], source=entry["source"][evening.language], wording_zh=entry["value"]["zh"],
        wording_en=entry["value"]["en"], now=at, actor=evening.names.get(entry["by"]),
    )  # fmt: skip


def _note(evening: Evening, entry: Case, at: datetime) -> None:
    text = entry["text"][evening.language]
    record_note(evening.connection, evening.incident_id, text, now=at, actor=evening.names.get(entry["by"]))


def _contacts(evening: Evening) -> None:
    """Who has been spoken with since the draft was written."""
    groups = {group.slug: group.id for group in audiences.of_incident(evening.connection, evening.incident_id)}
    for entry in evening.case["contacts"]:
        if entry["group"] in groups:
            record_contact(
                evening.connection, groups[entry["group"]], channel=entry["channel"], heard=entry["heard"][evening.language],
                answered=entry["answered"][evening.language], now=evening.now + timedelta(minutes=entry["at"]),
                actor=evening.names.get(entry["by"]),
            )  # fmt: skip


def _owners(evening: Evening) -> None:
    people = incidents.people(evening.connection, evening.incident_id)
    by_role = {person.roles[0]: person.id for person in people if person.incident_id}
    for group in audiences.of_incident(evening.connection, evening.incident_id):
        owner = by_role.get(evening.case["owners"].get(group.slug, ""))
        if owner:
            audiences.save(evening.connection, group.id, group.version, owner_id=owner)
