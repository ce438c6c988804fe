"""What has to come before a release and happens outside the desk: the family is told, the exchange has the filing, both
languages were compared. Each is noted by name, with the hour."""

from datetime import datetime

from errors import BadInput
from incidents.clocks import case_now
from statements.overrides import version_hash
from statements.parity import pair_digest
from storage import audiences, events, incidents, statements
from storage.database import Connection
from workflows.deed import deed

FAMILY = "injured_family"  # the group that is told first
TOLD, TAKEN_BACK = "family_told", "family_not_told"
CHECKED, FILED = "languages_checked", "filing_noted"


@deed
def note_family_told(
    connection: Connection, incident_id: int, *, told: bool = True, now: datetime, actor: str | None
) -> None:
    """Note that the family knows, or take that back. As it stands already: nothing happens. Raises BadInput("name_needed")."""
    if not actor:
        raise BadInput("name_needed")
    if family_told(connection, incident_id) == told:
        return
    events.append(connection, incident_id, TOLD if told else TAKEN_BACK, now=now, actor=actor, screen="statement")
    if told:
        family = [one for one in audiences.of_incident(connection, incident_id) if one.slug == FAMILY]
        at = case_now(incidents.get(connection, incident_id), now)
        for one in family:
            audiences.set_plain(connection, one, contacted_at=one.contacted_at or at)


def family_told(connection: Connection, incident_id: int) -> bool:
    """Whether the family knows: somebody noted it, or a contact with them is on record. A read."""
    noted = events.of_deeds(connection, incident_id, (TOLD, TAKEN_BACK))
    if noted:
        return noted[-1].deed == TOLD
    family = [one for one in audiences.everyone(connection, incident_id) if one.slug == FAMILY]
    return any(told["direction"] == "out" for one in family for told in audiences.communications(connection, one.id))


@deed
def check_languages(
    connection: Connection, statement_id: int, sid: str, *, now: datetime, actor: str | None
) -> None:
    """Somebody has read a sentence in both languages: they say the same. It holds for these words alone.

    Raises BadInput("name_needed").
    """
    if not actor:
        raise BadInput("name_needed")
    stands = statements.get(connection, statement_id)
    latest = statements.latest(connection, statement_id)
    pair = pair_digest(statements.sentences(connection, latest.id), sid)
    events.append(
        connection, stands.incident_id, CHECKED, now=now, actor=actor, subject=("statement", statement_id), screen="statement",
        kind=stands.kind, number=latest.number, pair=pair, key=f"{CHECKED}:{statement_id}:{pair}",
    )  # fmt: skip


def checked_pairs(connection: Connection, statement_id: int, incident_id: int) -> frozenset[str]:
    """The pairs of sentences somebody has compared. A read."""
    noted = events.of_deeds(connection, incident_id, (CHECKED,))
    return frozenset(str(one.facts["pair"]) for one in noted if one.subject_id == statement_id)


@deed
def note_filing(
    connection: Connection, statement_id: int, number: str, *, now: datetime, actor: str | None
) -> None:
    """The exchange has this very text, under this number (practice R28); one changed letter, and it is to be filed again.

    Raises BadInput("name_needed" | "nothing_written").
    """
    if not actor:
        raise BadInput("name_needed")
    if not number.strip():
        raise BadInput("nothing_written")
    stands = statements.get(connection, statement_id)
    latest = statements.latest(connection, statement_id)
    digest = version_hash(statements.sentences(connection, latest.id))
    events.append(
        connection, stands.incident_id, FILED, now=now, actor=actor, subject=("statement", statement_id), screen="statement",
        kind=stands.kind, number=latest.number, document=number.strip()[:200], text=digest, key=f"{FILED}:{statement_id}:{digest}",
    )  # fmt: skip


def is_filed(connection: Connection, statement_id: int, incident_id: int) -> bool:
    """Whether the newest version is the text that was filed. A read."""
    noted = [one for one in events.of_deeds(connection, incident_id, (FILED,)) if one.subject_id == statement_id]
    if not noted:
        return False
    digest = version_hash(statements.sentences(connection, statements.latest(connection, statement_id).id))
    return any(one.facts.get("text") == digest for one in noted)
