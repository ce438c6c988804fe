"""Legal and the head clear a template ahead of the night: exactly these words, until one of them changes (practice R30, R48)."""

from datetime import datetime

from errors import BadInput, NotAllowed
from incidents.intake import clean_text
from statements.models import StatementKit
from statements.precleared import AHEAD_ROLES, TemplateClearance, words_hash
from statements.records import LANGUAGES
from storage import clearing, events, incidents
from storage.database import Connection
from workflows.clear_statement import MAX_NOTE
from workflows.deed import deed
from workflows.who_decides import who_decides


@deed
def preclear_template(
    connection: Connection,
    incident_id: int,
    kind: str,
    language: str,
    *,
    role: str,
    person_id: int,
    seen: str,
    kit: StatementKit,
    now: datetime,
    note: str = "",
) -> tuple[TemplateClearance, ...]:
    """Clear the words of a kind in a language ahead, as legal or as head. Cleared already: nothing happens.

    `seen` is the hash of the words on the screen. An example's invented people clear for their example alone. Raises
    NotAllowed("not_your_role" | "template_moved"), BadInput("not_a_choice").
    """
    if role not in AHEAD_ROLES or kind not in kit.templates or language not in LANGUAGES:
        raise BadInput("not_a_choice", value=f"{role} {kind} {language}"[:60])
    who = who_decides(connection, incident_id, person_id, role, now)
    digest = words_hash(kit, kind, language)
    if digest != seen:
        raise NotAllowed("template_moved")
    standing = _standing(connection, incident_id, kind, language, digest)
    if any(one.role == role for one in standing):
        return standing
    incident = incidents.get(connection, incident_id)
    clearing.clear_ahead(
        connection, incident_id=None if incident.kind == "real" else incident_id, kind=kind, language=language,
        template_hash=digest, role=role, decided_by=who.name, decided_for=who.principal, decided_at=now,
        note=clean_text(note, MAX_NOTE) or None,
    )  # fmt: skip
    events.append(
        connection, incident_id, "clearance_ahead", now=now, actor=who.name, screen="statement", kind=kind, language=language,
        role=role, hash=digest[:16], principal=who.principal,
    )  # fmt: skip
    return _standing(connection, incident_id, kind, language, digest)


@deed
def withdraw_preclearance(
    connection: Connection, incident_id: int, kind: str, language: str, *, person_id: int, kit: StatementKit, now: datetime
) -> None:
    """Legal or the head takes it back: texts sent from now on are cleared whole. Raises NotAllowed("not_your_role")."""
    standing = _standing(connection, incident_id, kind, language, words_hash(kit, kind, language))
    roles = tuple(one.role for one in standing)
    if not roles:
        return
    person = incidents.get_person(connection, person_id)
    role = next((one for one in roles if one in person.roles), roles[0])
    who = who_decides(connection, incident_id, person_id, role, now)
    clearing.withdraw_ahead(connection, [one.id for one in standing], at=now, by=who.name)
    events.append(
        connection, incident_id, "clearance_ahead_withdrawn", now=now, actor=who.name, screen="statement", kind=kind,
        language=language, role=role,
    )  # fmt: skip


def _standing(
    connection: Connection, incident_id: int, kind: str, language: str, digest: str
) -> tuple[TemplateClearance, ...]:
    return clearing.cleared_ahead(connection, incident_id, kind, {language: digest})[language]
