"""A released text was wrong: a correction is drafted that names it, says what was wrong, and what is right."""

from collections.abc import Mapping
from datetime import datetime

from errors import BadInput, NotAllowed, NotFound
from incidents.intake import clean_text
from statements.models import Check, StatementKit
from statements.records import LANGUAGES
from storage import events, statements
from storage.database import Connection
from workflows.deed import deed
from workflows.draft_statement import draft_statement, redraft

MAX_WORDS = 200
KIND = "correction"


@deed
def correct_statement(
    connection: Connection,
    incident_id: int,
    number: int,
    *,
    wrong: Mapping[str, str],
    right: Mapping[str, str],
    kit: StatementKit,
    check: Check,
    now: datetime,
    actor: str | None = None,
) -> int:
    """Draft the correction of publication `number`; `wrong` and `right` by language. Returns the correction's id.

    What is left empty in a language stands as a hole. Raises BadInput("nothing_written") where nothing is said in any language,
    NotFound for a number that never went out, NotAllowed("correction_open") while another text's correction is being written.
    """
    out = [one for one in statements.publications(connection, incident_id) if one.number == number]
    if not out:
        raise NotFound("not_found", what="publication")
    correction = {language: _said(wrong.get(language, ""), right.get(language, "")) for language in LANGUAGES}
    if not any(correction.values()):
        raise BadInput("nothing_written")
    target = out[0].statement_id
    known = [one for one in statements.of_incident(connection, incident_id) if one.kind == KIND]
    writing = [one for one in known if one.state not in ("released", "withdrawn")]
    if writing and writing[0].corrects_id not in (None, target):
        raise NotAllowed("correction_open")
    if writing:
        statements.save(connection, writing[0], corrects_id=target, correction=correction)
        redraft(connection, writing[0].id, kit=kit, check=check, now=now, actor=actor)
        made = writing[0].id
    else:
        made = draft_statement(
            connection, incident_id, kit=kit, check=check, now=now, actor=actor, kind=KIND, corrects_id=target,
            correction=correction,
        )  # fmt: skip
    events.append(
        connection, incident_id, "statement_correcting", now=now, actor=actor, subject=("statement", made), screen="statement",
        corrects=number,
    )  # fmt: skip
    return made


def _said(wrong: str, right: str) -> dict[str, str]:
    given = {"corrects": clean_text(wrong, MAX_WORDS), "corrected": clean_text(right, MAX_WORDS)}
    return {name: text for name, text in given.items() if text}
