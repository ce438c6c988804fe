"""`desk.py test`: ruff, mypy and pytest, the last one's closing line ending what is printed.

`--long` adds the tests that take minutes, `--no-browser` leaves out those that drive a browser; what follows `--` goes
to pytest.
"""

import os
import signal
import subprocess
import sys
from types import FrameType

from commands.bootstrap import ROOT
from commands.browser import provide_browser
from commands.options import switches
from commands.say import say

WORKERS = 3  # a test in a browser waits more than it computes: one more than two cores keeps both busy


def main(name: str, arguments: list[str]) -> int:
    ours, extra = _split(arguments)
    chosen = switches(name, ours, "--long", "--no-browser")
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    if "--no-browser" in chosen:
        say("door.no_browser_tests")
    else:
        environment["DESK_CHROMIUM"] = str(provide_browser())
    statuses = {
        "ruff": _module("ruff", "check", ".", env=environment),
        "mypy": _module("mypy", ".", env=environment),
        "pytest": _module("pytest", *selection(chosen), *extra, env=environment),
    }
    failed = [tool for tool, status in statuses.items() if status]
    if failed:
        say("door.test.failed", names=", ".join(failed))
    return statuses["pytest"] or (1 if failed else 0)


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


def selection(chosen: set[str]) -> list[str]:
    """pytest's own options for the switches."""
    left_out = ([] if "--long" in chosen else ["long"]) + (["browser"] if "--no-browser" in chosen else [])
    marks = ["-m", " and ".join(f"not {mark}" for mark in left_out)] if left_out else []
    return [*marks, "-n", str(min(WORKERS, (os.cpu_count() or 1) + 1)), "--dist", "loadfile"]


def _module(tool: str, *options: str, env: dict[str, str]) -> int:
    print(f"$ {tool} {' '.join(options)}", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", tool, *options]
    return _waited(subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL))


def _waited(child: "subprocess.Popen[bytes]") -> int:
    """Its exit status. Told to end, we let it stop its servers and browsers first, then raise KeyboardInterrupt."""
    asked: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        if number == signal.SIGTERM:  # Ctrl-C reaches it by itself
            child.send_signal(signal.SIGINT)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    status = child.wait()
    for number, handler in before.items():
        signal.signal(number, handler)
    if asked:
        raise KeyboardInterrupt
    return status
