import json
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from storage.database import make_engine, writing
from tests.fixtures.desk import RunningDesk


def _ready(desk: RunningDesk) -> tuple[int, dict[str, str]]:
    status, _, body = desk.get("/readyz")
    return status, json.loads(body)


def test_a_desk_is_alive_and_ready_once_its_address_is_printed(running_desk: RunningDesk) -> None:
    assert running_desk.get("/livez")[0] == 200
    assert _ready(running_desk) == (200, {"status": "ready"})


def test_a_schema_of_another_version_is_not_ready(start_desk: Callable[..., RunningDesk]) -> None:
    desk = start_desk()
    engine = make_engine(f"sqlite:///{desk.home / 'desk.sqlite3'}")
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'of tomorrow'"))
    engine.dispose()
    assert _ready(desk) == (503, {"status": "not ready", "why": "migrations"})
    assert desk.get("/livez")[0] == 200


def test_a_desk_runs_on_postgresql(start_desk: Callable[..., RunningDesk], postgres_url: str, tmp_path: Path) -> None:
    desk = start_desk(DESK_DATABASE_URL=postgres_url)
    assert _ready(desk)[0] == 200
    assert not (desk.home / "desk.sqlite3").exists()
