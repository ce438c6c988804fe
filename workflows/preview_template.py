"""What an edited template would say: of its own example, or of the facts of an incident. A read: nothing is stored."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from incidents.clocks import case_now
from statements import ground as grounds
from statements.editing import Preview, preview, with_sources
from statements.models import StatementKit
from statements.records import LANGUAGES
from storage import audiences, content, facts, incidents, judgements, statements
from storage.database import Connection

_OPEN = ("what", "when", "where", "cause", "deaths", "injured", "missing")


def preview_template(
    connection: Connection,
    slug: str,
    sources: Mapping[str, str],
    *,
    kit: StatementKit,
    incident_id: int | None,
    now: datetime,
) -> dict[str, Preview]:
    """{language: what it says}; without an incident, of the template's example."""
    edited = with_sources(kit, slug, sources)
    example = kit.templates[slug].example
    return {
        language: preview(
            edited, slug, language,
            example[language] if incident_id is None else _facts(connection, incident_id, slug, language, now),
        )
        for language in LANGUAGES
    }  # fmt: skip


def _facts(connection: Connection, incident_id: int, kind: str, language: str, now: datetime) -> Mapping[str, Any]:
    """The incident as a statement of this kind would be drafted from it."""
    incident = incidents.get(connection, incident_id)
    words, current = content.words(language), judgements.current(connection, incident_id)
    out = [one for one in statements.publications(connection, incident_id) if one.language == language]
    return grounds.ground(
        incident, facts.of_incident(connection, incident_id), language, case_now(incident, now),
        open_questions={slot: words(f"open.{slot}") for slot in _OPEN},
        groups=audiences.addressed(connection, incident_id, language),
        crisis_type=current.crisis_type if current else "", kind=kind, version=1 + len(out),
    ).raw  # fmt: skip
