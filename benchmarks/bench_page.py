"""The monitor page over many stored items against the same page over few, in one run on one core.

    python benchmarks/bench_page.py [--few N] [--many N] [--days D] [--times T]

Each database holds one incident whose items are spread evenly over the last days, by the same outlets in the same tones.
The page is run as Streamlit runs it (AppTest), with every chart, story and item; the middle
of the runs counts, the first is left out.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pinned import one_core
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from accounts.models import DESK, acting
from storage.database import make_engine, upgrade, writing
from storage.schema import item, item_incident, story
from workflows.open_incident import open_incident

ROOT = Path(__file__).resolve().parents[1]
AT_ONCE = 5_000
TONES = ("negative", "neutral", "positive")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--days", type=float, default=30.0)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    one_core()
    with tempfile.TemporaryDirectory() as name:
        took = [_measured(Path(name) / str(count), count, asked.days, asked.times) for count in (asked.few, asked.many)]
    few, many = took
    print(f"monitor page over {asked.few:,} items: {few:.2f} s; over {asked.many:,}: {many:.2f} s; ratio {many / few:.2f}")


def _measured(home: Path, count: int, days: float, times: int) -> float:
    """Seconds of one run of the page."""
    import streamlit as st

    home.mkdir()
    os.environ |= {"DESK_HOME": str(home), "DESK_DATABASE_URL": f"sqlite:///{(home / 'desk.sqlite3').as_posix()}"}
    incident_id = _fill(os.environ["DESK_DATABASE_URL"], count, days)
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROOT / "dashboard" / "screens" / "monitor.py"), default_timeout=600)
    app.session_state["lang"], app.session_state["incident"] = "zh", str(incident_id)
    seconds = []
    for _ in range(times + 1):
        started = time.perf_counter()
        app.run()
        seconds.append(time.perf_counter() - started)
        if app.exception:
            sys.exit(str(app.exception[0].message))
    return statistics.median(seconds[1:])


def _fill(url: str, count: int, days: float) -> int:
    engine = make_engine(url)
    upgrade(engine)
    now = datetime.now(UTC)
    with acting(DESK), writing(engine) as connection:
        incident_id = open_incident(connection, now=now - timedelta(days=days), zone="Asia/Shanghai", language="zh")
        connection.execute(insert(story), [{"title": f"说法 {n}", "version": 1} for n in range(500)])
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(count, start + AT_ONCE))
        moments = {n: now - timedelta(days=days) * (1 - (n + 1) / count) for n in numbers}
        with writing(engine) as connection:
            connection.execute(insert(item), [_item(n, moments[n]) for n in numbers])
            connection.execute(insert(item_incident), [_link(n, incident_id, moments[n]) for n in numbers])
    engine.dispose()
    return incident_id


def _item(n: int, at: datetime) -> dict[str, object]:
    return {
        "id": n + 1, "outlet": f"晚报 {n % 60}", "tier": 1 + n % 3, "key": f"k{n}", "title": f"某地一住宅灶具爆炸致一人受伤 {n}",
        "summary": "起因正在调查，厂家尚未回应。" * 4, "link": f"https://press.example/{n}", "first_seen_at": at, "at": at,
        "snow": 0.4,
        "story_id": 1 + n % 500 if n % 2 else None, "pinned_story": False,
    }  # fmt: skip


def _link(n: int, incident_id: int, at: datetime) -> dict[str, object]:
    return {
        "item_id": n + 1, "incident_id": incident_id, "at": at, "relevant": True, "tone": TONES[n % 3], "certain": n % 4 > 0,
        "gravity": n % 4, "attribution": "us", "reasons": [{"key": "hazard.plain", "words": ["爆炸"], "weight": -2.0}],
        "version": 1,
    }  # fmt: skip


if __name__ == "__main__":
    main()
