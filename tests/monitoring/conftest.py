from pathlib import Path

import pytest

from monitoring.sentiment import SnowTables
from storage.models_cache import snow_tables


@pytest.fixture(scope="session")
def snow_cache(pytestconfig: pytest.Config) -> Path:
    """A folder that holds SnowNLP's tables from one test run to the next, for building them takes ten seconds."""
    folder = Path(pytestconfig.cache.mkdir("snow"))
    assert snow_tables(folder) is not None
    return folder


@pytest.fixture(scope="session")
def tables(snow_cache: Path) -> SnowTables:
    kept = snow_tables(snow_cache)
    assert kept is not None
    return kept
