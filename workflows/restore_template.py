"""An earlier version of a template is used again, or the text that came with the desk: as a version of its own."""

from datetime import datetime

from errors import BadInput, Conflict, NotFound
from statements.models import Check, StatementKit
from storage import content_versions
from storage.database import Connection
from workflows.deed import deed
from workflows.save_template import Saved, store

SHIPPED = 0


@deed
def restore_template(
    connection: Connection,
    slug: str,
    number: int,
    *,
    seen: int,
    shipped: StatementKit,
    check: Check,
    now: datetime,
    actor: str | None,
) -> Saved:
    """`number` 0 is the shipped text. An old version is checked as a new one is: the guard may have learned since.

    Raises BadInput("name_needed" | "not_a_choice"), NotFound, Conflict where somebody has saved since `seen`.
    """
    if slug not in shipped.templates:
        raise BadInput("not_a_choice", value=slug)
    if not actor:
        raise BadInput("name_needed")
    known = {one.number: one for one in content_versions.versions(connection, slug)}
    newest = max(known, default=0)
    if newest != seen:
        raise Conflict("newer_version", what="template", theirs={"number": newest}, mine={"number": seen})
    if number != SHIPPED and number not in known:
        raise NotFound("not_found", what="template")
    sources = shipped.templates[slug].sources if number == SHIPPED else known[number].sources
    return store(connection, slug, sources, newest + 1, shipped=shipped, check=check, now=now, actor=actor)
