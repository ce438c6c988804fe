"""What a person sees, and what the log holds, when a page's script fails."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from commands import logs
from settings import Settings
from tests.fixtures.desk import ROOT

SERVER = """
import os, socket, sys, uvicorn
from pathlib import Path
import streamlit as st, streamlit_app
from commands import logs
from settings import Settings
logs.configure(Settings.from_environment(os.environ), "serve")
app = st.App(Path(sys.argv[1]), on_script_error=streamlit_app.show_script_error)
listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, log_config=None)).run(sockets=[listening])
"""


def _show(error: str) -> AppTest:
    script = f"from streamlit_app import show_script_error\nfrom errors import *\nshow_script_error({error})"
    return AppTest.from_string(script, default_timeout=30).run()


def test_a_defect_is_a_calm_sentence_with_a_reference_that_the_log_knows(caplog: pytest.LogCaptureFixture) -> None:
    shown = _show("ZeroDivisionError('geheim')").error[0].value
    record = next(record for record in caplog.records if record.name == "desk.web")
    assert record.reference in shown  # type: ignore[attr-defined]
    assert "geheim" not in shown
    assert "ZeroDivisionError" not in shown
    assert record.exc_info


def test_an_error_a_person_can_mend_says_what_to_do_and_shows_no_markdown() -> None:
    shown = _show("BadInput('setting.bad', name='![x](http://evil.example/x.png)', value='**loud**')").error[0].value
    assert "![" not in shown
    assert "**" not in shown
    assert r"http\:\/\/evil" in shown


def test_the_log_is_json_lines_without_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    path = logs.configure(Settings.from_environment({"DESK_HOME": str(tmp_path)}), "serve")
    try:
        raise ConnectionError("postgresql://desk:geheim@db/desk?sslpassword=geheim&x=1 Authorization: Bearer geheim")
    except ConnectionError:
        logging.getLogger("desk").exception("no answer, token=geheim, %s", {"secret": "geheim"}, extra={"url": "a?key=geheim"})
    root.handlers[0].close()
    line = json.loads(path.read_text(encoding="utf-8"))
    assert line["level"] == "ERROR"
    assert "ConnectionError" in line["trace"]
    assert "geheim" not in json.dumps(line)
    assert "x=1" in line["trace"]


@pytest.fixture
def failing_server(tmp_path: Path) -> "Iterator[str]":
    script = tmp_path / "page.py"
    script.write_text("import streamlit as st\nst.text('before')\nraise RuntimeError('geheim')\n", encoding="utf-8")
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(script)], cwd=ROOT, env=os.environ | {"DESK_HOME": str(tmp_path)},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
    server.kill()
    server.wait()


@pytest.mark.browser
def test_no_trace_reaches_the_page(failing_server: str, open_page: "Callable[..., object]", tmp_path: Path) -> None:
    page = open_page()
    page.goto(failing_server)  # type: ignore[attr-defined]
    page.get_by_role("alert").wait_for()  # type: ignore[attr-defined]
    shown = page.inner_text("body")  # type: ignore[attr-defined]
    assert "RuntimeError" not in shown
    assert "Traceback" not in shown
    assert "geheim" not in shown
    lines = [json.loads(line) for line in (tmp_path / "logs" / "serve.log").read_text(encoding="utf-8").splitlines()]
    told = [line for line in lines if line.get("reference")]
    assert told
    assert all(line["reference"] in shown for line in told[-1:])
    assert "RuntimeError" in told[-1]["trace"]
