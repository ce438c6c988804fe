"""What the desk has learnt from corrections: one version a row, the newest in force."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zlib import compress, decompress

import numpy as np
from sqlalchemy import Connection, func, select

from monitoring.sentiment import SnowTables, cut, item_text
from monitoring.tone.model import Correction, GramWeights, ToneInput, ToneModel
from storage import rows
from storage.schema import content_version, incident, item, item_incident

PATH = "models/tone-learnt"
LEAST = 0.004  # a lighter gram moves nothing


@dataclass(frozen=True)
class Learnt:
    """One version. `weights` None is the shipped model alone; `figures` are shares before and after, by what they count."""

    number: int
    corrections: int
    weights: GramWeights | None
    figures: Mapping[str, float | None] = field(default_factory=dict)
    undone: int | None = None  # the version this one takes back
    saved_by: str | None = None
    saved_at: datetime | None = None


def number_in_force(connection: Connection) -> int:
    """0 where nothing has been learnt yet."""
    query = select(func.max(content_version.c.number)).where(content_version.c.path == PATH)
    return connection.execute(query).scalar_one() or 0


def in_force(connection: Connection) -> Learnt:
    return version(connection, number_in_force(connection))


def version(connection: Connection, number: int) -> Learnt:
    query = select(content_version).where(content_version.c.path == PATH, content_version.c.number == number)
    row = connection.execute(query).one_or_none()
    if row is None:
        return Learnt(0, 0, None)
    told = json.loads(row.body)
    return Learnt(
        number, told["corrections"], _unpacked(told["weights"]), told["figures"], told["undone"], row.saved_by, row.saved_at
    )


def save(
    connection: Connection, weights: GramWeights | None, *, corrections: int, figures: Mapping[str, float | None], now: datetime,
    actor: str | None, undone: int | None = None,
) -> int:  # fmt: skip
    """Put a version in force; returns its number."""
    number = number_in_force(connection) + 1
    body = {"corrections": corrections, "weights": _packed(weights), "figures": dict(figures), "undone": undone}
    rows.add(connection, content_version, path=PATH, number=number, body=json.dumps(body), saved_by=actor, saved_at=now)
    return number


def laid_over(base: ToneModel, learnt: Learnt) -> ToneModel:
    """The shipped model with what has been learnt, and a version that tells the two apart."""
    if learnt.weights is None:
        return base
    return replace(base, corrected=learnt.weights, version=f"{base.version}+{learnt.number}")


def _packed(weights: GramWeights | None) -> list[str] | None:
    if weights is None:
        return None
    kept = np.abs(weights.weights).max(axis=1) >= LEAST
    parts = weights.keys[kept].astype("<u8"), weights.weights[kept].astype("<f4")
    return [b64encode(compress(part.tobytes())).decode() for part in parts]


def _unpacked(parts: list[str] | None) -> GramWeights | None:
    if parts is None:
        return None
    keys, weights = (decompress(b64decode(part)) for part in parts)
    rows_of_three = np.frombuffer(weights, "<f4").reshape(-1, 3)
    return GramWeights(np.frombuffer(keys, "<u8").astype(np.uint64), rows_of_three.astype(np.float32))


def corrected(connection: Connection) -> int:
    """How many items have a tone that a person gave them."""
    query = select(func.count()).select_from(item_incident).where(item_incident.c.corrected_tone.is_not(None))
    return connection.execute(query).scalar_one()


def corrections(connection: Connection, tables: SnowTables | None) -> list[Correction]:
    """All that people have corrected, in the order of the items."""
    query = (
        select(item.c.title, item.c.summary, item.c.snow, item_incident.c.corrected_tone, incident.c.company)
        .select_from(item_incident.join(item, item.c.id == item_incident.c.item_id))
        .join(incident, incident.c.id == item_incident.c.incident_id)
        .where(item_incident.c.corrected_tone.is_not(None))
        .order_by(item_incident.c.item_id, item_incident.c.id)
    )
    found = connection.execute(query).all()
    words = cut([item_text(row.title, row.summary) or "" for row in found], tables)
    return [
        Correction(ToneInput(row.title, row.summary, row.company), row.corrected_tone, row.snow, mine)
        for row, mine in zip(found, words, strict=True)
    ]
