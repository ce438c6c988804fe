"""A person says what an item's tone and gravity are, or that it does not matter here: it outranks the desk, and can be undone."""

from datetime import datetime

from errors import BadInput
from storage import events, links
from storage.database import Connection
from workflows.deed import deed

TONES = ("negative", "neutral", "positive")
GRAVEST = 3


@deed
def correct_item(
    connection: Connection, link_id: int, *, version: int, now: datetime, tone: str | None = None,
    gravity: int | None = None, actor: str | None = None,
) -> int:  # fmt: skip
    """Correct the tone, the gravity or both; what is not given keeps an earlier correction. Returns the new version.

    Raises BadInput for no tone or gravity there is, Conflict where somebody else was first.
    """
    if tone not in (None, *TONES):
        raise BadInput("not_a_choice", value=tone)
    if gravity is not None and not 0 <= gravity <= GRAVEST:
        raise BadInput("not_a_choice", value=gravity)
    stands = links.get(connection, link_id)
    values = {
        "corrected_tone": tone or stands.corrected_tone,
        "corrected_gravity": stands.corrected_gravity if gravity is None else gravity,
    }
    return _save(connection, stands, version, "item_corrected", now, actor, **values)


@deed
def undo_correction(
    connection: Connection, link_id: int, *, version: int, now: datetime, actor: str | None = None
) -> int:
    """The desk's own judgement stands again."""
    stands = links.get(connection, link_id)
    return _save(connection, stands, version, "item_correction_undone", now, actor, corrected_tone=None, corrected_gravity=None)


def _save(
    connection: Connection, stands: links.Link, version: int, deed: str, now: datetime, actor: str | None,
    **values: str | int | None,
) -> int:  # fmt: skip
    undone = deed == "item_correction_undone"
    who = {"corrected_by": None if undone else actor, "corrected_at": None if undone else now}
    made = links.save(connection, stands.id, version, **values, **who)
    after = links.get(connection, stands.id)
    events.append(
        connection, stands.incident_id, deed, now=now, actor=actor, subject=("item", stands.item_id), screen="monitor",
        before=_told(stands), after=_told(after), title=stands.title[:80], tone=after.shown_tone, gravity=after.shown_gravity,
    )  # fmt: skip
    return made


def _told(link: links.Link) -> dict[str, object]:
    return {"tone": link.shown_tone, "gravity": link.shown_gravity}


@deed
def set_relevance(
    connection: Connection, link_id: int, relevant: bool, *, version: int, now: datetime, actor: str | None = None
) -> int:
    """Whether an item matters to the incident, by a person: the watch terms do not ask again."""
    stands = links.get(connection, link_id)
    made = links.save(connection, link_id, version, relevant=relevant, decided_by=actor or "", decided_at=now)
    deed = "item_taken_back" if relevant else "item_set_aside"
    events.append(
        connection, stands.incident_id, deed, now=now, actor=actor, subject=("item", stands.item_id), screen="monitor",
        title=stands.title[:80],
    )  # fmt: skip
    return made
