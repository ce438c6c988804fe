"""One of the four questions, or the message, is answered in a person's own words; or goes back to the desk's."""

from datetime import datetime

from errors import BadInput, Conflict
from incidents.intake import clean_text
from stakeholders.models import QUESTIONS, TEXTS, AudienceAnswer, joined
from storage import audiences, events, facts
from storage.database import Connection
from workflows.deed import deed

MAX_ANSWER = 4_000
LANGUAGES = ("zh", "en")


@deed
def save_audience_answer(
    connection: Connection,
    audience_id: int,
    question: str,
    language: str,
    text: str,
    *,
    version: int,
    seen: str | None = None,
    now: datetime,
    actor: str | None = None,
) -> AudienceAnswer:
    """Store the answer in one language; from then on the desk does not touch it. The same text again changes nothing.

    `seen` is the text the person had before them: where it still stands, somebody else's save in the other language is
    no conflict. Raises BadInput (not_a_choice, too_long), Conflict with both texts.
    """
    if question not in TEXTS or language not in LANGUAGES:
        raise BadInput("not_a_choice", value=question)
    stands = _stands(connection, audience_id, question)
    cleaned = clean_text(text, MAX_ANSWER)
    if cleaned == stands.text(language):
        return stands
    if seen is not None and seen == stands.text(language):
        version = stands.version
    values = {f"text_{language}": cleaned, "edited": True}
    return _store(connection, stands, version, values, language, now, actor)


@deed
def return_to_prefilled(
    connection: Connection, audience_id: int, question: str, *, version: int, now: datetime, actor: str | None = None
) -> AudienceAnswer:
    """Take the desk's own text again; what the person wrote stays in the log."""
    stands = _stands(connection, audience_id, question)
    if not stands.edited:
        return stands
    values = {f"text_{side}": joined(stands.clauses, side, question) for side in LANGUAGES}
    return _store(connection, stands, version, values | {"edited": False}, "zh", now, actor)


def _stands(connection: Connection, audience_id: int, question: str) -> AudienceAnswer:
    found = audiences.answers(connection, audience_id).get(question)
    if found is None:
        audiences.add_answer(connection, audience_id, question, text_zh="", text_en="", clauses=[], saved_at=None)
        found = audiences.answers(connection, audience_id)[question]
    return found


def _store(
    connection: Connection,
    stands: AudienceAnswer,
    version: int,
    values: dict[str, object],
    language: str,
    now: datetime,
    actor: str | None,
) -> AudienceAnswer:
    text = f"text_{language}"
    try:
        audiences.save_answer(connection, stands.id, version, **values, saved_by=actor, saved_at=now)
    except Conflict as conflict:
        theirs = {text: conflict.facts["theirs"].get(text)}
        raise Conflict(conflict.key, theirs=theirs, mine={text: values[text]}) from conflict
    audience = audiences.get(connection, stands.audience_id)
    _bind(connection, stands, audience.incident_id)
    events.append(
        connection, audience.incident_id, "audience_answered", now=now, actor=actor, screen="audiences",
        subject=("audience", audience.id), before=getattr(stands, text), after=values[text], name=audience.name("zh"),
        question=stands.question,
    )  # fmt: skip
    return audiences.answers(connection, stands.audience_id)[stands.question]


def _bind(connection: Connection, stands: AudienceAnswer, incident_id: int) -> None:
    """The person has looked at it: the facts it was made from are fresh again, and their next change will be told."""
    used = {number for clause in stands.clauses for number in clause["facts"]}
    known = [fact for fact in facts.of_incident(connection, incident_id) if fact.id in used]
    facts.rebind(connection, "answer" if stands.question in QUESTIONS else "message", stands.id, known)
