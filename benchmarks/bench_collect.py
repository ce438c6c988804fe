"""The whole way of feeds, as ratios within one run on one core.

    python benchmarks/bench_collect.py [--feeds DIR] [--files N] [--unchanged N] [--rounds N]

- the whole way (loopback server, fetch, decode, parse, merge, score, store) against bare `feedparser.parse` of the same files
- polling feeds that have not changed
- the collector's memory over many rounds of changing feeds
"""

import argparse
import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import feedparser
import psutil
from bench_score import WORDS
from pinned import one_core
from sqlalchemy import func, select

from accounts.models import DESK, act_as
from commands.collect import Collector
from settings import Settings
from storage.database import Engine, make_engine, reading, upgrade, writing
from storage.models_cache import snow_tables
from storage.schema import feed, item
from workflows.add_feed import add_feed
from workflows.open_incident import open_incident
from workflows.parse_guarded import ParseGuard

WARM = 10
CACHE = Path(__file__).resolve().parents[1] / "build" / "cache"
SERVER = """
import sys
from pathlib import Path
from aiohttp import web
folder = Path(sys.argv[1])
async def answer(request):
    if request.headers.get("If-None-Match") == '"1"':
        return web.Response(status=304)
    headers = {"ETag": '"1"'} if request.path.startswith("/same") else {}
    return web.Response(body=(folder / request.path.split("/")[-1]).read_bytes(), content_type="text/xml", headers=headers)
async def main():
    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    import asyncio
    await asyncio.sleep(86400)
import asyncio
asyncio.run(main())
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--feeds", type=Path)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--unchanged", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=200)
    asked = parser.parse_args()
    one_core()
    act_as(DESK)
    snow_tables(CACHE)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "served"
        folder.mkdir()
        bodies = _given(asked.feeds, asked.files) if asked.feeds else _made(asked.files)
        for number, body in enumerate(bodies):
            (folder / str(number)).write_bytes(body)
        (folder / "small").write_text(_document(random.Random(3), 3, entries=1), encoding="utf-8")
        for number, body in enumerate(_made(WARM, seed=2)):
            (folder / f"warm{number}").write_bytes(body)
        with _server(folder) as base, _desk(Path(name)) as desk:
            _whole_way(desk, base, bodies)
            _unchanged(desk, base, asked.unchanged)
            _memory(desk, base, folder, asked.rounds)


def _whole_way(desk: "Desk", base: str, bodies: list[bytes]) -> None:
    desk.warm(base)
    desk.watch([f"{base}/new/{number}" for number in range(len(bodies))])
    bare_parse = lambda: [feedparser.parse(BytesIO(body)) for body in bodies]  # noqa: E731
    before, used_before = _clock(bare_parse), _spent()
    whole = _clock(desk.poll)
    used = _spent() - used_before
    bare_from = _spent()
    bare = (before + _clock(bare_parse)) / 2
    print(f"processor time: whole way {used:.1f} s, bare feedparser {_spent() - bare_from:.1f} s, "
          f"ratio {used / (_spent() - bare_from):.2f}", flush=True)  # fmt: skip
    print(f"{len(bodies)} feeds, {sum(map(len, bodies)) / 1e6:.1f} MB, {desk.items()} items: whole way {whole:.1f} s, "
          f"bare feedparser {bare:.1f} s, ratio {whole / bare:.2f}", flush=True)  # fmt: skip


def _unchanged(desk: "Desk", base: str, count: int) -> None:
    desk.pause_all()
    desk.watch([f"{base}/same/{number}/small" for number in range(count)])
    desk.poll()
    before = desk.items()
    desk.all_due()
    again = _clock(desk.poll)
    print(f"{count} unchanged feeds polled in {again:.1f} s ({count / again:.0f}/s), {desk.items() - before} new items", flush=True)


def _memory(desk: "Desk", base: str, folder: Path, rounds: int) -> None:
    desk.pause_all()
    desk.watch([f"{base}/changing/{number}" for number in range(5)])
    sizes = []
    for number in range(rounds):
        for name, body in enumerate(_made(5, seed=number + 1_000)):
            (folder / str(name)).write_bytes(body)
        desk.all_due()
        desk.poll()
        sizes.append(desk.megabytes())
    print(f"{rounds} rounds: {sizes[rounds // 10]:.0f} MB after a tenth of them, {sizes[-1]:.0f} MB at the end, parser included")


class Desk:
    """A collector on a database of its own, with a clock that can be put forward."""

    def __init__(self, engine: Engine, settings: Settings, guard: ParseGuard) -> None:
        self._engine = engine
        self._ahead = timedelta()
        self._collector = Collector(engine, settings, guard, self._now)

    def _now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def warm(self, base: str) -> None:
        """One reading, so that what is loaded once is loaded."""
        with writing(self._engine) as connection:
            open_incident(connection, now=self._now(), zone="Asia/Shanghai", language="zh")
        self.watch([f"{base}/new/warm{number}" for number in range(WARM)])
        self.poll()
        self.pause_all()

    def watch(self, addresses: list[str]) -> None:
        with writing(self._engine) as connection:
            for address in addresses:
                add_feed(connection, url=address, title="晚报", now=self._now())

    def poll(self) -> None:
        asyncio.run(self._collector.once())

    def all_due(self) -> None:
        self._ahead += timedelta(days=1)

    def pause_all(self) -> None:
        with writing(self._engine) as connection:
            connection.execute(feed.update().values(paused=True))

    def items(self) -> int:
        with reading(self._engine) as connection:
            return connection.execute(select(func.count()).select_from(item)).scalar_one()

    def megabytes(self) -> float:
        here = psutil.Process()
        parsers = [one for one in here.children() if "workflows.parse_guarded" in one.cmdline()]
        return sum(one.memory_info().rss for one in [here, *parsers]) / 1e6


@contextmanager
def _desk(home: Path) -> Iterator[Desk]:
    (home / "cache").symlink_to(CACHE)
    settings = Settings.from_environment({"DESK_HOME": str(home), "DESK_ALLOW_PRIVATE_FEEDS": "on"})
    engine = make_engine(settings.database_url)
    upgrade(engine)
    with ParseGuard() as guard:
        yield Desk(engine, settings, guard)
    engine.dispose()


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.kill()
        process.wait()


def _given(folder: Path, most: int) -> list[bytes]:
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".xml", ".rss", ".atom", ".rdf"))
    return [path.read_bytes() for path in random.Random(1).sample(files, min(most, len(files)))]


def _made(count: int, seed: int = 1) -> list[bytes]:
    """News feeds as portals write them: twenty entries, each with a lead and an article in HTML."""
    chance = random.Random(seed)
    return [_document(chance, seed * 10_000 + number).encode() for number in range(count)]


def _document(chance: random.Random, number: int, entries: int = 20) -> str:
    told = "".join(_entry(chance, f"{number}-{n}") for n in range(entries))
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0">'
    return f"{head}<channel><title>晚报 {number}</title>{told}</channel></rss>"


def _entry(chance: random.Random, name: str) -> str:
    say = lambda words: "".join(chance.choice(WORDS) + chance.choice(("", "", "，", "。")) for _ in range(words))  # noqa: E731
    paragraphs = "".join(f'<p class="a">{say(40)}<img src="http://img.example/{name}.jpg"/></p>' for _ in range(6))
    moment = (datetime.now(UTC) - timedelta(minutes=chance.randint(1, 3_000))).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return (f"<item><guid>{name}</guid><title>{say(8)}</title><link>http://news.example/{name}</link><pubDate>{moment}</pubDate>"
            f"<description><![CDATA[<p>{say(30)}</p>{paragraphs}]]></description></item>")  # fmt: skip


def _spent() -> float:
    """Processor seconds of this process and its children: on a busy machine the clock also counts what others do."""
    here = psutil.Process()
    return sum(one.cpu_times().user + one.cpu_times().system for one in [here, *here.children()])


def _clock(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
