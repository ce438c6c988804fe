"""What every test may ask for; see tests/fixtures: real databases, a running desk, a browser."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from accounts.models import DESK, act_as  # noqa: E402

for _name in [name for name in os.environ if name.startswith("DESK_") and name != "DESK_CHROMIUM"]:
    del os.environ[_name]  # whoever runs the tests may have a desk of their own

pytest_plugins = [
    "tests.fixtures.database", "tests.fixtures.incidents", "tests.fixtures.worked", "tests.fixtures.desk",
    "tests.fixtures.browser",
]  # fmt: skip


@pytest.fixture
def now() -> datetime:
    """The hour it is in every test: 21:17 of a Saturday evening in Shanghai."""
    return datetime(2026, 3, 14, 13, 17, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def _nobodys_home(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> None:
    """Nothing a test does in this process may reach the data folder of the person who runs it."""
    home = tmp_path_factory.mktemp("nobodys_home")  # each worker's own: they start at the same moment
    (home / "cache").symlink_to(pytestconfig.cache.mkdir("snow"), target_is_directory=True)
    os.environ["DESK_HOME"] = str(home)
    act_as(DESK)  # tests do deeds as the desk itself, unless they say who acts


@pytest.fixture
def desk_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder that DESK_HOME names."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("DESK_HOME", str(home))
    return home
