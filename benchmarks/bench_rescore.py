"""Judging stored items anew, as after a change of terms or a lesson learnt: seconds for all of them, on one core.

    python benchmarks/bench_rescore.py [--items N] [--copies SHARE]

The headlines and leads are the desk's own corpus of news, each with a place and a number of its own; a share of them are
copies word for word, as news is. All are the watched firm's.
"""

import argparse
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pinned import one_core
from sqlalchemy import func, insert, select

from accounts.models import DESK, act_as
from monitoring.watch import WatchTerm
from storage import content, items
from storage.database import Engine, make_engine, reading, upgrade, writing
from storage.models_cache import snow_tables
from storage.schema import feed, item, item_incident
from workflows.add_feed import add_feed
from workflows.open_incident import open_incident
from workflows.rescore_items import request_rescore
from workflows.run_jobs import Worker
from workflows.save_intake_answer import save_intake_answer
from workflows.score_items import Scoring

AT_ONCE = 5_000
CACHE = Path(__file__).resolve().parents[1] / "build" / "cache"
FIRM = "青禾厨电"
NOW = datetime(2026, 3, 14, 13, 17, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--copies", type=float, default=0.3)
    asked = parser.parse_args()
    one_core()
    act_as(DESK)
    scoring = Scoring(snow_tables(CACHE), content.tone_model(), content.company_endings())
    with tempfile.TemporaryDirectory() as name:
        engine = make_engine(f"sqlite:///{(Path(name) / 'desk.sqlite3').as_posix()}")
        upgrade(engine)
        incident_id = _fill(engine, asked.items, asked.copies)
        first, again = _seconds(engine, incident_id, scoring), _seconds(engine, incident_id, scoring)
        with reading(engine) as connection:
            judged = connection.execute(select(func.count()).where(item_incident.c.tone.is_not(None))).scalar_one()
        engine.dispose()
    print(f"{asked.items:,} items: judged for the first time {first[0]:.1f} s (processor {first[1]:.1f} s), "
          f"anew with the same outcome {again[0]:.1f} s (processor {again[1]:.1f} s); {judged:,} have a tone")  # fmt: skip


def _seconds(engine: Engine, incident_id: int, scoring: Scoring) -> tuple[float, float]:
    """By the clock and of the processor: on a busy machine the clock also counts what others do."""
    with writing(engine) as connection:
        request_rescore(connection, now=NOW, why="asked", incidents=[incident_id])
    started, used = time.perf_counter(), time.process_time()
    Worker(engine, lambda: scoring, lambda: NOW).run_one()
    return time.perf_counter() - started, time.process_time() - used


def _fill(engine: Engine, count: int, copies: float) -> int:
    chance, corpus = random.Random(1), [row for row in content.tone_corpus() if row["lang"] == "zh"]
    with writing(engine) as connection:
        incident_id = open_incident(connection, now=NOW, zone="Asia/Shanghai", language="zh")
        save_intake_answer(connection, incident_id, "company", value=FIRM, now=NOW)
        items.add_term(connection, incident_id, WatchTerm("brand", FIRM), NOW)
        feed_id = add_feed(connection, url="https://press.example/rss", title="晚报", now=NOW)
        connection.execute(feed.update().values(paused=True))
    texts: list[tuple[str, str]] = []
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(count, start + AT_ONCE))
        rows = []
        for n in numbers:
            again = bool(texts) and chance.random() < copies
            texts.append(chance.choice(texts) if again else _told(chance.choice(corpus), n))
            rows.append(_item(n, feed_id, *texts[-1]))
        with writing(engine) as connection:
            connection.execute(insert(item), rows)
    return incident_id


def _told(row: dict[str, str], n: int) -> tuple[str, str]:
    return f"{FIRM}：{row['title']}（{n}）", row.get("summary") or row.get("lead") or ""


def _item(n: int, feed_id: int, title: str, summary: str) -> dict[str, object]:
    return {
        "feed_id": feed_id, "outlet": f"晚报 {n % 60}", "tier": 1 + n % 3, "key": f"k{n}", "title": title, "summary": summary,
        "link": f"https://press.example/{n}", "first_seen_at": NOW, "at": NOW - timedelta(seconds=n), "snow": 0.4,
        "pinned_story": False,
    }  # fmt: skip


if __name__ == "__main__":
    main()
