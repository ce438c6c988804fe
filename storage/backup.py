"""The whole desk in one file, and back: every table as JSON Lines, every kept file, and what each must add up to.

One consistent view of the database is read while others go on writing; the file can be restored on SQLite and on
PostgreSQL, whichever of the two it came from.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, Table, column, func, insert, inspect, select, text
from sqlalchemy import table as light_table

from errors import BadInput, NotAllowed
from storage.columns import UtcDateTime
from storage.database import upgrade, writing
from storage.schema import metadata

MANIFEST = "manifest.json"
AT_ONCE = 2_000
FORMAT = 1


@dataclass(frozen=True)
class Contents:
    """What a backup holds: rows by table, kept files, the schema's revision, and when it was made."""

    rows: dict[str, int]
    files: int
    revision: str
    made_at: datetime


# --- out ---------------------------------------------------------------------------------------------------------

def write_backup(engine: Engine, path: Path, *, kept: Path, now: datetime) -> Contents:
    """Write the backup to `path`, all of it or nothing; `kept` is the folder of kept files. Returns what it holds."""
    partial = path.with_name(path.name + ".partial")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _one_view(engine) as connection, ZipFile(partial, "w", ZIP_DEFLATED) as archive:
            contents = _write(connection, archive, kept, now)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return contents


def _one_view(engine: Engine) -> Connection:
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    return engine.connect().execution_options(**level)


def _write(connection: Connection, archive: ZipFile, kept: Path, now: datetime) -> Contents:
    with connection.begin():
        revision = MigrationContext.configure(connection).get_current_revision() or ""
        digests, rows = {}, {}
        for one in metadata.sorted_tables:
            name = f"tables/{one.name}.jsonl"
            rows[one.name], digests[name] = _write_lines(archive, name, _lines(connection, one))
        files = sorted(file for file in kept.rglob("*") if file.is_file()) if kept.is_dir() else []
        for file in files:
            name = f"files/{file.relative_to(kept).as_posix()}"
            archive.write(file, name)
            digests[name] = sha256(file.read_bytes()).hexdigest()
    manifest = {"format": FORMAT, "revision": revision, "made_at": now.isoformat(), "rows": rows, "sha256": digests}
    archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return Contents(rows, len(files), revision, now)


def _write_lines(archive: ZipFile, name: str, lines: Iterator[bytes]) -> tuple[int, str]:
    count, digest = 0, sha256()
    with archive.open(name, "w", force_zip64=True) as out:
        for line in lines:
            out.write(line)
            digest.update(line)
            count += 1
    return count, digest.hexdigest()


def _lines(connection: Connection, one: Table) -> Iterator[bytes]:
    order = list(one.primary_key.columns)
    found = connection.execution_options(yield_per=AT_ONCE).execute(select(one).order_by(*order))
    for row in found:
        values = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row._mapping.items()}
        yield json.dumps(values, ensure_ascii=False).encode() + b"\n"


# --- back --------------------------------------------------------------------------------------------------------

def read_backup(path: Path) -> Contents:
    """What a backup says it holds, with every part compared with its digest. Raises BadInput("backup_damaged", what)."""
    try:
        with ZipFile(path) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            for name, digest in manifest["sha256"].items():
                if _digest(archive, name) != digest:
                    raise BadInput("backup_damaged", what=name)
            files = sum(name.startswith("files/") for name in manifest["sha256"])
            made_at = datetime.fromisoformat(manifest["made_at"])
            return Contents(manifest["rows"], files, manifest["revision"], made_at.astimezone(UTC))
    except (BadZipFile, KeyError, ValueError, EOFError, OSError) as cause:
        raise BadInput("backup_damaged", what=path.name) from cause


def _digest(archive: ZipFile, name: str) -> str:
    digest = sha256()
    with archive.open(name) as part:
        while chunk := part.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def restore_backup(engine: Engine, path: Path, *, kept: Path) -> Contents:
    """Fill an empty database from a backup, in one transaction. Raises BadInput("backup_damaged"), NotAllowed("not_empty")."""
    contents = read_backup(path)
    if inspect(engine).has_table("incident"):
        with engine.connect() as connection:
            if any(connection.execute(select(func.count()).select_from(one)).scalar_one() for one in metadata.sorted_tables):
                raise NotAllowed("not_empty")
    upgrade(engine, contents.revision)
    with ZipFile(path) as archive:
        with writing(engine) as connection:
            for one in metadata.sorted_tables:
                if one.name in contents.rows:
                    _fill(connection, one, archive)
            _count_on(connection)
        _keep_files(archive, kept)
    upgrade(engine)
    return contents


def _fill(connection: Connection, one: Table, archive: ZipFile) -> None:
    batch: list[dict[str, Any]] = []
    with archive.open(f"tables/{one.name}.jsonl") as lines:
        for line in lines:
            batch.append({name: _value(one, name, value) for name, value in json.loads(line).items() if name in one.c})
            if len(batch) == AT_ONCE:
                _insert(connection, one, batch)
                batch = []
    _insert(connection, one, batch)


def _insert(connection: Connection, one: Table, batch: list[dict[str, Any]]) -> None:
    """Only the columns that the backup names: an older one knows fewer."""
    if batch:
        named = light_table(one.name, *(column(name, one.c[name].type) for name in batch[0]))
        connection.execute(insert(named), batch)


def _value(one: Table, name: str, value: Any) -> Any:
    is_moment = isinstance(one.c[name].type, UtcDateTime)
    return datetime.fromisoformat(value) if is_moment and value is not None else value


def _count_on(connection: Connection) -> None:
    """PostgreSQL counts apart from the rows: the next number has to follow the last one."""
    if connection.dialect.name != "postgresql":
        return
    for one in metadata.sorted_tables:
        if "id" in one.c and one.c.id.autoincrement is True:
            last = connection.execute(select(func.max(one.c.id))).scalar_one()
            if last:
                counted = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")
                connection.execute(counted, {"name": one.name, "last": last})


def _keep_files(archive: ZipFile, kept: Path) -> None:
    for name in archive.namelist():
        if not name.startswith("files/"):
            continue
        target = (kept / name.removeprefix("files/")).resolve()
        if not target.is_relative_to(kept.resolve()):
            raise BadInput("backup_damaged", what=name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(name))
