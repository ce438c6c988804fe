"""The whole desk in one file and back, on both databases and across them."""

import threading
from datetime import timedelta
from zipfile import ZipFile

import pytest

from errors import BadInput, NotAllowed
from storage.backup import read_backup, restore_backup, write_backup
from storage.database import make_engine, reading, writing
from storage.schema import metadata
from tests.fixtures.incidents import on_the_desk
from workflows.record_note import record_note
from workflows.verify_trail import verify_trail


def everything(engine):
    with reading(engine) as connection:
        return {table.name: [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key))] for table in metadata.sorted_tables}


@pytest.fixture
def aside(tmp_path):
    made = make_engine(f"sqlite:///{(tmp_path / 'aside.sqlite3').as_posix()}")
    yield made
    made.dispose()


def test_what_comes_back_is_what_went_in(engine, stove, aside, tmp_path, now):
    kept = tmp_path / "uploads"
    (kept / "ab").mkdir(parents=True)
    (kept / "ab" / "abcd").write_bytes(b"a photograph")
    contents = write_backup(engine, tmp_path / "b.zip", kept=kept, now=now)
    assert contents.rows["fact"] > 5
    restore_backup(aside, tmp_path / "b.zip", kept=tmp_path / "back")
    assert everything(aside) == everything(engine)
    assert (tmp_path / "back" / "ab" / "abcd").read_bytes() == b"a photograph"
    with reading(aside) as connection:
        assert verify_trail(connection).faults == ()


def test_a_restored_desk_goes_on_counting(engine, stove, aside, tmp_path, now):
    """There, and on the database it came from once that is empty again."""
    write_backup(engine, tmp_path / "b.zip", kept=tmp_path / "none", now=now)
    with writing(engine) as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    for target in (aside, engine):
        restore_backup(target, tmp_path / "b.zip", kept=tmp_path / "none")
        with writing(target) as connection:
            record_note(connection, stove, "接着写", now=now + timedelta(minutes=1), actor="顾曼")
            on_the_desk(connection, now)
            assert verify_trail(connection).faults == ()


def test_a_full_database_is_not_written_over(engine, stove, tmp_path, now):
    write_backup(engine, tmp_path / "b.zip", kept=tmp_path / "none", now=now)
    with pytest.raises(NotAllowed):
        restore_backup(engine, tmp_path / "b.zip", kept=tmp_path)


def test_a_damaged_backup_is_refused_before_anything_is_written(engine, stove, aside, tmp_path, now):
    write_backup(engine, tmp_path / "b.zip", kept=tmp_path / "none", now=now)
    with ZipFile(tmp_path / "b.zip") as whole, ZipFile(tmp_path / "changed.zip", "w") as changed:
        for name in whole.namelist():
            changed.writestr(name, whole.read(name).replace("云州".encode(), "杭州".encode()) if "fact" in name else whole.read(name))
    (tmp_path / "cut.zip").write_bytes((tmp_path / "b.zip").read_bytes()[:2000])
    (tmp_path / "text.zip").write_bytes("不是备份".encode())
    for name in ("changed.zip", "cut.zip", "text.zip", "nowhere.zip"):
        with pytest.raises(BadInput):
            restore_backup(aside, tmp_path / name, kept=tmp_path)


def test_a_backup_taken_while_others_write_is_one_moment_of_the_desk(engine, stove, aside, tmp_path, now):
    """Its chain verifies, however much was written meanwhile."""
    done = threading.Event()

    def write_on():
        number = 0
        while not done.is_set():
            number += 1
            with writing(engine) as connection:
                record_note(connection, stove, f"第 {number} 条", now=now + timedelta(seconds=number), actor="顾曼")

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for number in range(5):
            write_backup(engine, tmp_path / f"{number}.zip", kept=tmp_path / "none", now=now)
    finally:
        done.set()
        writer.join()
    counts = [read_backup(tmp_path / f"{number}.zip").rows["event"] for number in range(5)]
    assert counts == sorted(counts)
    restore_backup(aside, tmp_path / "4.zip", kept=tmp_path / "none")
    with reading(aside) as connection:
        assert verify_trail(connection).faults == ()
