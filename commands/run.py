"""`desk.py run`: the database brought up to date, then the web server and the collector as processes, until Ctrl-C."""

import http.client
import os
import signal
import sys
import threading
import time
import webbrowser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from commands import locks
from commands.options import switches
from commands.say import say
from commands.supervisor import Child
from errors import Unavailable
from settings import Settings, misspelt

READY_WITHIN = 180.0  # seconds for the web server's first answer


def main(name: str, arguments: list[str]) -> int:
    chosen = switches(name, arguments, "--no-open", "--no-collector")
    settings = Settings.from_environment(os.environ)
    for unknown in misspelt(os.environ):
        say("door.misspelt", name=unknown)
    stopping = _on_signals()
    with _only_one(settings.home):
        return _serve_until(stopping, settings, chosen)


def _serve_until(stopping: threading.Event, settings: Settings, chosen: set[str]) -> int:
    web = Child("serve", os.environ, announces=True)
    steps = [Child(step, os.environ) for step in ("migrate", "prepare")]
    kept = [web] if "--no-collector" in chosen else [web, Child("collect", os.environ)]
    try:
        say("door.starting")
        for child in (*steps, web):  # side by side: /readyz answers no sooner than the database is up to date
            child.start()
        web.environment["DESK_PORT"] = web.announced  # a restarted server keeps its address
        status = _wait_until_open(web, steps, stopping, settings)
        if status is not None:
            return status
        _open_the_door(settings, web.announced, show=_display_exists() and "--no-open" not in chosen)
        for child in kept[1:]:
            child.start()
        while not stopping.wait(0.2):
            for child in kept:
                child.tend(time.monotonic())
        say("door.stopping")
        return 0
    finally:
        _stop([*steps, *kept])


def _wait_until_open(
    web: Child, steps: Iterable[Child], stopping: threading.Event, settings: Settings
) -> int | None:
    """None once the web server is ready and every step done; otherwise the status to end with. Raises Unavailable."""
    until = time.monotonic() + READY_WITHIN
    while not stopping.wait(0.05):
        failed = next((child for child in (*steps, web) if child.failed()), None)
        if failed:
            return failed.status() or 1
        if all(step.ended() for step in steps) and _answers(int(web.announced)):
            return None
        if time.monotonic() > until and all(step.ended() for step in steps):
            raise Unavailable("door.not_ready", log=str(settings.logs / "serve.log"))
    return 0


def _answers(port: int) -> bool:
    """Whether /readyz says 200. Asked without any proxy of the environment's."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _stop(children: Iterable[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait_stopped()


def _on_signals() -> threading.Event:
    """An event that is set by Ctrl-C, by a polite kill and when the terminal is closed."""
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    names = ("SIGINT", "SIGTERM", "SIGBREAK" if sys.platform == "win32" else "SIGHUP")
    for name in names:
        signal.signal(getattr(signal, name), stop)
    return stopping


@contextmanager
def _only_one(home: Path) -> Iterator[None]:
    """One desk a data folder. Raises Unavailable naming the address of the one that is open."""
    address = home / "address"
    handle = locks.take(home / "desk.lock", wait=False)
    if handle is None:
        raise Unavailable("door.already_running", address=address.read_text() if address.exists() else "?")
    try:
        yield
    finally:
        address.unlink(missing_ok=True)
        os.close(handle)


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
