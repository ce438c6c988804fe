"""`desk.py backup [FILE]` writes the whole desk to one file while it runs, and tries it by restoring it aside;
`desk.py restore FILE` fills an empty database from it."""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from commands.say import say
from errors import BadInput
from settings import Settings
from storage.backup import Contents, restore_backup, write_backup
from storage.database import make_engine, reading
from workflows.verify_trail import verify_trail


def main(name: str, arguments: list[str]) -> int:
    settings = Settings.from_environment(os.environ)
    if len(arguments) > 1 or (name == "restore" and not arguments):
        raise BadInput("door.one_file", command=name)
    return _restore(settings, Path(arguments[0])) if name == "restore" else _backup(settings, arguments)


def _backup(settings: Settings, arguments: list[str]) -> int:
    now = datetime.now(UTC)
    path = Path(arguments[0]) if arguments else settings.home / "backups" / f"desk-{now:%Y%m%dT%H%M%SZ}.zip"
    engine = make_engine(settings.database_url)
    try:
        contents = write_backup(engine, path, kept=settings.home / "uploads", now=now)
    finally:
        engine.dispose()
    faults = _tried(path, contents)
    say("door.backup.faults" if faults else "door.backup.written", file=path, rows=sum(contents.rows.values()), faults=faults)
    return 1 if faults else 0


def _tried(path: Path, contents: Contents) -> int:
    """Restore it aside and read the trail there; how much does not hold."""
    with tempfile.TemporaryDirectory() as aside:
        engine = make_engine(f"sqlite:///{Path(aside).as_posix()}/desk.sqlite3")
        try:
            restored = restore_backup(engine, path, kept=Path(aside) / "uploads")
            with reading(engine) as connection:
                return len(verify_trail(connection).faults) + (restored.rows != contents.rows)
        finally:
            engine.dispose()


def _restore(settings: Settings, path: Path) -> int:
    engine = make_engine(settings.database_url)
    try:
        contents = restore_backup(engine, path, kept=settings.home / "uploads")
    finally:
        engine.dispose()
    say("door.backup.restored", file=path, rows=sum(contents.rows.values()), made_at=f"{contents.made_at:%Y-%m-%d %H:%M} UTC")
    return 0
