"""What every part of the web door shares: the settings, the database, and the hour."""

import os
from datetime import UTC, datetime
from functools import cache

from settings import Settings
from storage.database import Engine, make_engine

SETTINGS = Settings.from_environment(os.environ)


@cache
def engine() -> Engine:
    return make_engine(SETTINGS.database_url)


def now() -> datetime:
    return datetime.now(UTC)
