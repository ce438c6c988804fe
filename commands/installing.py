"""An empty environment, and a hashed lock installed into it with uv or pip. Standard library only."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from commands.progress import Progress
from commands.say import say
from errors import Unavailable
from settings import read_one

SPACE_NEEDED = 1_500_000_000  # bytes: what lies in .venv afterwards is about 1.2 GB, and wheels are unpacked beside it

SIGNS = (
    ("door.disk_full", r"No space left on device|Errno 28|os error 28|Disk quota exceeded"),
    ("door.bad_hash", r"DO NOT MATCH THE HASHES|Hash mismatch"),
    ("door.no_index", r"Max retries|NewConnectionError|Failed to establish|name resolution|[Tt]imed? ?out|ProxyError"
                      r"|Could not find a version|No matching distribution|Connection (refused|reset)|SSLError"
                      r"|CERTIFICATE_VERIFY|error sending request|Failed to fetch|dns error|Could not connect"),
)


def make(venv: Path) -> None:
    """An empty virtual environment at `venv`, whatever was there. Raises Unavailable."""
    if shutil.disk_usage(venv.parent).free < SPACE_NEEDED:
        raise Unavailable("door.disk_full", file=str(venv.parent))
    if find_spec("venv"):
        command = [sys.executable, "-m", "venv", "--without-pip", "--clear", str(venv)]
    elif uv := shutil.which("uv"):
        command = [uv, "venv", "--clear", "--python", sys.executable, str(venv)]
    else:
        raise Unavailable("door.no_venv")
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    if done.returncode:
        said = done.stdout + done.stderr
        raise Unavailable(_reason(said), file=str(venv), log=said.strip()[-200:])


def fill(python: Path, lock: Path, log: Path, keep_open: int | None = None) -> None:
    """Install the lock for `python`: with uv where present, with pip where not or where uv does not manage, for pip may be
    configured for a mirror that uv does not know. Raises Unavailable."""
    index = read_one(os.environ, "DESK_PIP_INDEX")
    failure = None
    log.unlink(missing_ok=True)
    for command in ways(python, index):
        said = _run([*command, "--require-hashes", "-r", str(lock)], Progress(lock), log, keep_open)
        if said is None:
            return
        failure = _reason(said)
        if failure in ("door.disk_full", "door.bad_hash"):
            break
    raise Unavailable(failure or "door.no_pip", file=str(python.parent.parent), log=str(log))


def ways(python: Path, index: str | None) -> Iterator[list[str]]:
    """The commands that could install into the environment of `python`, best first."""
    named = ["--index-url", index] if index else []
    trusted = urlsplit(index).hostname if index and index.startswith("http://") else None
    if uv := shutil.which("uv"):
        allowed = ["--allow-insecure-host", trusted] if trusted else []
        yield [uv, "pip", "install", "--compile-bytecode", "--python", str(python), *named, *allowed]
    if pip := _pip(python):
        allowed = ["--trusted-host", trusted] if trusted else []
        yield [*pip, "install", "--no-input", "--disable-pip-version-check", *named, *allowed]


def _pip(python: Path) -> list[str] | None:
    own = [str(python), "-m", "pip"]
    if _works([*own, "--version"]):
        return own
    lent = [sys.executable, "-m", "pip", "--python", str(python)]
    if _works([*lent, "--version"]):
        return lent
    made = find_spec("ensurepip") and _works([str(python), "-m", "ensurepip", "--default-pip"])
    return own if made else None


def _works(command: Sequence[str]) -> bool:
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=_environment()).returncode == 0


def _environment() -> dict[str, str]:
    """Ours, less what would send pip's work elsewhere than into the environment; uv trusts whom the system trusts."""
    elsewhere = {"PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV", "PYTHONHOME", "PYTHONPATH"}
    kept = {name: value for name, value in os.environ.items() if name not in elsewhere}
    return kept | {"PIP_USER": "0", "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "UV_SYSTEM_CERTS": "1"}


def _run(command: Sequence[str], progress: Progress, log: Path, keep_open: int | None) -> str | None:
    """Run an installer, showing how far it is; its last words where it failed, None where it did not."""
    inherited: dict[str, Any] = {} if sys.platform == "win32" or keep_open is None else {"pass_fds": (keep_open,)}
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        encoding="utf-8", errors="replace", env=_environment(), **inherited,
    )
    assert child.stdout is not None
    said: list[str] = []
    with log.open("a", encoding="utf-8") as written, _ended_with_us(child):
        for line in child.stdout:
            written.write(line)
            said.append(line)
            progress.hear(line)
    progress.end()
    return None if child.wait() == 0 else "".join(said[-300:])


@contextmanager
def _ended_with_us(child: "subprocess.Popen[str]") -> Iterator[None]:
    """Ctrl-C and a polite kill stop the installer too, and say that nothing is spoilt."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        yield
    except BaseException as why:
        child.terminate()
        child.wait()
        if isinstance(why, KeyboardInterrupt | SystemExit):
            say("door.interrupted")
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


def _reason(said: str) -> str:
    return next((key for key, sign in SIGNS if re.search(sign, said)), "door.install_failed")
