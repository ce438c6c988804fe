"""Somebody writes a template anew. What may not be used is kept as a draft, with the reason; nothing is ever overwritten."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from errors import BadInput, Conflict
from incidents.intake import clean_text
from statements.drafting.sandbox import LONGEST_SOURCE
from statements.editing import Problem, problems
from statements.models import Check, StatementKit
from statements.records import LANGUAGES
from storage import content_versions
from storage.database import Connection
from workflows.deed import deed


@dataclass(frozen=True)
class Saved:
    """The number of the version, whether it is used from now on, and what keeps it from being so."""

    number: int
    state: str
    problems: tuple[Problem, ...] = ()


@deed
def save_template(
    connection: Connection,
    slug: str,
    sources: Mapping[str, str],
    *,
    seen: int,
    shipped: StatementKit,
    check: Check,
    now: datetime,
    actor: str | None,
) -> Saved:
    """A new version by `actor`. `seen` is the newest number on the screen, `shipped` the kit as it came with the desk.

    The same text again saves nothing. Raises BadInput("name_needed" | "nothing_written"), Conflict where somebody has
    saved since.
    """
    if slug not in shipped.templates:
        raise BadInput("not_a_choice", value=slug)
    if not actor:
        raise BadInput("name_needed")
    written = {language: _clean(sources.get(language) or "") for language in LANGUAGES}
    if not all(one.strip() for one in written.values()):
        raise BadInput("nothing_written")
    known = content_versions.versions(connection, slug)
    newest = known[0].number if known else 0
    if newest != seen:
        theirs = {"saved_by": known[0].saved_by, **known[0].sources} if known else {}
        raise Conflict("changed_meanwhile", what="template", theirs=theirs, mine=written, version=newest)
    if known and known[0].state == "active" and dict(known[0].sources) == written:
        return Saved(newest, "active")
    return store(connection, slug, written, newest + 1, shipped=shipped, check=check, now=now, actor=actor)


def store(
    connection: Connection,
    slug: str,
    sources: Mapping[str, str],
    number: int,
    *,
    shipped: StatementKit,
    check: Check,
    now: datetime,
    actor: str,
) -> Saved:
    """Check and add the version. Raises Conflict where the number is taken."""
    as_shipped = all(_clean(text) == _clean(sources[name]) for name, text in shipped.templates[slug].sources.items())
    found = () if as_shipped else problems(shipped, slug, sources, check)
    state = "shipped" if as_shipped else "draft" if found else "active"
    added = content_versions.add(
        connection, slug, sources, number=number, state=state, problems=[asdict(one) for one in found], saved_by=actor,
        saved_at=now,
    )  # fmt: skip
    if added is None:
        raise Conflict("newer_version", what="template", theirs={"number": number}, mine={"number": number})
    return Saved(number, state, found)


def _clean(source: str) -> str:
    """The template's lines as they are kept: no control characters, one kind of line end, an end to it."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n")[: LONGEST_SOURCE + 1].split("\n")
    return "\n".join(clean_text(line, LONGEST_SOURCE + 1) if line.strip() else "" for line in lines).strip("\n") + "\n"
