"""`desk.py run`: the database brought up to date, then the web server and the collector as processes, until Ctrl-C."""

import http.client
import os
import signal
import sys
import threading
import time
import webbrowser
from collections.abc import Iterable
from pathlib import Path
from types import FrameType

from commands import locks
from commands.options import switches
from commands.say import say
from commands.supervisor import Child
from errors import Unavailable
from settings import Settings, misspelt

READY_WITHIN = 90.0  # seconds for the web server's first answer


def main(name: str, arguments: list[str]) -> int:
    chosen = switches(name, arguments, "--no-open", "--no-collector")
    settings = Settings.from_environment(os.environ)
    for unknown in misspelt(os.environ):
        say("door.misspelt", name=unknown)
    stopping = _on_signals()
    with _only_one(settings.home):
        for step in ("migrate", "prepare"):
            status = _once(step, stopping)
            if status or stopping.is_set():
                return status
        return _serve_until(stopping, settings, chosen)


def _once(step: str, stopping: threading.Event) -> int:
    """Run a command to its end in a process of its own, so that what it imports does not stay with us."""
    child = Child(step, os.environ)
    child.start()
    while not child.ended() and not stopping.wait(0.05):
        pass
    child.ask_to_stop()
    child.wait_stopped()
    return child.process.returncode if child.process and not stopping.is_set() else 0


def _serve_until(stopping: threading.Event, settings: Settings, chosen: set[str]) -> int:
    web = Child("serve", os.environ, announces=True)
    children = [web] if "--no-collector" in chosen else [web, Child("collect", os.environ)]
    try:
        say("door.starting")
        web.start()
        if not web.announced:
            return web.process.wait() if web.process else 1
        web.environment["DESK_PORT"] = web.announced  # a restarted server keeps its address
        if not _answers(int(web.announced), web, stopping):
            raise Unavailable("door.not_ready", log=str(settings.logs / "serve.log"))
        _open_the_door(settings, web.announced, show=_display_exists() and "--no-open" not in chosen)
        for child in children[1:]:
            child.start()
        while not stopping.wait(0.2):
            for child in children:
                child.tend(time.monotonic())
        return 0
    finally:
        _stop(children)


def _stop(children: Iterable[Child]) -> None:
    say("door.stopping")
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait_stopped()
    say("door.stopped")


def _on_signals() -> threading.Event:
    """An event that is set by Ctrl-C, by a polite kill and when the terminal is closed."""
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    names = ("SIGINT", "SIGTERM", "SIGBREAK" if sys.platform == "win32" else "SIGHUP")
    for name in names:
        signal.signal(getattr(signal, name), stop)
    return stopping


class _only_one:
    """One desk a data folder. Raises Unavailable naming the address of the one that is open."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def __enter__(self) -> None:
        home = self._home
        home.mkdir(parents=True, exist_ok=True)
        self._handle = locks.take(home / "desk.lock", wait=False)
        if self._handle is None:
            address = home / "address"
            raise Unavailable("door.already_running", address=address.read_text() if address.exists() else "?")

    def __exit__(self, *_: object) -> None:
        (self._home / "address").unlink(missing_ok=True)
        if self._handle is not None:
            os.close(self._handle)


def _answers(port: int, web: Child, stopping: threading.Event) -> bool:
    """Whether /readyz says 200 in time. Asked without any proxy of the environment's."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and not web.ended():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return True
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        if stopping.wait(0.1):
            return False
    return False


def _open_the_door(settings: Settings, port: str, show: bool) -> None:
    address = f"http://127.0.0.1:{port}"
    (settings.home / "address").write_text(address, encoding="utf-8")
    print(address, flush=True)
    if show:
        webbrowser.open(address)


def _display_exists() -> bool:
    if sys.platform in ("win32", "darwin"):
        return "SSH_CONNECTION" not in os.environ
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
