"""Screens run as Streamlit runs them, over a real database."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from storage.database import Engine, make_engine, writing
from tests.conftest import ROOT
from workflows.open_incident import open_incident

Open = Callable[..., AppTest]


@pytest.fixture
def desk_engine(sqlite_url: str, desk_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The database of the desk that the screens open."""
    monkeypatch.setenv("DESK_DATABASE_URL", sqlite_url)
    st.cache_resource.clear()
    made = make_engine(sqlite_url)
    yield made
    made.dispose()
    st.cache_resource.clear()


@pytest.fixture
def hour() -> datetime:
    """Screens look at the clock on the wall; so does the news of their tests."""
    return datetime.now(UTC)


@pytest.fixture
def on_screen(desk_engine: Engine, hour: datetime) -> int:
    """The incident that `opened` shows."""
    with writing(desk_engine) as connection:
        return open_incident(connection, now=hour, zone="Asia/Shanghai", language="zh")


@pytest.fixture
def opened(on_screen: int) -> Open:
    """Opens a screen on the incident: opened("monitor", "en")."""

    def run(screen: str, language: str = "zh", **state: object) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard" / "screens" / f"{screen}.py"), default_timeout=60)
        for name, value in ({"lang": language, "incident": str(on_screen)} | state).items():
            app.session_state[name] = value
        app.run()
        assert not app.exception, app.exception
        return app

    return run


def shown(app: AppTest) -> str:
    """All the markup on the screen."""
    return "\n".join(str(each.value) for each in app.get("html"))
