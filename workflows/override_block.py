"""One finding of one version is let through by legal and the head together, by name and with a reason (practice R30)."""

from datetime import datetime

from errors import BadInput, NotAllowed, NotFound
from incidents.intake import clean_text
from statements.models import Check
from statements.overrides import OVERRIDE_ROLES, Override, outcome, version_hash
from statements.records import LANGUAGES
from storage import clearing, events, statements
from storage.database import Connection
from workflows.clear_statement import MAX_NOTE, newest
from workflows.deed import deed
from workflows.ways import ways
from workflows.who_decides import on_record, who_decides


@deed
def ask_override(
    connection: Connection,
    statement_id: int,
    finding_key: str,
    *,
    seen: int,
    reason: str,
    check: Check,
    now: datetime,
    actor: str | None,
) -> Override:
    """Ask legal and the head to let one finding through, for exactly these words. Asked already: nothing happens.

    Raises NotAllowed("no_override") for a rule that restates statute, BadInput("reason_needed" | "name_needed"),
    NotFound where the finding is not in the newest version.
    """
    stands = statements.lock(connection, statement_id)
    latest = newest(connection, statement_id, seen)
    why = clean_text(reason, MAX_NOTE)
    if not actor:
        raise BadInput("name_needed")
    if not why:
        raise BadInput("reason_needed")
    found = {one.key: one for one in ways(connection, statement_id, LANGUAGES, check=check, release=True).all}.get(finding_key)
    if found is None:
        raise NotFound("not_found", what="finding")
    if not found.may_be_overridden:
        raise NotAllowed("no_override", rule=found.rule.id if found.rule else "—")
    asked = clearing.ask_override(
        connection, incident_id=stands.incident_id, statement_id=statement_id, statement_version_id=latest.id,
        language=found.language, kind=found.kind, label=found.label, quote=found.quote, finding_key=finding_key,
        rule=found.rule.id if found.rule else None, reason=why, asked_by=actor, asked_at=now,
        version_hash=version_hash(statements.sentences(connection, latest.id)),
    )  # fmt: skip
    if asked is not None:
        events.append(
            connection, stands.incident_id, "override_asked", now=now, actor=actor, subject=("statement", statement_id),
            screen="statement", kind=stands.kind, number=latest.number, quote=found.quote, reason=why,
        )  # fmt: skip
    return next(one for one in clearing.overrides(connection, latest.id) if one.finding_key == finding_key)


@deed
def decide_override(
    connection: Connection, block_override_id: int, *, role: str, given: bool, person_id: int, note: str = "", now: datetime
) -> Override:
    """Legal or the head gives or refuses it; both have to give it, and they are two people. Decided already: nothing happens.

    Raises NotAllowed("not_your_role" | "two_people" | "clearance_void"), BadInput("reason_needed") for a refusal.
    """
    if role not in OVERRIDE_ROLES:
        raise BadInput("not_a_choice", value=role)
    stands = statements.lock(connection, clearing.get_override(connection, block_override_id).statement_id)
    asked = clearing.get_override(connection, block_override_id)
    who = who_decides(connection, stands.incident_id, person_id, role, now)
    if asked.state == "void" or stands.state == "released":
        raise NotAllowed("clearance_void")
    if asked.state != "asked" or getattr(asked, role) is not None:
        return asked
    other = asked.head if role == "legal" else asked.legal
    if other is not None and other["by"] == who.name:
        raise NotAllowed("two_people")
    why = clean_text(note, MAX_NOTE)
    if not given and not why:
        raise BadInput("reason_needed")
    votes = {"legal": asked.legal, "head": asked.head} | {role: on_record(who, now) | {"given": given, "note": why or None}}
    clearing.save_override(connection, asked, state=outcome(votes["legal"], votes["head"]), **{role: votes[role]})
    events.append(
        connection, stands.incident_id, "override_given" if given else "override_refused", now=now, actor=who.name,
        subject=("statement", stands.id), screen="statement", kind=stands.kind, role=role, quote=asked.quote,
        reason=why or asked.reason, principal=who.principal,
    )  # fmt: skip
    return clearing.get_override(connection, block_override_id)
