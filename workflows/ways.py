"""What stands in a text's way, with its rules, and what of it two people have let through: a read."""

from collections.abc import Sequence
from dataclasses import dataclass

from statements.correcting import REFERS, quoted
from statements.gates import UNTRACED, Obstacle, obstacles, refusal, release_obstacles
from statements.models import Check
from statements.overrides import InTheWay, all_ways, in_the_way, remaining, unwritten
from storage import clearing, content, statements
from storage.database import Connection
from workflows.statement_basis import statement_basis

_OWN_ERRORS = {"deletion": "asks_for_deletion", "unchecked_denial": "denial_unchecked"}


@dataclass(frozen=True)
class Ways:
    """`left` of `all` still stands in the way; the others have been let through by legal and the head."""

    all: tuple[InTheWay, ...]
    left: tuple[InTheWay, ...]


def ways(
    connection: Connection, statement_id: int, languages: Sequence[str], *, check: Check, release: bool = False
) -> Ways:
    """What keeps the newest version from being cleared (or, with `release`, from going out) in these languages."""
    version = statements.latest(connection, statement_id)
    sentences = statements.sentences(connection, version.id)
    basis = statement_basis(connection, statement_id)
    rules = content.clearing_rules()
    if release:
        found: tuple[Obstacle, ...] = release_obstacles(sentences, languages, check, basis)
    else:
        found = tuple(one for language in languages for one in obstacles(sentences, language, check, basis))
    named = {(one.language, one.sid) for one in sentences if one.sid == REFERS and not one.edited}
    found = tuple(one for one in found if one.kind not in UNTRACED or (one.language, one.sid) not in named)
    stands = statements.get(connection, statement_id)
    out = statements.publications(connection, stands.incident_id) if stands.corrects_id else ()
    words = quoted(out, sentences, stands.corrects_id, stands.correction)
    whole = list(in_the_way(found, sentences, check, rules, basis.facts, words))
    for language in languages:
        mine = [one for one in sentences if (one.language, one.sid) not in words]
        whole += unwritten(mine, language, rules, basis.facts)
    allowed = {one.finding_key for one in clearing.overrides(connection, version.id) if one.state == "standing"}
    known = all_ways(whole)
    return Ways(known, remaining(known, allowed))


def refused(left: Sequence[InTheWay]) -> tuple[str, dict[str, object]]:
    """The key of the error that tells the first thing in the way, and its evidence."""
    first = left[0]
    what = first.quote if first.kind != "blocked" else first.label
    key, why = refusal([Obstacle(first.kind, first.language, what, first.sid, near=first.near)])
    return _OWN_ERRORS.get(first.kind, key), why | {"count": len(left)}
