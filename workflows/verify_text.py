"""Somebody brings a text and asks whether it is one of ours. A read: nothing is stored."""

from dataclasses import replace
from functools import cache

from documents.channels import CHANNELS, Piece, for_channel
from documents.envelope import Envelope, envelope
from documents.outgoing import OutgoingText
from statements.records import LANGUAGES, body
from statements.verifying import Answer, Release, judge
from storage import content, incidents, released, statements
from storage.database import Connection
from workflows.firm_name import firm_name


@cache
def around() -> Envelope:
    """What the desk's own files carry around a text."""
    return envelope([content.words(language) for language in LANGUAGES], content.kind_names())


def verify_text(
    connection: Connection, text: str, *, loose: bool = False, hidden: frozenset[int] = frozenset()
) -> Answer:
    """`loose` for text out of a PDF, whose lines are broken where the page ends.

    Of `hidden` incidents only what went out is told, since that is public: no draft, and no name.
    """
    known = released.releases(connection)
    out = tuple(replace(one, incident="") if one.publication.incident_id in hidden else one for one in known)
    first = judge(text, out, (), loose)
    if first.state == "released":
        return first
    drafts = tuple(one for one in released.unreleased(connection) if one.incident_id not in hidden)
    return judge(text, tuple(_with_forms(connection, one) for one in out), drafts, loose)


def _with_forms(connection: Connection, one: Release) -> Release:
    """The release with the forms in which the desk offers it to be pasted."""
    mine = one.publication
    said = statements.sentences(connection, mine.statement_version_id)
    if body(said, mine.language) != mine.body:
        return one
    pieces = tuple(Piece(of.sid, of.lead, of.text) for of in said if of.language == mine.language)
    firm = firm_name(connection, incidents.get(connection, mine.incident_id), mine.language)
    forms = [for_channel(name, OutgoingText(mine.body, mine.language, firm=firm), pieces) for name in CHANNELS]
    return replace(one, forms=tuple(made.text for made in forms if made))
