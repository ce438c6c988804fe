"""Screens run as Streamlit runs them, over a real database."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from storage import incidents
from storage.database import Connection, Engine, make_engine, reading, writing
from tests.conftest import ROOT
from tests.pages import MAIN
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
    return "\n".join(str(each.value) for each in app.html)


# --- whole pages, by their address, over the worked case ---------------------------------------------------------

@pytest.fixture
def worked_engine(worked_case: Path, tmp_path: Path, desk_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The database of a desk that has an empty incident and the worked case in both languages on it."""
    path = tmp_path / "desk.sqlite3"
    shutil.copy(worked_case, path)
    monkeypatch.setenv("DESK_DATABASE_URL", f"sqlite:///{path.as_posix()}")
    st.cache_resource.clear()
    made = make_engine(f"sqlite:///{path.as_posix()}")
    yield made
    made.dispose()
    st.cache_resource.clear()


@pytest.fixture
def opened_page(worked_engine: Engine) -> Open:
    """Opens a page with its header as a link would: opened_page("facts", 2, "en", me="He Gong")."""

    def run(name: str, incident_id: int | None, language: str = "zh", me: str | None = None) -> AppTest:
        app = AppTest.from_file(str(MAIN), default_timeout=120)
        app.query_params["lang"] = language
        if incident_id:
            app.query_params["incident"] = str(incident_id)
        if me:
            people = read(worked_engine, lambda connection: incidents.people(connection, incident_id))
            app.query_params["me"] = str(next(one.id for one in people if one.name == me))
        app.run()
        return calm(app.switch_page(f"screens/{name}.py").run())

    return run


def read(engine: Engine, what: Callable[[Connection], Any]) -> Any:
    with reading(engine) as connection:
        return what(connection)


def calm(app: AppTest) -> AppTest:
    """The screen, on which nothing went wrong."""
    assert not app.exception, [each.message for each in app.exception]
    assert not app.error, [each.value for each in app.error]
    return app


def press(app: AppTest, label: str) -> AppTest:
    return calm(next(one for one in app.button if one.label == label).click().run())


def heads(app: AppTest) -> list[str]:
    """The words of the page's headings of the first rank."""
    found = re.findall(r"<h1.*?</h1>", unescape(shown(app)), re.DOTALL)
    return [re.sub("<[^>]+>", "", head).strip() for head in found]
