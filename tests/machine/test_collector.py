"""The collector as a process: it reads, ends politely and with its parent, and a kill -9 loses and doubles nothing."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from storage.database import make_engine, reading, upgrade, writing
from storage.schema import feed, heartbeat, item
from tests.fixtures.hostile_feeds import Feeds, serving_in_thread
from workflows.add_feed import add_feed
from workflows.pause_feed import read_now

ROOT = Path(__file__).resolve().parents[2]
FEEDS, GROWTH = 6, 15
ENTRY = "<item><guid>{0}</guid><title>第 {0} 条：{1}</title><description>{1}</description></item>"


@pytest.fixture
def home(prepared_home: Callable[[], Path]) -> Path:
    return prepared_home()


@pytest.fixture
def engine(home: Path) -> Engine:
    made = make_engine(f"sqlite:///{(home / 'desk.sqlite3').as_posix()}")
    upgrade(made)
    return made


def collector(home: Path, *options: str) -> "subprocess.Popen[bytes]":
    environment = os.environ | {"DESK_HOME": str(home), "DESK_ALLOW_PRIVATE_FEEDS": "on"}
    command = [sys.executable, str(ROOT / "desk.py"), "collect", *options]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)


def watch(engine: Engine, feeds: Feeds, paths: list[str]) -> None:
    with writing(engine) as connection:
        for path in paths:
            add_feed(connection, url=feeds.base + path, title=path, now=datetime.now(UTC))


def due(engine: Engine) -> None:
    with writing(engine) as connection:
        read_now(connection, now=datetime.now(UTC))


def stored(engine: Engine) -> Counter[tuple[int, str]]:
    with reading(engine) as connection:
        return Counter((row.feed_id, row.title) for row in connection.execute(select(item.c.feed_id, item.c.title)))


def grow(feeds: Feeds, paths: list[str], rounds: int) -> None:
    entries = [ENTRY.format(n, f"城东区发生的第 {n} 件事") for n in range(rounds * GROWTH)]
    body = f"<rss><channel><title>晚报</title>{''.join(entries)}</channel></rss>".encode()
    feeds.bodies |= dict.fromkeys(paths, body)


def killed_at_random(home: Path, engine: Engine, times: int, seed: int) -> None:
    chance = random.Random(seed)
    paths = [f"/f{n}" for n in range(FEEDS)]
    with serving_in_thread(Feeds()) as feeds:
        watch(engine, feeds, paths)
        for attempt in range(1, times + 1):
            grow(feeds, paths, attempt)
            due(engine)
            process = collector(home)
            asked = len(feeds.asked)
            while len(feeds.asked) == asked and process.poll() is None:  # it has begun to read
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.5))
            process.kill()
            process.wait()
        due(engine)
        assert collector(home, "--once").wait(120) == 0
    counts = stored(engine)
    assert set(counts.values()) == {1}
    assert len(counts) == FEEDS * GROWTH * times
    with reading(engine) as connection:
        leased = select(feed).where(feed.c.lease_until.is_not(None) | feed.c.problem_key.is_not(None))
        assert connection.execute(leased).all() == []


def test_five_kills_lose_and_double_nothing(home: Path, engine: Engine) -> None:
    killed_at_random(home, engine, times=5, seed=1)


@pytest.mark.long
def test_fifty_kills_lose_and_double_nothing(home: Path, engine: Engine) -> None:
    killed_at_random(home, engine, times=50, seed=2)


def test_it_says_that_it_lives_and_ends_when_asked(home: Path, engine: Engine) -> None:
    process = collector(home)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with reading(engine) as connection:
            if connection.execute(select(heartbeat.c.process)).all() == [("collect",)]:
                break
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0


def test_it_ends_with_its_parent_and_so_does_its_parser(home: Path, engine: Engine) -> None:
    with serving_in_thread(Feeds()) as feeds:
        watch(engine, feeds, ["/good"])
        process = collector(home, "--child")
        while not stored(engine) and process.poll() is None:
            time.sleep(0.05)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(20) is not None
    left = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True)
    assert left.stdout.strip() == ""
