"""Carries on what people have asked for and may walk away from: one step at a time, each in transactions of its own."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from errors import DeskError
from storage import content, jobs
from storage.database import Engine, reading, writing
from storage.jobs import Job
from workflows import add_item, rescore_items, retrain_tone
from workflows.score_items import Scoring
from workflows.use_tone_model import tone_model_in_force

KINDS = (add_item.KIND, rescore_items.KIND, retrain_tone.KIND)
log = logging.getLogger("desk.jobs")


@contextmanager
def _models_left_alone() -> Iterator[None]:
    """What is loaded by now is not searched for garbage while batch after batch is made and let go."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@dataclass
class Worker:
    """Runs jobs on a database. `scoring` is asked for when there is something to judge; `clock` tells the hour."""

    engine: Engine
    scoring: Callable[[], Scoring]
    clock: Callable[[], datetime]
    stopping: Callable[[], bool] = lambda: False

    def run_one(self) -> bool:
        """Take a job and carry it to its end, or until we are stopped; False where there was none."""
        with writing(self.engine) as connection:
            job = jobs.claim(connection, KINDS, now=self.clock(), lease=retrain_tone.LEASE)
        if job is None:
            return False
        try:
            {rescore_items.KIND: self._rescore, retrain_tone.KIND: self._retrain, add_item.KIND: self._take_in}[job.kind](job)
        except DeskError as error:
            log.warning("job %s: %s", job.id, error.key)
            self._failed(job, error.key)
        except Exception as error:  # the page has to be told; the next job must not wait for this one
            log.exception("job %s", job.id)
            self._failed(job, "unknown", kind=type(error).__name__)
        return True

    def _failed(self, job: Job, key: str, **facts: Any) -> None:
        with writing(self.engine) as connection:
            jobs.finish(connection, job.id, "failed", problem_key=key, problem_facts=facts)

    def _rescore(self, job: Job) -> None:
        at: Job | None = job
        self.scoring()
        with _models_left_alone():
            while at is not None and not self.stopping():
                with reading(self.engine) as connection:
                    batch = rescore_items.decide_batch(connection, at, self._in_force(connection))
                with writing(self.engine) as connection:
                    at = rescore_items.save_batch(connection, at, batch, self.clock())

    def _retrain(self, job: Job) -> None:
        scoring = self.scoring()
        with reading(self.engine) as connection:
            lesson = retrain_tone.learn(connection, scoring.model, scoring.tables, content.tone_corpus())
        with writing(self.engine) as connection:
            retrain_tone.save_lesson(connection, job, lesson, self.clock())

    def _take_in(self, job: Job) -> None:
        with reading(self.engine) as connection:
            taken = add_item.take_in(connection, job, self._in_force(connection))
        with writing(self.engine) as connection:
            add_item.save_taken_in(connection, job, taken)

    def _in_force(self, connection: Any) -> Scoring:
        scoring = self.scoring()
        return replace(scoring, model=tone_model_in_force(connection, scoring.model))
