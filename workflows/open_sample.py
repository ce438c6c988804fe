"""The worked case is put on the desk: an invented firm, invented people, its evening counted back from now.

Everything goes through the same deeds as a real incident; its news comes from shipped feed files through the collector.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from storage import audiences, content, feeds, incidents
from storage import facts as stored
from storage.database import Connection
from workflows.add_fact import add_fact
from workflows.add_person import add_person
from workflows.draft_statement import draft_statement
from workflows.edit_fact import edit_fact
from workflows.open_incident import open_incident
from workflows.record_note import record_note
from workflows.save_intake_answer import save_intake_answer
from workflows.settle_fact import settle_fact
from workflows.take_stock import take_stock
from workflows.tools import Tools

OTHER = {"zh": "en", "en": "zh"}
Case = Mapping[str, Any]


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
    _answers(connection, incident_id, case, language, now, names)
    _wordings(connection, incident_id, case, language, now)
    _settle(connection, incident_id, case, language, now, names)
    take_stock(connection, incident_id, tools=tools, now=now)
    _owners(connection, incident_id, case)
    _notes(connection, incident_id, case, language, now, names)
    draft_statement(
        connection, incident_id, kit=tools.kit, check=tools.check, now=now, actor=names["pr"], screen="sample"
    )
    feeds.add_sample(connection, incident_id, slug, case["feeds"], zone="Asia/Shanghai", language=language, now=now)
    return incident_id


def _people(connection: Connection, incident_id: int, case: Case, language: str, now: datetime) -> dict[str, str]:
    """The invented people, by the first role of each."""
    names = {}
    for person in case["people"]:
        roles = tuple(person["roles"])
        made = add_person(connection, name=person["name"][language], roles=roles, now=now, incident_id=incident_id)
        names[roles[0]] = made.name
    return names


def _answers(
    connection: Connection, incident_id: int, case: Case, language: str, now: datetime, names: Mapping[str, str]
) -> None:
    for entry in case["intake"]:
        at = now + timedelta(minutes=entry.get("at", case["known"]))
        save_intake_answer(
            connection, incident_id, entry["field"], value=_value(entry, language, now),
            unknown=entry.get("unknown", False), now=at, actor=names.get(entry.get("by", "head")),
        )  # fmt: skip


def _value(entry: Case, language: str, now: datetime) -> Any:
    """A value in the case's language; `minutes` counts from now."""
    if "minutes" in entry:
        at = now + timedelta(minutes=entry["minutes"])
        return at.replace(minute=at.minute - at.minute % 5, second=0, microsecond=0).isoformat()
    value = entry.get("value")
    return value[language] if isinstance(value, Mapping) else value


def _wordings(connection: Connection, incident_id: int, case: Case, language: str, now: datetime) -> None:
    """Each worded fact in the other language as well: the example stands in both from the start."""
    other = OTHER[language]
    pairs: dict[Any, str] = {}
    for value in (entry["value"] for entry in case["intake"] if _worded(entry)):
        mine, theirs = value[language], value[other]
        pairs |= dict(zip(mine, theirs, strict=True)) if isinstance(mine, list) else {mine: theirs}
    for fact in stored.of_incident(connection, incident_id):
        if fact.value in pairs:
            wording = {f"wording_{other}": pairs[fact.value]}
            edit_fact(connection, fact.id, version=fact.version, now=now, **wording)


def _worded(entry: Case) -> bool:
    return isinstance(entry.get("value"), Mapping)


def _settle(
    connection: Connection, incident_id: int, case: Case, language: str, now: datetime, names: Mapping[str, str]
) -> None:
    for entry in case["facts"]:
        at = now + timedelta(minutes=entry["at"])
        source = entry["source"][language] if "source" in entry else None
        actor = names.get(entry.get("by", "operations"))
        if "add" in entry:
            add_fact(
                connection, incident_id, slot=entry["add"], kind=entry["kind"], value=entry["value"][language],
                wording_zh=entry["value"]["zh"], wording_en=entry["value"]["en"], status=entry["status"], source=source,
                now=at, actor=actor,
            )  # fmt: skip
            continue
        for fact in stored.of_incident(connection, incident_id):
            if fact.field == entry["field"] and fact.status == "reported":
                settle_fact(
                    connection, fact.id, entry["status"], version=fact.version, actor=actor, source=source, now=at
                )


def _owners(connection: Connection, incident_id: int, case: Case) -> None:
    by_role = {person.roles[0]: person.id for person in incidents.people(connection, incident_id) if person.incident_id}
    for group in audiences.of_incident(connection, incident_id):
        owner = by_role.get(case["owners"].get(group.slug, ""))
        if owner:
            audiences.save(connection, group.id, group.version, owner_id=owner)


def _notes(
    connection: Connection, incident_id: int, case: Case, language: str, now: datetime, names: Mapping[str, str]
) -> None:
    for entry in case["notes"]:
        at = now + timedelta(minutes=entry["at"])
        record_note(connection, incident_id, entry["text"][language], now=at, actor=names.get(entry["by"]))
