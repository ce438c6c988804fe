"""`desk.py collect`: the collector, a process of its own that reads the feeds that are due, again and again.

`--once` reads what is due and ends. With `--child` it ends with its parent, as `desk.py run` starts it.
"""

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from commands import logs, parent
from commands.collect_alerts import AlertDesk, AlertThread
from commands.jobs import JobThread
from commands.options import switches
from errors import DeskError
from monitoring.fetch import fetch_each
from monitoring.models import ClaimedFeed, Problem, Reading
from settings import Settings
from storage import content, feeds
from storage.database import Engine, make_engine, reading, upgrade, writing
from storage.models_cache import snow_tables
from workflows import poll_feeds
from workflows.keep_personal import erase_what_is_due
from workflows.parse_guarded import ParseGuard
from workflows.poll_feeds import Parsed, Round
from workflows.score_items import Scoring
from workflows.tell_stories import StoryBook
from workflows.use_tone_model import tone_model_in_force

LOOK_EVERY = 2.0  # seconds between two looks for feeds that are due
SAVE_FROM = 40  # feeds saved in one transaction
PAUSE_AFTER_TROUBLE = 10.0  # seconds, when the database does not let us
ERASE_EVERY = timedelta(hours=1)
log = logging.getLogger("desk.collect")


def main(name: str, arguments: list[str]) -> int:
    chosen = switches(name, arguments, "--once", "--child")
    settings = Settings.from_environment(os.environ)
    logs.configure(settings, "collect")
    if "--child" in chosen:
        parent.end_with_parent()
    engine = make_engine(settings.database_url)
    upgrade(engine)
    with ParseGuard() as guard:
        collector = Collector(engine, settings, guard)
        asyncio.run(collector.once() if "--once" in chosen else collector.run_with_jobs())
    engine.dispose()
    return 0


class Collector:
    """Reads due feeds and saves what they say. Everything it must not lose is in the database between two rounds."""

    def __init__(
        self, engine: Engine, settings: Settings, guard: ParseGuard, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._engine, self._settings, self._guard = engine, settings, guard
        self._now = clock or (lambda: datetime.now(UTC))
        self._book = StoryBook()
        self._scoring: Scoring | None = None
        self._worker = socket.gethostname()[:60]
        self._alert_desk = AlertDesk(engine, settings, self._worker, self._now)
        self._alerts = AlertThread(self._alert_desk)
        self._erased_at: datetime | None = None
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Until SIGTERM or SIGINT. Trouble with the database is logged and waited out."""
        for number in (signal.SIGTERM, signal.SIGINT):
            try:
                asyncio.get_running_loop().add_signal_handler(number, self._stopping.set)
            except NotImplementedError:  # Windows: the process is simply ended, which loses nothing
                break
        released = False
        while not self._stopping.is_set():
            pause = LOOK_EVERY
            try:
                if not released:
                    await asyncio.to_thread(self._release)
                    released = True
                while await self.round() and not self._stopping.is_set():
                    pass
            except DeskError as error:
                log.warning("collector: %s", error.key)
                pause = PAUSE_AFTER_TROUBLE
            await self._wait(pause)

    async def run_with_jobs(self) -> None:
        """As `run`, with alerts, and what people asked for and walked away from, beside it."""
        beside = (JobThread(self._engine, self._scoring_kit, self._now), self._alerts)
        for thread in beside:
            thread.start()
        try:
            await self.run()
        finally:
            for thread in beside:
                await asyncio.to_thread(thread.stop)

    async def once(self) -> None:
        """What is due now, and no more."""
        await asyncio.to_thread(self._release)
        while await self.round():
            pass
        await asyncio.to_thread(self._alert_desk.release)
        await asyncio.to_thread(self._alert_desk.run_rules)
        await asyncio.to_thread(self._alert_desk.keep_heads)
        while await self._alert_desk.deliver():
            pass

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return

    def _release(self) -> None:
        with writing(self._engine) as connection:
            feeds.release(connection, self._worker)

    async def round(self) -> int:
        """Read a batch of due feeds; returns how many there were."""
        taken = await asyncio.to_thread(self._claim)
        if not taken.feeds:
            return 0
        by_id = {feed.source.id: feed for feed in taken.feeds}
        waiting: list[Parsed] = [await asyncio.to_thread(self._sample, feed) for feed in taken.feeds if feed.is_sample]
        asked = [poll_feeds.request_for(feed) for feed in taken.feeds if not feed.is_sample]
        async for answer in fetch_each(asked, allow_private=self._settings.allow_private_feeds):
            feed = by_id[answer.id]
            waiting.append(await asyncio.to_thread(poll_feeds.parse_answer, feed, answer, self._guard, self._now()))
            if len(waiting) >= SAVE_FROM:
                await asyncio.to_thread(self._save, waiting, taken)
                waiting = []
        await asyncio.to_thread(self._save, waiting, taken)
        return len(taken.feeds)

    def _claim(self) -> Round:
        now = self._now()
        with writing(self._engine) as connection:
            if self._erased_at is None or now - self._erased_at >= ERASE_EVERY:
                self._erased_at = now
                erase_what_is_due(connection, now=now)
            feeds.beat(connection, "collect", self._now(), {"worker": self._worker})
            return poll_feeds.claim_round(connection, worker=self._worker, now=self._now())

    def _sample(self, feed: ClaimedFeed) -> Parsed:
        try:
            body, reference = content.sample_feed(feed.source.url)
        except DeskError as error:
            return Parsed(Reading(feed, problem=Problem(error.key, dict(error.facts))))
        return poll_feeds.parse_sample(feed, body, reference, self._guard, self._now())

    def _save(self, parsed: Sequence[Parsed], taken: Round) -> None:
        if not parsed:
            return
        with reading(self._engine) as connection:
            scoring = replace(self._scoring_kit(), model=tone_model_in_force(connection, self._scoring_kit().model))
            readings = poll_feeds.score_new(connection, parsed, taken.watched, scoring)
        try:
            with writing(self._engine) as connection:
                new = poll_feeds.save_readings(connection, readings, self._book, usual=taken.usual, now=self._now())
        except BaseException:
            self._book.forget()  # it may remember items that were not stored
            raise
        self._alerts.wake()
        _tell(readings, new)

    def _scoring_kit(self) -> Scoring:
        if self._scoring is None:
            tables = snow_tables(self._settings.home / "cache")
            self._scoring = Scoring(tables, content.tone_model(), content.company_endings())
        return self._scoring


def _tell(readings: Sequence[Reading], new: int) -> None:
    for one in readings:
        if one.problem:
            log.info("feed %s: %s", one.feed.source.id, one.problem.key, extra={"failures": one.feed.failures + 1})
    log.info("read %d feeds, %d new items", len(readings), new)
