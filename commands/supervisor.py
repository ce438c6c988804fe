"""Processes of the desk's own: started, watched, started again when they die, stopped together."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import IO, Any

from commands.bootstrap import ROOT
from commands.parent import GRACE
from commands.say import say

POLITE = getattr(signal, "CTRL_BREAK_EVENT", signal.SIGTERM)  # the former on Windows
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0  # seconds
STEADY_AFTER = 60.0  # seconds a process must live before its deaths are counted anew


class Child:
    """One `desk.py` command as a process. Its standard input is a pipe that closes with us; see commands/parent.py."""

    def __init__(self, name: str, environment: Mapping[str, str], announces: bool = False) -> None:
        self.name = name
        self.environment = dict(environment)
        self.announced = ""
        self._announces = announces
        self._pause = FIRST_PAUSE / 2
        self._started = 0.0
        self._again_at: float | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; where it announces something, wait for that line ("" where it ended without one)."""
        self._started, self._again_at = time.monotonic(), None
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "desk.py"), self.name, "--child"],
            cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **_apart(),
        )
        assert self.process.stdout is not None
        if self._announces:
            self.announced = self.process.stdout.readline().decode("utf-8", "replace").strip()
        threading.Thread(target=_pass_on, args=(self.process.stdout,), daemon=True).start()

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def status(self) -> int:
        return 0 if self.process is None else self.process.poll() or 0

    def failed(self) -> bool:
        return self.ended() and (self.status() != 0 or (self._announces and not self.announced))

    def tend(self, now: float) -> None:
        """Start the process again if it has died, pausing longer each time. `now` in seconds of the monotonic clock."""
        if not self.ended():
            return
        if self._again_at is None:
            self._sweep()
            steady = now - self._started > STEADY_AFTER
            self._pause = FIRST_PAUSE if steady else min(self._pause * 2, LONGEST_PAUSE)
            self._again_at = now + self._pause
            say(f"door.restarted.{self.name}")
        if now >= self._again_at:
            self.start()

    def ask_to_stop(self) -> None:
        if self.process and not self.ended():
            self.process.send_signal(POLITE)

    def wait_stopped(self) -> None:
        """Wait until it has ended, by force where asking did not help."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._sweep()

    def _sweep(self) -> None:
        """End what it had started itself: it led a process group of its own."""
        if self.process and sys.platform != "win32":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


def _apart() -> dict[str, Any]:
    """A process group of its own: Ctrl-C reaches us alone, and we stop the others in order."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _pass_on(stream: IO[bytes]) -> None:
    for line in stream:
        sys.stderr.write(line.decode("utf-8", "replace"))
