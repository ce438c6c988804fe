"""kill -9 in the middle of rescoring: every item is judged, none twice, and the next collector goes on by itself."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select

from monitoring.watch import WatchTerm
from storage import items, jobs
from storage.database import make_engine, reading, upgrade, writing
from storage.schema import item, item_incident
from tests.fixtures.press import add_feed
from workflows.open_incident import open_incident
from workflows.rescore_items import BATCH, request_rescore

ROOT = Path(__file__).resolve().parents[2]
ITEMS = 3 * BATCH
NOW = datetime.now(UTC)


@pytest.fixture
def home(prepared_home: Callable[[], Path]) -> Path:
    return prepared_home()


@pytest.fixture
def engine(home: Path) -> Engine:
    made = make_engine(f"sqlite:///{(home / 'desk.sqlite3').as_posix()}")
    upgrade(made)
    return made


def filled(engine: Engine) -> int:
    """A job over many items that are not yet the incident's."""
    with writing(engine) as connection:
        incident_id = open_incident(connection, now=NOW, zone="Asia/Shanghai", language="zh")
        items.add_term(connection, incident_id, WatchTerm("brand", "青禾厨电"), NOW)
        feed_id = add_feed(connection, "云州都市报", NOW, paused=True)
        connection.execute(insert(item), [_item(n, feed_id) for n in range(ITEMS)])
        return request_rescore(connection, now=NOW - timedelta(seconds=5), why="asked", incidents=[incident_id])


def _item(n: int, feed_id: int) -> dict[str, object]:
    return {
        "feed_id": feed_id, "outlet": "云州都市报", "tier": 1, "key": f"r{n}", "title": f"青禾厨电灶具爆炸，第 {n} 起", "summary": "",
        "link": f"https://press.example/{n}", "first_seen_at": NOW, "at": NOW, "snow": 0.4, "pinned_story": False,
    }  # fmt: skip


def collector(home: Path) -> "subprocess.Popen[bytes]":
    environment = os.environ | {"DESK_HOME": str(home)}
    return subprocess.Popen([sys.executable, str(ROOT / "desk.py"), "collect"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def until(engine: Engine, job_id: int, reached: Callable[[jobs.Job], bool], process: "subprocess.Popen[bytes]") -> jobs.Job:
    ends = time.monotonic() + 120
    while True:
        with reading(engine) as connection:
            job = jobs.get(connection, job_id)
        if reached(job) or time.monotonic() > ends or process.poll() is not None:
            return job
        time.sleep(0.005)


@pytest.mark.long
def test_a_collector_killed_while_rescoring_loses_and_doubles_no_judgement(home: Path, engine: Engine) -> None:
    job_id = filled(engine)
    process = collector(home)
    until(engine, job_id, lambda job: job.done > 0, process)
    process.kill()
    process.wait()
    with reading(engine) as connection:
        torn = jobs.get(connection, job_id)
        kept = connection.execute(select(func.count()).select_from(item_incident)).scalar_one()
    assert BATCH <= torn.done < ITEMS
    assert kept == torn.done  # a batch and how far the job is stand or fall together
    process = collector(home)
    done = until(engine, job_id, lambda job: not job.lasting, process)
    process.terminate()
    process.wait(30)
    assert (done.state, done.done, done.total, done.attempts) == ("done", ITEMS, ITEMS, 2)
    with reading(engine) as connection:
        found = connection.execute(select(item_incident.c.item_id, item_incident.c.tone)).all()
    assert len({row.item_id for row in found}) == len(found) == ITEMS
    assert {row.tone for row in found} == {"negative"}
