"""Engines, transactions and migrations.

A write unit on SQLite begins IMMEDIATE: deferred ones lose concurrent updates.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError

from errors import Unavailable

__all__ = ["Connection", "Engine", "downgrade", "is_current", "make_engine", "reading", "upgrade", "writing"]

BUSY_TIMEOUT_MS = 15_000


def make_engine(url: str) -> Engine:
    """An engine for a SQLite or PostgreSQL URL. A SQLite file's folder is created."""
    where = make_url(url)
    if where.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
    if where.database and where.database != ":memory:":
        Path(where.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(raw: Any, _record: Any) -> None:
    raw.isolation_level = None  # the driver must not begin transactions of its own
    cursor = raw.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that may write: all of it or nothing. Raises Unavailable where the database cannot."""
    with _said_plainly(), engine.connect().execution_options(begin="IMMEDIATE") as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view, never blocking a writer."""
    with _said_plainly(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except OperationalError as cause:
        raise Unavailable(_why(str(cause.orig).lower())) from cause
    except DBAPIError as cause:
        if cause.connection_invalidated:
            raise Unavailable("database.unreachable") from cause
        if isinstance(cause, InternalError) and (why := _why(str(cause.orig).lower())) != "database.unreachable":
            raise Unavailable(why) from cause  # PostgreSQL says so of a database that may only be read
        raise


def _why(said: str) -> str:
    if "full" in said or "no space" in said:
        return "database.full"
    if "readonly" in said or "read-only" in said:
        return "database.read_only"
    if "locked" in said:
        return "database.busy"
    return "database.unreachable"


# --- migrations --------------------------------------------------------------------------------------------------

def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to `revision`. Safe to call at every start."""
    _migrate(engine, lambda config: command.upgrade(config, revision))


def downgrade(engine: Engine, revision: str) -> None:
    _migrate(engine, lambda config: command.downgrade(config, revision))


def _migrate(engine: Engine, step: Any) -> None:
    config = _alembic()
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":  # two workers starting at once migrate one after the other
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7305)")
        config.attributes["connection"] = connection
        step(config)


def is_current(engine: Engine) -> bool:
    """Whether the database answers and its schema is the newest one."""
    with reading(engine) as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_alembic()).get_current_head()
