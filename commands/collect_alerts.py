"""The thread beside the collector that runs the rules and delivers what they find, in a loop of its own.

Everything it must not lose is in the database: a row is claimed, sent and settled in three steps, and may be killed between
any two of them.
"""

import asyncio
import logging
import random
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from errors import DeskError
from monitoring.channels.models import Mail, Outcome
from monitoring.channels.send import send
from monitoring.models import Problem
from settings import Settings
from storage import content, outbox
from storage.database import Engine, reading, writing
from workflows.alert_ground import Hours
from workflows.deliver_due import Ready, claim_due, settle_due
from workflows.mail_heads import mail_heads
from workflows.run_alerts import keep_alerts, look_for_alerts

LOOK_EVERY = 1.0  # seconds between two looks into the outbox
RULES_EVERY = timedelta(seconds=20)
HABITS_EVERY = timedelta(hours=1)
PAUSE_AFTER_TROUBLE = 10.0
log = logging.getLogger("desk.alerts")


class AlertDesk:
    """Rules and delivery over one database. `worker` names this machine, so that what it was sending when it was killed is
    taken up at once."""

    def __init__(
        self, engine: Engine, settings: Settings, worker: str, clock: Callable[[], datetime] | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:  # fmt: skip
        self._engine, self._settings, self._worker = engine, settings, worker
        self._now, self._chance = clock or (lambda: datetime.now(UTC)), chance
        self._habits_at: datetime | None = None
        self._heads_on: date | None = None
        self._usual: dict[tuple[int, datetime], Hours] = {}

    def release(self) -> None:
        """What this machine was sending when it was ended is free again, and will be marked as a possible repeat."""
        with writing(self._engine) as connection:
            outbox.release(connection, self._worker)

    def run_rules(self) -> int:
        """Every rule that is due to be looked at; returns how many alerts were opened or became red."""
        now = self._now()
        habits = self._habits_at is None or now - self._habits_at >= HABITS_EVERY
        with reading(self._engine) as connection:
            looked = look_for_alerts(
                connection, book=content.alert_book(), endings=content.company_endings(), now=now, habits=habits, kept=self._usual
            )
        with writing(self._engine) as connection:
            told = keep_alerts(connection, looked, now=now)
        self._habits_at = now if habits else self._habits_at
        if told:
            log.info("alerts: %d opened or raised", told)
        return told

    def keep_heads(self) -> None:
        """Once a day, where somebody is to receive them, the newest hashes of the records are put into the outbox."""
        to, now = self._settings.heads_to, self._now()
        today = now.astimezone(ZoneInfo(self._settings.zone)).date()
        if to is None or self._heads_on == today:
            return
        language = self._settings.language
        name = content.alert_book().said[language]["message.heads.name"]
        with writing(self._engine) as connection:
            if mail_heads(connection, name=name, language=language, zone=self._settings.zone, now=now):
                self._heads_on = today

    async def deliver(self) -> int:
        """Claim what is due, send it side by side, settle each as it ends; returns how many there were."""
        ready = await asyncio.to_thread(self._claim)
        await asyncio.gather(*(self._one(each) for each in ready))
        return len(ready)

    def _claim(self) -> tuple[Ready, ...]:
        with writing(self._engine) as connection:
            return claim_due(
                connection, worker=self._worker, book=content.alert_book(), now=self._now(), address=_address(self._settings),
                heads_to=self._settings.heads_to, zone=self._settings.zone,
            )  # fmt: skip

    async def _one(self, each: Ready) -> None:
        try:
            outcome = await send(
                each.target, each.message, now=self._now(), mail=mail_of(self._settings),
                allow_private=self._settings.allow_private_targets,
            )  # fmt: skip
        except Exception as error:  # a defect must not stop the others; it never tells the address
            log.error("delivery %s: %s", each.claimed.reference, type(error).__name__)
            outcome = Outcome(Problem("channel.defect", {"kind": type(error).__name__}), unsure=True)
        await asyncio.to_thread(self._settle, each, outcome)

    def _settle(self, each: Ready, outcome: Outcome) -> None:
        with writing(self._engine) as connection:
            settle_due(connection, each, outcome, chance=self._chance(), now=self._now())
        why = outcome.problem.key if outcome.problem else "sent"
        log.info("delivery %s to %s: %s", each.claimed.reference, each.claimed.channel, why, extra={"try": each.claimed.number})


def mail_of(settings: Settings) -> Mail | None:
    """The office's mail server, where one is named."""
    if not settings.smtp_host or not settings.smtp_from:
        return None
    return Mail(
        settings.smtp_host, settings.smtp_port, settings.smtp_from, settings.smtp_security, settings.smtp_user,
        settings.smtp_password,
    )  # fmt: skip


def _address(settings: Settings) -> str | None:
    """Where the desk can be opened, where that is certain."""
    return f"http://{settings.host}:{settings.port}" if settings.port_is_chosen and settings.port else None


class AlertThread(threading.Thread):
    """Runs until `stop`. `wake` makes it look at once: something was stored."""

    def __init__(self, desk: AlertDesk) -> None:
        super().__init__(name="alerts", daemon=True)
        self._desk, self._stopping, self._woken = desk, threading.Event(), threading.Event()

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        self._stopping.set()
        self.join(timeout=5)

    def run(self) -> None:
        asyncio.run(self._loop())

    async def _loop(self) -> None:
        released, looked = False, None
        while not self._stopping.is_set():
            pause = LOOK_EVERY
            try:
                if not released:
                    await asyncio.to_thread(self._desk.release)
                    released = True
                now = datetime.now(UTC)
                if self._woken.is_set() or looked is None or now - looked >= RULES_EVERY:
                    self._woken.clear()
                    await asyncio.to_thread(self._desk.run_rules)
                    await asyncio.to_thread(self._desk.keep_heads)
                    looked = now
                await self._desk.deliver()
            except DeskError as error:
                log.warning("alerts: %s", error.key)
                pause = PAUSE_AFTER_TROUBLE
            except Exception:
                log.exception("alerts")
                pause = PAUSE_AFTER_TROUBLE
            await asyncio.to_thread(self._stopping.wait, pause)
