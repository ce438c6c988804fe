"""Gathers what a statement is held against: a read, made the same way for the screen, for clearing and for release."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from statements.basis import Basis, Said
from statements.records import Publication, Statement
from storage import audiences, facts, incidents, statements
from storage.database import Connection
from workflows.note_before_release import checked_pairs, family_told, is_filed
from workflows.stale_sentences import stale_sentences


def statement_basis(connection: Connection, statement_id: int) -> Basis:
    """Nothing is stored. Raises NotFound."""
    stands = statements.get(connection, statement_id)
    incident = incidents.get(connection, stands.incident_id)
    groups = audiences.everyone(connection, incident.id)
    names = (incident.company, incident.office, *(group.name(lang) for group in groups for lang in ("zh", "en")))
    return Basis(
        facts=facts.of_incident(connection, incident.id), zone=incident.zone, kind=stands.kind,
        own=tuple(name for name in names if name),
        written_at=_written(connection, statement_id, timedelta(seconds=incident.case_offset_s), incident.zone),
        family_told=family_told(connection, incident.id), stale=frozenset(stale_sentences(connection, statement_id)),
        checked=checked_pairs(connection, statement_id, incident.id),
        earlier=(*_released(connection, stands), *_messages(connection, incident.id)),
        quoted=tuple(str(one["corrects"]) for one in (stands.correction or {}).values() if one.get("corrects")),
        corrects=stands.corrects_id is not None, listed=bool(incident.listed),
        filed=bool(incident.listed) and is_filed(connection, statement_id, incident.id),
    )  # fmt: skip


def _written(connection: Connection, statement_id: int, offset: timedelta, zone: str) -> tuple[datetime, ...]:
    """The moments at which its versions were saved, in case time and the incident's zone."""
    found = statements.versions(connection, statement_id)
    return tuple((one.saved_at + offset).astimezone(ZoneInfo(zone)) for one in found)


def _released(connection: Connection, stands: Statement) -> tuple[Said, ...]:
    """What went out before, the newest first, without what has been corrected since."""
    out = statements.publications(connection, stands.incident_id)
    corrected = {one.corrects_id for one in out}
    numbers = {one.number for one in out if one.id in corrected}
    return tuple(_said(one) for one in out if one.statement_id != stands.id and one.number not in numbers)


def _said(one: Publication) -> Said:
    return Said(f"publication:{one.id}", f"#{one.number}", one.language, one.body, one.released_at)


def _messages(connection: Connection, incident_id: int) -> tuple[Said, ...]:
    """What we told groups one by one, the newest first."""
    all_told = audiences.all_communications(connection, incident_id)
    found = [
        Said(f"communication:{told['id']}", group.name(language), language, told["answer"], told["at"])
        for group in audiences.of_incident(connection, incident_id)
        for told in all_told.get(group.id, ())
        for language in (("zh",) if any("一" <= mark <= "龥" for mark in told["answer"] or "") else ("en",))
        if told["direction"] == "out" and told["answer"]
    ]
    return tuple(sorted(found, key=lambda one: str(one.at), reverse=True))
