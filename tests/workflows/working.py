"""The worker that carries jobs on, for tests: the shipped model, the tables in the test's own cache, a clock that stands."""

import os
from datetime import datetime
from pathlib import Path

from storage import content
from storage.database import Engine
from storage.models_cache import snow_tables
from workflows.run_jobs import Worker
from workflows.score_items import Scoring


def scoring() -> Scoring:
    return Scoring(snow_tables(Path(os.environ["DESK_HOME"]) / "cache"), content.tone_model(), content.company_endings())


def worker(engine: Engine, now: datetime) -> Worker:
    return Worker(engine, scoring, lambda: now)
