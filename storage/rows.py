"""The three moves every table needs: add a row, save one that somebody may have changed, read one as a dataclass."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Table, insert, select, update

from errors import Conflict, NotFound

T = TypeVar("T")


def add(connection: Connection, table: Table, **values: Any) -> int:
    """Insert a row; returns its id."""
    return int(connection.execute(insert(table).values(**values).returning(table.c.id)).scalar_one())


def add_once(connection: Connection, table: Table, unique: Iterable[str], **values: Any) -> int | None:
    """Insert a row unless one with the same values in `unique` stands; returns the new id, or None where it stood."""
    columns = list(unique)
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as upsert
    else:
        from sqlalchemy.dialects.sqlite import insert as upsert  # type: ignore[assignment]
    statement = upsert(table).values(**values).on_conflict_do_nothing(index_elements=columns)
    return connection.execute(statement.returning(table.c.id)).scalar_one_or_none()


def add_all_once(
    connection: Connection, table: Table, unique: Iterable[str], values: Sequence[Mapping[str, Any]], told: Iterable[Any] = ()
) -> Sequence[Row[Any]]:
    """Insert many rows of the same columns, passing over those that stand; the columns `told` of the new ones. Quicker where
    none are asked for."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as upsert
    else:
        from sqlalchemy.dialects.sqlite import insert as upsert  # type: ignore[assignment]
    statement, columns = upsert(table).on_conflict_do_nothing(index_elements=list(unique)), tuple(told)
    if not columns:
        connection.execute(statement, list(values))
        return ()
    return connection.execute(statement.returning(*columns), list(values)).all()


def save(connection: Connection, table: Table, row_id: int, version: int, **values: Any) -> int:
    """Update a row that still stands at `version`; returns the new version.

    Raises Conflict("changed_meanwhile", theirs=…, mine=…) where somebody saved it first, NotFound where it is gone.
    """
    statement = (
        update(table)
        .where(table.c.id == row_id, table.c.version == version)
        .values(**values, version=version + 1)
    )
    if connection.execute(statement).rowcount == 1:
        return version + 1
    stands = connection.execute(select(table).where(table.c.id == row_id)).mappings().one_or_none()
    if stands is None:
        raise NotFound("not_found", what=table.name)
    theirs = {name: stands[name] for name in values}
    raise Conflict("changed_meanwhile", what=table.name, theirs=theirs, mine=values, version=stands["version"])


def get(connection: Connection, table: Table, row_id: int, into: type[T]) -> T:
    """One row as a dataclass. Raises NotFound."""
    row = connection.execute(select(table).where(table.c.id == row_id)).one_or_none()
    if row is None:
        raise NotFound("not_found", what=table.name)
    return as_value(row, into)


def as_value(row: Row[Any], into: type[T]) -> T:
    """A row as a frozen dataclass that names a part of its columns; JSON lists become tuples."""
    values = row._mapping
    return into(**{name: _frozen(values[name]) for name in _names(into) if name in values})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _names(into: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(into))
