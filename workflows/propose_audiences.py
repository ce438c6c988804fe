"""The groups an incident touches are put on the board, each with the four questions prefilled from what is known."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from incidents.clocks import case_now, known_since
from incidents.models import Fact, Incident
from stakeholders.case import Case, read_case
from stakeholders.catalogue import Catalogue
from stakeholders.filling import Filled
from stakeholders.models import QUESTIONS, Audience, joined
from stakeholders.propose import Proposal, propose, propose_one, rank
from storage import audiences, events, facts, incidents, judgements
from storage.database import Connection
from workflows.deed import deed


@deed
def propose_audiences(connection: Connection, incident_id: int, *, catalogue: Catalogue, now: datetime) -> None:
    """Add the groups that apply and refresh what nobody has edited. Repeating it changes only what has moved."""
    incident = incidents.get(connection, incident_id)
    known = facts.of_incident(connection, incident_id)
    case = _case(connection, incident, catalogue)
    proposals = propose(catalogue, case)
    by_slug = {one.slug: one for one in audiences.everyone(connection, incident_id)}
    for proposal in proposals:
        stands = by_slug.get(proposal.slug)
        audience_id = _renew(connection, stands, proposal) if stands else _add(connection, incident, proposal, now)
        put_answers(connection, audience_id, proposal.answers, known, now)
    for slug, stands in by_slug.items():
        if slug not in {one.slug for one in proposals}:
            _keep(connection, stands, propose_one(catalogue, case, slug, stands.name(incident.language)), known, now)
    rank_audiences(connection, incident_id, catalogue)


def _case(connection: Connection, incident: Incident, catalogue: Catalogue) -> Case:
    current = judgements.current(connection, incident.id)
    return read_case(
        catalogue, incident, incidents.answers(connection, incident.id), facts.of_incident(connection, incident.id),
        crisis_type=current.crisis_type if current else "", secondary=current.secondary if current else (),
        credit_kind=current.credit_kind if current else None,
    )  # fmt: skip


def prefill_for(connection: Connection, incident: Incident, catalogue: Catalogue, slug: str, name: str) -> Proposal:
    """What a group that a person adds begins with, from what is known now."""
    return propose_one(catalogue, _case(connection, incident, catalogue), slug, name)


def _add(connection: Connection, incident: Incident, proposal: Proposal, now: datetime) -> int:
    first = max(known_since(incident) + timedelta(minutes=proposal.within), case_now(incident, incident.opened_at))
    made = audiences.add_once(
        connection, incident.id, proposal.slug, name_zh=proposal.name.zh, name_en=proposal.name.en, why=_why(proposal),
        harm=proposal.harm, influence=proposal.influence, interest=proposal.interest, stance=proposal.stance,
        owner_id=_owner(connection, incident.id, proposal.role), channel=proposal.channel, next_contact_at=first, position=0,
        custom=False, removed=False, created_at=now,
    )  # fmt: skip
    assert made is not None, "the caller saw that it was not there"
    audiences.add_stance(connection, made, stance=proposal.stance, reason=None, changed_by=None, changed_at=case_now(incident, now))
    events.append(
        connection, incident.id, "audience_added", now=now, subject=("audience", made), screen="audiences",
        name=proposal.name.text(incident.language),
    )  # fmt: skip
    return made


def _owner(connection: Connection, incident_id: int, role: str | None) -> int | None:
    """The one person whose role it is; where there are several, or none, somebody has to be named."""
    mine = [person.id for person in incidents.people(connection, incident_id) if role in person.roles]
    return mine[0] if len(mine) == 1 else None


def _why(proposal: Proposal) -> dict[str, Any]:
    return {"zh": proposal.why.zh, "en": proposal.why.en, "addressed": proposal.addressed, "applies": True}


def _renew(connection: Connection, stands: Audience, proposal: Proposal) -> int:
    """Name, reason and weight follow the facts; stance, owner and dates are people's."""
    values: dict[str, Any] = {
        "name_zh": proposal.name.zh, "name_en": proposal.name.en, "why": _why(proposal), "harm": proposal.harm,
        "influence": proposal.influence, "interest": proposal.interest,
    }  # fmt: skip
    audiences.set_plain(connection, stands, **values)
    return stands.id


def put_answers(
    connection: Connection,
    audience_id: int,
    answers: Mapping[str, Sequence[Filled]],
    known: Sequence[Fact],
    now: datetime,
) -> None:
    """Prefill what is not there yet and refresh what nobody has edited; each answer is bound to its facts."""
    stored = audiences.answers(connection, audience_id)
    by_id = {fact.id: fact for fact in known}
    for question, filled in answers.items():
        clauses = [one.as_json() for one in filled]
        values = {"clauses": clauses} | {f"text_{side}": joined(tuple(clauses), side, question) for side in ("zh", "en")}
        stands = stored.get(question)
        if stands is None:
            answer_id = audiences.add_answer(connection, audience_id, question, edited=False, saved_at=now, **values)
        elif stands.edited:
            continue
        else:
            answer_id = stands.id
            if list(stands.clauses) != clauses:
                audiences.save_answer(connection, stands.id, stands.version, saved_at=now, **values)
        assert answer_id is not None, "the caller saw that it was not there"
        used = [by_id[number] for one in filled for number in one.facts]
        facts.rebind(connection, "answer" if question in QUESTIONS else "message", answer_id, used)


def _keep(
    connection: Connection, stands: Audience, prefill: Proposal, known: Sequence[Fact], now: datetime
) -> None:
    """A person's own group is refreshed too; one the facts no longer call for stays until a person takes it off."""
    if not stands.custom:
        audiences.set_plain(connection, stands, why={**stands.why, "applies": False, "addressed": False})
    put_answers(connection, stands.id, prefill.answers, known, now)


def rank_audiences(connection: Connection, incident_id: int, catalogue: Catalogue) -> None:
    """Number the groups by harm, then influence, then interest."""
    mine = audiences.everyone(connection, incident_id)
    ranked = sorted(mine, key=lambda one: (*rank(one, catalogue.group(one.slug).order), one.id))
    for position, one in enumerate(ranked, 1):
        audiences.set_plain(connection, one, position=position)
