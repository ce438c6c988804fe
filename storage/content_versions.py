"""Edited templates as versions, laid over the folders that ship with the desk. A version is added, never changed."""

import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy import Connection, func, select

from statements.models import StatementKit
from storage import content, rows
from storage.schema import content_version

STATES = ("active", "draft", "shipped")
MOST_KITS = 8

_KITS: "OrderedDict[tuple[str, int, int], StatementKit]" = OrderedDict()
_LOCK = Lock()


@dataclass(frozen=True)
class TemplateVersion:
    """`state`: active (used from then on) | draft (kept, not used, for `problems`) | shipped (back to the folder's text)."""

    id: int
    slug: str
    number: int
    sources: Mapping[str, str]
    state: str
    problems: tuple[Mapping[str, Any], ...]
    saved_at: datetime
    saved_by: str | None = None


def kit(connection: Connection) -> StatementKit:
    """What drafting consults, with the edited templates in it. One small query where nothing was edited since."""
    newest, count = connection.execute(select(func.max(content_version.c.id), func.count(content_version.c.id))).one()
    if not newest:
        return content.statement_kit()
    which = (str(connection.engine.url), newest, count)
    with _LOCK:
        if which in _KITS:
            _KITS.move_to_end(which)
            return _KITS[which]
    made = _laid_over(content.statement_kit(), in_use(connection))
    with _LOCK:
        _KITS[which] = made
        while len(_KITS) > MOST_KITS:
            _KITS.popitem(last=False)
    return made


def _laid_over(shipped: StatementKit, edited: Mapping[str, TemplateVersion]) -> StatementKit:
    templates = dict(shipped.templates)
    for slug, version in edited.items():
        if slug in templates:
            templates[slug] = replace(templates[slug], sources=dict(version.sources))
    return replace(shipped, templates=templates)


def in_use(connection: Connection) -> dict[str, TemplateVersion]:
    """{slug: the version that is used}; a slug that is not in it is used as it was shipped."""
    deciding = (
        select(content_version.c.path, func.max(content_version.c.number).label("number"))
        .where(content_version.c.state != "draft").group_by(content_version.c.path).subquery()
    )  # fmt: skip
    same = (deciding.c.path == content_version.c.path) & (deciding.c.number == content_version.c.number)
    found = (_version(row) for row in connection.execute(select(content_version).join(deciding, same)))
    return {one.slug: one for one in found if one.state == "active"}


def versions(connection: Connection, slug: str) -> tuple[TemplateVersion, ...]:
    """The newest first."""
    query = select(content_version).where(content_version.c.path == _path(slug)).order_by(content_version.c.number.desc())
    return tuple(_version(row) for row in connection.execute(query))


def latest_number(connection: Connection, slug: str) -> int:
    """0 where nothing was ever saved."""
    query = select(func.max(content_version.c.number)).where(content_version.c.path == _path(slug))
    return int(connection.execute(query).scalar_one() or 0)


def add(
    connection: Connection,
    slug: str,
    sources: Mapping[str, str],
    *,
    number: int,
    state: str,
    saved_by: str | None,
    saved_at: datetime,
    problems: Sequence[Mapping[str, Any]] = (),
) -> int | None:
    """The id of the new version; None where somebody has saved this number already."""
    body = json.dumps(dict(sources), ensure_ascii=False, sort_keys=True)
    return rows.add_once(
        connection, content_version, ("path", "number"), path=_path(slug), number=number, body=body, state=state,
        problems=[dict(one) for one in problems], saved_by=saved_by, saved_at=saved_at,
    )  # fmt: skip


def _path(slug: str) -> str:
    return f"statements/{slug}"


def _version(row: Any) -> TemplateVersion:
    return TemplateVersion(
        row.id, row.path.removeprefix("statements/"), row.number, json.loads(row.body), row.state, tuple(row.problems or ()),
        row.saved_at, row.saved_by,
    )  # fmt: skip
