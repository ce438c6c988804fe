"""A group has moved, or was judged wrongly: its stance is set with a reason, and every review is remembered."""

from datetime import datetime, timedelta

from errors import BadInput, Conflict
from incidents.clocks import case_now, known_since
from incidents.intake import MAX_LINE, clean_text
from stakeholders.models import STANCES, Audience
from storage import audiences, events, incidents
from storage.database import Connection
from workflows.deed import deed


@deed
def set_stance(
    connection: Connection,
    audience_id: int,
    stance: str,
    *,
    reason: str,
    version: int,
    seen: Audience | None = None,
    now: datetime,
    actor: str | None = None,
) -> Audience:
    """Set where a group stands; `seen` is the group as the person had it before them: only another stance is a conflict.

    Raises BadInput("reason_needed"), ("not_a_choice"), Conflict.
    """
    if stance not in STANCES:
        raise BadInput("not_a_choice", value=stance)
    said = clean_text(reason, MAX_LINE)
    if not said:
        raise BadInput("reason_needed")
    stands = audiences.get(connection, audience_id)
    if (stands.stance, stands.stance_reason) == (stance, said):
        return stands
    incident = incidents.get(connection, stands.incident_id)
    try:
        before = None if seen is None else {"stance": seen.stance, "stance_reason": seen.stance_reason}
        audiences.save_parts(connection, audience_id, version, before, stance=stance, stance_reason=said)
    except Conflict as conflict:
        raise Conflict(conflict.key, theirs={"reason": stands.stance_reason}, mine={"reason": said}) from conflict
    audiences.add_stance(
        connection, audience_id, stance=stance, reason=said, changed_by=actor, changed_at=case_now(incident, now)
    )
    events.append(
        connection, incident.id, "audience_stance", now=now, actor=actor, subject=("audience", audience_id),
        screen="audiences", before=stands.stance, after=stance, name=stands.name(incident.language), stance=stance,
        reason=said,
    )  # fmt: skip
    return audiences.get(connection, audience_id)


@deed
def review_stances(
    connection: Connection, incident_id: int, hours: int, *, now: datetime, actor: str | None = None
) -> None:
    """Somebody has looked at every stance again, `hours` after it became known. Once."""
    incident = incidents.get(connection, incident_id)
    known, at = known_since(incident), case_now(incident, now)
    due = known + timedelta(hours=hours)
    made = incidents.start_clock(
        connection, incident_id, f"stance_review:{hours}", rule="stance_review", label={}, started_at=known, due_at=due,
        subject_kind="review", subject_id=hours, stopped_at=at, stopped_by=actor, kept=True, version=1,
    )  # fmt: skip
    if made:
        events.append(connection, incident_id, "audience_reviewed", now=now, actor=actor, screen="audiences", hours=hours)
