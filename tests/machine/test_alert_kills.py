"""kill -9 of the collector while it runs rules and delivers: no alert is lost, none comes twice without saying so."""

import os
import random
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from storage.database import make_engine, reading, upgrade, writing
from storage.schema import alert, alert_evidence, delivery_attempt, delivery_target, outbox
from tests.fixtures.press import add_item
from tests.fixtures.receivers import Platform, receiving
from workflows.add_target import add_target
from workflows.open_incident import open_incident
from workflows.save_intake_answer import save_intake_answer
from workflows.send_test import send_test

ROOT = Path(__file__).resolve().parents[2]
TARGETS = 5


@pytest.fixture
def engine(prepared_home: Callable[[], Path]) -> Engine:
    made = make_engine(f"sqlite:///{(prepared_home() / 'desk.sqlite3').as_posix()}")
    upgrade(made)
    return made


def collector(engine: Engine) -> "subprocess.Popen[bytes]":
    home = Path(str(engine.url.database)).parent
    environment = os.environ | {"DESK_HOME": str(home), "DESK_ALLOW_PRIVATE_TARGETS": "on"}
    return subprocess.Popen([sys.executable, str(ROOT / "desk.py"), "collect"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def one_more_round(engine: Engine, platform: Platform, incident_id: int, number: int) -> None:
    """Five groups more: each is sent a test, and hears of a story more. The groups before them rest."""
    now = datetime.now(UTC)
    with writing(engine) as connection:
        connection.execute(delivery_target.update().values(paused=True))
        for n in range(TARGETS):
            made = add_target(connection, name=f"群 {number}-{n}", channel="wecom", address=f"{platform.base}/{number}/{n}", now=now)
            send_test(connection, made, incident_id=incident_id, now=now)
        add_item(connection, incident_id, now - timedelta(minutes=1), title=f"青禾灶具爆炸致人受伤：第 {number} 起")
        connection.execute(alert.update().values(opened_at=now - timedelta(hours=1)))  # cooled down: the next story is an alert more


def waiting(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(outbox).where(outbox.c.state == "waiting")).scalar_one()


def killed_at_random(engine: Engine, times: int, seed: int) -> None:
    chance = random.Random(seed)
    now = datetime.now(UTC)
    with writing(engine) as connection:
        incident_id = open_incident(connection, now=now, zone="Asia/Shanghai", language="zh")
        save_intake_answer(connection, incident_id, "company", value="青禾厨电", now=now, actor="王敏")
    with receiving(Platform(slow=0.02)) as platform:
        for number in range(times):
            one_more_round(engine, platform, incident_id, number)
            process, had = collector(engine), len(platform.got)
            while len(platform.got) == had and process.poll() is None:  # it has begun to deliver
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.6))
            process.kill()
            process.wait()
        process, until = collector(engine), time.monotonic() + 120
        while time.monotonic() < until and (waiting(engine) or not told_of(engine, times)):
            time.sleep(0.2)
        process.terminate()
        assert process.wait(30) == 0
    assert told_of(engine, times)
    came: dict[str, list[bool]] = defaultdict(list)
    for one in platform.got:
        text = one.body["markdown"]["content"]
        came[re.findall(r"编号 (D\d+)", text)[0]].append("可能重复" in text)
    with reading(engine) as connection:
        rows = connection.execute(select(outbox)).all()
        assert connection.execute(select(delivery_attempt.c.id).where(delivery_attempt.c.outcome.is_(None))).all() == []
    assert {row.state for row in rows} == {"sent"}
    assert set(came) == {f"D{row.id}" for row in rows}  # nothing lost
    assert all(marked for marks in came.values() for marked in marks[1:])  # nothing doubled in silence


def told_of(engine: Engine, times: int) -> bool:
    """Every story is counted in an alert, once."""
    with reading(engine) as connection:
        mine = select(func.count()).select_from(alert_evidence).where(alert_evidence.c.rule == "named_outlet")
        return connection.execute(mine).scalar_one() == times


def test_five_kills_lose_no_alert_and_double_none_in_silence(engine: Engine) -> None:
    killed_at_random(engine, times=5, seed=1)


@pytest.mark.long
def test_fifty_kills_lose_no_alert_and_double_none_in_silence(engine: Engine) -> None:
    killed_at_random(engine, times=50, seed=2)
