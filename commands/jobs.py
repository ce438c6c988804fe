"""The thread beside the collector that carries on what people asked for and walked away from."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from accounts.models import DESK, acting
from errors import DeskError
from storage import jobs, search
from storage.database import Engine, reading, writing
from workflows.run_jobs import KINDS, Worker
from workflows.score_items import Scoring

LOOK_EVERY = 1.0  # seconds between two looks for work
PAUSE_AFTER_TROUBLE = 10.0
log = logging.getLogger("desk.jobs")


class JobThread(threading.Thread):
    """Runs until `stop`. What it has in hand then waits, and is carried on where it was left."""

    def __init__(self, engine: Engine, scoring: Callable[[], Scoring], clock: Callable[[], datetime] | None = None) -> None:
        super().__init__(name="jobs", daemon=True)
        self._engine, self._stopping = engine, threading.Event()
        self._worker = Worker(engine, scoring, clock or (lambda: datetime.now(UTC)), self._stopping.is_set)

    def stop(self) -> None:
        self._stopping.set()
        self.join(timeout=5)

    def run(self) -> None:
        with acting(DESK):
            self._carry_on()

    def _carry_on(self) -> None:
        begun = False
        while not self._stopping.is_set():
            try:
                if not begun:
                    with writing(self._engine) as connection:
                        jobs.give_back(connection, KINDS)
                    begun = True
                if not self._worker.run_one() and not self._index():
                    self._stopping.wait(LOOK_EVERY)
            except DeskError as error:
                log.warning("jobs: %s", error.key)
                self._stopping.wait(PAUSE_AFTER_TROUBLE)

    def _index(self) -> int:
        """What has come in is made quick to search when there is nothing else to do."""
        with reading(self._engine) as connection:
            if not search.behind(connection):
                return 0
        with writing(self._engine) as connection:
            return search.index_more(connection)
