"""`desk.py run` from its first line to its last: what it prints, what it refuses, and that nothing stays behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from commands.say import words
from commands.serve import listen
from settings import Settings
from tests.fixtures.desk import PATIENCE, ROOT, RunningDesk

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def run(home: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(ROOT / "desk.py"), "run", "--no-open"],
        env=os.environ | {"DESK_HOME": str(home)} | environment,
        capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE,
    )  # fmt: skip


def sentence(key: str, **facts: object) -> list[str]:
    return [words(language)(f"error.{key}", **facts) for language in ("zh", "en")]


def children(pid: int) -> list[int]:
    """The processes a process has started, and theirs."""
    own = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return own + [grandchild for child in own for grandchild in children(child)]


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def until(holds: Callable[[], bool]) -> bool:
    """Whether it comes to hold within our patience."""
    end = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def running(desk: RunningDesk, command: str) -> int:
    """The process that does a command for this desk, 0 where there is none."""
    own = Path(f"/proc/{desk.process.pid}/task/{desk.process.pid}/children").read_text().split()
    return next((int(pid) for pid in own if f" {command} " in command_of(int(pid))), 0)


@linux
def test_a_killed_collector_comes_back_and_ctrl_c_ends_everything(start_desk: Callable[..., RunningDesk]) -> None:
    desk = start_desk(collector=True)
    assert until(lambda: running(desk, "collect") != 0)
    before = running(desk, "collect")
    os.kill(before, signal.SIGKILL)
    assert until(lambda: running(desk, "collect") not in (0, before))
    started = children(desk.process.pid)
    assert len(started) >= 2
    assert desk.stop() == 0
    assert all(is_gone(pid) for pid in started)
    assert not (desk.home / "address").exists()


@linux
def test_killing_it_leaves_no_process_behind_and_the_next_start_opens(start_desk: Callable[..., RunningDesk]) -> None:
    desk = start_desk(collector=True)
    started = children(desk.process.pid)
    desk.kill()
    assert until(lambda: all(is_gone(pid) for pid in started))
    assert start_desk(home=desk.home).get("/readyz")[0] == 200


@linux
def test_a_killed_web_server_comes_back_at_the_same_address(running_desk: RunningDesk) -> None:
    desk, before = running_desk, running(running_desk, "serve")
    os.kill(before, signal.SIGKILL)

    def answers() -> bool:
        try:
            return desk.get("/readyz")[0] == 200
        except OSError:
            return False

    assert until(lambda: is_gone(before))
    assert until(answers)
    assert running(desk, "serve") not in (0, before)


@linux
def test_a_second_desk_on_the_same_data_is_told_where_the_first_is(running_desk: RunningDesk) -> None:
    done = run(running_desk.home)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == sentence("door.already_running", address=running_desk.url)


def test_a_chosen_port_that_is_taken_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run(tmp_path, DESK_PORT=str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-2:] == sentence("door.port_in_use", port=port)
    assert "Traceback" not in done.stderr


def test_a_data_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run(tmp_path / "file" / "home")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == sentence(
        "door.unwritable", file=str(tmp_path / "file" / "home"), why=os.strerror(20)
    )


@linux
def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    script = (
        f"mount -t tmpfs -o size=64k none {tmp_path}/full && dd if=/dev/zero of={tmp_path}/full/ballast bs=1k 2>/dev/null;"
        f"exec {sys.executable} {ROOT}/desk.py run --no-open"
    )
    alone = ["unshare", "--mount", "--map-root-user"]
    if subprocess.run([*alone, "true"], capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a small disk to fill")
    done = subprocess.run(
        [*alone, "sh", "-c", script], env=os.environ | {"DESK_HOME": f"{tmp_path}/full/home", "DESK_PORT": "0"},
        capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert "The disk is full" in done.stderr


def test_an_unreachable_database_is_one_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, DESK_PORT="0", DESK_DATABASE_URL="postgresql://desk:geheim@127.0.0.1:9/desk")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-2:] == sentence("database.unreachable")
    assert "geheim" not in done.stderr
    assert all("geheim" not in log.read_text() for log in (tmp_path / "logs").glob("*"))


def test_a_port_nobody_chose_gives_way_to_the_next_free_one(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        wanted = other.getsockname()[1]
        settings = replace(Settings.from_environment({}), port=wanted, port_is_chosen=False)
        with listen(settings) as listening:
            port = listening.getsockname()[1]
    assert wanted < port <= wanted + 100
    assert str(port) in capsys.readouterr().err


@linux
@pytest.mark.browser
def test_the_web_server_stays_under_500_megabytes_with_a_page_open(
    running_desk: RunningDesk, open_page: Callable[..., Any]
) -> None:
    open_page().goto(f"{running_desk.url}/monitor", wait_until="networkidle")
    status = Path(f"/proc/{running(running_desk, 'serve')}/status").read_text()
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
    assert resident < 500 * 1024
