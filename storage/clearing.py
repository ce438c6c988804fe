"""Templates cleared ahead, findings let through, decisions on warning."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select, update

from statements.duty import DutyDecision
from statements.overrides import Override
from statements.precleared import TemplateClearance
from storage import rows
from storage.schema import block_override, duty_decision, template_clearance

# --- templates cleared ahead -------------------------------------------------------------------------------------

def cleared_ahead(
    connection: Connection, incident_id: int, kind: str, hashes: Mapping[str, str]
) -> dict[str, tuple[TemplateClearance, ...]]:
    """For each language the clearances that stand for its words: the office's, and an example's own in that example."""
    mine = or_(template_clearance.c.incident_id.is_(None), template_clearance.c.incident_id == incident_id)
    found: dict[str, tuple[TemplateClearance, ...]] = {}
    for language, digest in hashes.items():
        query = select(template_clearance).where(
            template_clearance.c.kind == kind, template_clearance.c.language == language,
            template_clearance.c.template_hash == digest, template_clearance.c.withdrawn_at.is_(None), mine,
        )  # fmt: skip
        rows_found = connection.execute(query.order_by(template_clearance.c.id))
        found[language] = tuple(rows.as_value(row, TemplateClearance) for row in rows_found)
    return found


def clear_ahead(connection: Connection, **values: Any) -> int:
    return rows.add(connection, template_clearance, version=1, **values)


def withdraw_ahead(connection: Connection, ids: Sequence[int], *, at: datetime, by: str) -> None:
    connection.execute(
        update(template_clearance)
        .where(template_clearance.c.id.in_(ids), template_clearance.c.withdrawn_at.is_(None))
        .values(withdrawn_at=at, withdrawn_by=by, version=template_clearance.c.version + 1)
    )


# --- findings let through ----------------------------------------------------------------------------------------

def overrides(connection: Connection, version_id: int) -> tuple[Override, ...]:
    query = select(block_override).where(block_override.c.statement_version_id == version_id).order_by(block_override.c.id)
    return tuple(rows.as_value(row, Override) for row in connection.execute(query))


def overrides_asked(connection: Connection, incident_id: int) -> tuple[Override, ...]:
    """What legal or the head still has to answer."""
    mine = (block_override.c.incident_id == incident_id, block_override.c.state == "asked")
    query = select(block_override).where(*mine).order_by(block_override.c.id)
    return tuple(rows.as_value(row, Override) for row in connection.execute(query))


def get_override(connection: Connection, block_override_id: int) -> Override:
    return rows.get(connection, block_override, block_override_id, Override)


def ask_override(connection: Connection, **values: Any) -> int | None:
    """None where the same finding of the same version was asked about before."""
    return rows.add_once(
        connection, block_override, ("statement_version_id", "finding_key"), state="asked", version=1, **values
    )


def save_override(connection: Connection, stands: Override, **values: Any) -> int:
    return rows.save(connection, block_override, stands.id, stands.version, **values)


# --- decisions on warning ----------------------------------------------------------------------------------------

def duties(connection: Connection, incident_id: int) -> tuple[DutyDecision, ...]:
    """Open and decided, the earliest first."""
    query = select(duty_decision).where(duty_decision.c.incident_id == incident_id).order_by(duty_decision.c.id)
    return tuple(rows.as_value(row, DutyDecision) for row in connection.execute(query))


def lock_duty(connection: Connection, duty_decision_id: int) -> DutyDecision:
    """The decision, held until the transaction ends. Raises NotFound."""
    connection.execute(select(duty_decision.c.id).where(duty_decision.c.id == duty_decision_id).with_for_update())
    return rows.get(connection, duty_decision, duty_decision_id, DutyDecision)


def open_duty(connection: Connection, **values: Any) -> int:
    return rows.add(connection, duty_decision, state="open", version=1, **values)


def save_duty(connection: Connection, stands: DutyDecision, **values: Any) -> int:
    return rows.save(connection, duty_decision, stands.id, stands.version, **values)
