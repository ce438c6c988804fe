"""What an incident watches for is tried on the last days' items, saved as a whole, and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from errors import BadInput, Conflict
from monitoring.models import Watched
from monitoring.watch import WatchTerm, check
from storage import events, incidents, watching
from storage.database import Connection
from workflows.deed import deed
from workflows.rescore_items import request_rescore
from workflows.score_items import brings_in
from workflows.watch_terms import KINDS

PREVIEW = timedelta(days=7)
MOST_LOOKED_AT = 20_000
MOST_TERMS = 60
SHOWN = 5


@dataclass(frozen=True)
class Preview:
    """How many of the `looked_at` items of the last days the terms bring in, how many the standing ones do, and examples of
    what would come and go: (title, outlet)."""

    looked_at: int
    matching: int
    standing: int
    come: tuple[tuple[str, str], ...] = ()
    go: tuple[tuple[str, str], ...] = ()
    came: int = 0
    went: int = 0


def checked(given: Sequence[tuple[str, str]]) -> tuple[WatchTerm, ...]:
    """The terms without blank rows and doubles. Raises BadInput for an unknown kind, an expression that is none, too many."""
    terms: dict[str, str] = {}
    for kind, expression in given:
        if not (expression or "").strip():
            continue
        if kind not in KINDS:
            raise BadInput("not_a_choice", value=kind)
        terms.setdefault(check(expression), kind)
    if len(terms) > MOST_TERMS:
        raise BadInput("watch.too_many", most=MOST_TERMS)
    return tuple(WatchTerm(kind, expression) for expression, kind in terms.items())


@deed
def preview_watch(
    connection: Connection, incident_id: int, given: Sequence[tuple[str, str]], *, endings: Sequence[str], now: datetime
) -> Preview:
    """Try terms without storing anything. Raises BadInput as `checked`."""
    stands = incidents.get(connection, incident_id)
    old = Watched(incident_id, stands.kind, stands.company, watching.terms(connection, incident_id))
    new = Watched(incident_id, stands.kind, stands.company, checked(given))
    found = watching.texts_since(connection, incident_id, now - PREVIEW, MOST_LOOKED_AT)
    both = [(_wanted(old, tuple(endings), one), _wanted(new, tuple(endings), one), (one[0], one[2])) for one in found]
    come = [told for was, is_, told in both if is_ and not was]
    go = [told for was, is_, told in both if was and not is_]
    matching, standing = sum(is_ for _, is_, _ in both), sum(was for was, _, _ in both)
    return Preview(len(found), matching, standing, tuple(come[:SHOWN]), tuple(go[:SHOWN]), len(come), len(go))


def _wanted(watched: Watched, endings: tuple[str, ...], text: tuple[str, str, str, datetime]) -> bool:
    everything = watched.kind == "example" and not watched.terms
    return everything or brings_in(watched, endings, text[0], text[1])


@deed
def save_watch(
    connection: Connection, incident_id: int, given: Sequence[tuple[str, str]], *, seen: Sequence[WatchTerm], now: datetime,
    actor: str | None = None,
) -> int:  # fmt: skip
    """Put the terms in force and queue the deciding anew of what is stored; returns the job's id.

    `seen` is what the writer started from: Conflict where somebody saved others meanwhile. Raises BadInput as `checked`.
    """
    terms, stands = checked(given), watching.terms(connection, incident_id)
    if tuple(seen) != stands:
        raise Conflict("changed_meanwhile", theirs=_said(stands), mine=_said(terms))
    return _put(connection, incident_id, stands, terms, now, actor)


@deed
def undo_watch(connection: Connection, incident_id: int, *, now: datetime, actor: str | None = None) -> int:
    """The terms that stood before the last change are in force again. Raises BadInput("watch.nothing_to_undo")."""
    before = watching.before_last_change(connection, incident_id)
    if before is None:
        raise BadInput("watch.nothing_to_undo")
    return _put(connection, incident_id, watching.terms(connection, incident_id), before, now, actor)


def _put(
    connection: Connection, incident_id: int, before: Sequence[WatchTerm], after: Sequence[WatchTerm], now: datetime,
    actor: str | None,
) -> int:  # fmt: skip
    watching.replace(connection, incident_id, after, now)
    events.append(
        connection, incident_id, watching.CHANGED, now=now, actor=actor, screen="monitor", before=_rows(before),
        after=_rows(after), count=len(after),
    )  # fmt: skip
    return request_rescore(connection, now=now, why="terms", incidents=[incident_id], actor=actor)


def _rows(terms: Sequence[WatchTerm]) -> list[list[str]]:
    return [[term.kind, term.expression] for term in terms]


def _said(terms: Sequence[WatchTerm]) -> dict[str, str]:
    return {str(number): term.expression for number, term in enumerate(terms)}
