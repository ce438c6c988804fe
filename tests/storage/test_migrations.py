"""The schema: brought up, taken down and up again on both databases; what migrations make is what the tables say."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, select, text

from storage import database, events, facts
from storage.database import downgrade, is_current, make_engine, reading, upgrade, writing
from storage.schema import metadata
from tests.conftest import ROOT
from tests.fixtures.database import NUMBERS, _command
from tests.fixtures.incidents import on_the_desk


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database in which nothing has been made yet."""
    if request.param == "sqlite":
        made = make_engine(f"sqlite:///{(tmp_path / 'empty.sqlite3').as_posix()}")
    else:
        address, name = request.getfixturevalue("postgres_address"), f"empty_{next(NUMBERS)}"
        _command(address, f"CREATE DATABASE {name}")
        made = make_engine(address.format(database=name))
    yield made
    made.dispose()
    if request.param == "postgresql":
        _command(address, f"DROP DATABASE {name} WITH (FORCE)")


def tables(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(inspect(connection).get_table_names())


def differences(engine: Engine) -> list[object]:
    """What autogenerate would still change: tables, columns, types, indexes, constraints."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return compare_metadata(context, metadata)


def test_up_down_and_up_again_leaves_what_the_tables_say(empty: Engine):
    upgrade(empty)
    assert tables(empty) == {*metadata.tables, "alembic_version"}
    assert differences(empty) == []
    downgrade(empty, "base")
    assert tables(empty) <= {"alembic_version"}
    assert not is_current(empty)
    upgrade(empty)
    assert differences(empty) == []
    assert is_current(empty)


def test_every_step_can_be_taken_back_by_itself(empty: Engine):
    steps = [one.revision for one in ScriptDirectory.from_config(database._alembic()).walk_revisions()]
    for revision in reversed(steps):
        upgrade(empty, revision)
        downgrade(empty, "-1")
        upgrade(empty, revision)
    assert is_current(empty)
    assert len(ScriptDirectory.from_config(database._alembic()).get_heads()) == 1


def test_migrating_again_changes_nothing_that_people_wrote(engine: Engine, now):
    with writing(engine) as connection:
        number = on_the_desk(connection, now)
    with reading(engine) as connection:
        before = facts.of_incident(connection, number), events.of_incident(connection, number)
    upgrade(engine)
    with reading(engine) as connection:
        assert (facts.of_incident(connection, number), events.of_incident(connection, number)) == before


def test_a_failed_migration_leaves_the_database_as_it_was(empty: Engine):
    """All of it or nothing, on SQLite too, whose driver would commit each CREATE by itself."""

    def fails(config) -> None:
        config.attributes["connection"].execute(text("CREATE TABLE half (id INTEGER)"))
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        database._migrate(empty, fails)
    assert tables(empty) == set()


UPGRADE = "import sys; from storage.database import make_engine, upgrade; print('here', flush=True); input(); upgrade(make_engine(sys.argv[1]))"


def test_two_processes_that_start_at_once_make_one_schema(empty: Engine):
    url = empty.url.render_as_string(hide_password=False)
    both = [
        subprocess.Popen([sys.executable, "-c", UPGRADE, url], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for one in both:
        assert one.stdout.readline() == "here\n"
    for one in both:
        one.stdin.write("\n")
        one.stdin.flush()
    assert [one.wait(120) for one in both] == [0, 0]
    assert differences(empty) == []
    with empty.connect() as connection:
        assert len(connection.execute(text("SELECT version_num FROM alembic_version")).all()) == 1


def test_a_database_of_a_newer_desk_is_refused_and_not_touched(engine: Engine):
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from_the_future'"))
    before = tables(engine)
    with pytest.raises(Exception, match="from_the_future"):
        upgrade(engine)
    assert tables(engine) == before
    assert not is_current(engine)


def test_every_table_has_its_place_on_the_page(engine: Engine):
    with reading(engine) as connection:
        for table in metadata.sorted_tables:
            assert connection.execute(select(table).limit(1)).all() == [], table.name
