"""A group that the desk did not think of is put on the board: by its name alone, or from the catalogue."""

from datetime import datetime, timedelta
from hashlib import sha256

from errors import BadInput
from incidents.clocks import case_now
from incidents.intake import clean_text
from stakeholders.catalogue import Catalogue
from stakeholders.models import Audience
from storage import audiences, events, facts, incidents
from storage.database import Connection
from workflows.deed import deed
from workflows.propose_audiences import prefill_for, put_answers, rank_audiences

MAX_NAME = 60


@deed
def add_audience(
    connection: Connection,
    incident_id: int,
    *,
    catalogue: Catalogue,
    name: str = "",
    slug: str | None = None,
    now: datetime,
    actor: str | None = None,
) -> Audience:
    """Add a group called `name` in the language of the incident, or the catalogue's group `slug`.

    One that stands already is found again, and put back where it was taken off. Raises BadInput (nothing_written,
    too_long, not_a_choice).
    """
    incident = incidents.get(connection, incident_id)
    cleaned = clean_text(name, MAX_NAME)
    if slug is None and not cleaned:
        raise BadInput("nothing_written")
    if slug is not None and slug not in catalogue.groups:
        raise BadInput("not_a_choice", value=slug)
    wanted = slug or f"own_{sha256(cleaned.encode()).hexdigest()[:12]}"
    prefill = prefill_for(connection, incident, catalogue, wanted, cleaned)
    made = audiences.add_once(
        connection, incident_id, wanted, name_zh=prefill.name.zh, name_en=prefill.name.en,
        why={"zh": prefill.why.zh, "en": prefill.why.en, "addressed": False, "applies": True, "by": actor},
        harm=prefill.harm, influence=prefill.influence, interest=prefill.interest, stance=prefill.stance,
        channel=prefill.channel, next_contact_at=case_now(incident, now) + timedelta(minutes=prefill.within), position=0,
        custom=True, removed=False, created_at=now,
    )  # fmt: skip
    stands = next(one for one in audiences.everyone(connection, incident_id) if one.slug == wanted)
    if made is None and not stands.removed:
        return stands
    if made is None:
        audiences.set_plain(connection, stands, removed=False)
    else:
        audiences.add_stance(
            connection, stands.id, stance=stands.stance, changed_by=actor, changed_at=case_now(incident, now)
        )
        put_answers(connection, stands.id, prefill.answers, facts.of_incident(connection, incident_id), now)
    rank_audiences(connection, incident_id, catalogue)
    events.append(
        connection, incident_id, "audience_added" if made else "audience_restored", now=now, actor=actor,
        subject=("audience", stands.id), screen="audiences", name=stands.name(incident.language),
    )  # fmt: skip
    return audiences.get(connection, stands.id)
