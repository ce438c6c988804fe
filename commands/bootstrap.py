"""Makes `.venv` out of a hashed lock, once, and goes on inside it. Standard library only.

`.venv/.desk-ready` names the lock files that are wholly installed; it is written last. `.venv/.desk-installing` stands
while an installation is under way: where it is found at a start, what lies in `.venv` is not trusted but made anew.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from commands import installing, locks
from commands.say import say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = {"run": ("requirements.lock",), "dev": ("requirements.lock", "requirements-dev.lock")}


def enter(needs: str) -> None:
    """Return inside `.venv` with everything of `needs` installed; started outside it, the process is replaced.

    Started with the Python of `.venv` by hand, the environment is taken as it is.
    """
    if inside(VENV):
        return
    if not is_ready(VENV, needs):
        with locks.held(ROOT / "desk.py") as handle:
            if not is_ready(VENV, needs):  # another start may have finished it while this one waited
                install(VENV, needs, keep_open=handle)
    _go_on(python_of(VENV))


def inside(venv: Path) -> bool:
    return Path(sys.prefix).resolve() == venv.resolve()


def python_of(venv: Path) -> Path:
    return venv / "Scripts" / "python.exe" if sys.platform == "win32" else venv / "bin" / "python"


def is_ready(venv: Path, needs: str) -> bool:
    """Whether the stamp says that exactly today's locks are installed, for the interpreter that is still there."""
    try:
        stamp = json.loads((venv / ".desk-ready").read_text(encoding="utf-8"))
        return stamp["python"] == _interpreter(venv) and _digests(needs).items() <= stamp["locks"].items()
    except (OSError, ValueError, KeyError, AttributeError):
        return False


def _interpreter(venv: Path) -> str:
    return str(python_of(venv).resolve(strict=True))


def _digests(needs: str) -> dict[str, str]:
    return {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in LOCKS[needs]}


def install(venv: Path, needs: str, keep_open: int | None = None) -> None:
    """Make or mend `venv` so that it holds the locks of `needs`. Raises Unavailable saying what stands in the way."""
    say("door.installing", stream=sys.stderr)
    unfinished = venv / ".desk-installing"
    if unfinished.exists() or not _usable(venv):
        installing.make(venv)
    unfinished.touch()
    (venv / ".desk-ready").unlink(missing_ok=True)
    digests = _digests(needs)
    installing.fill(python_of(venv), ROOT / LOCKS[needs][-1], log=venv / "install.log", keep_open=keep_open)
    _stamp(venv, digests)
    unfinished.unlink()
    say("door.installed", stream=sys.stderr)


def _usable(venv: Path) -> bool:
    return (venv / "pyvenv.cfg").is_file() and python_of(venv).exists()


def _stamp(venv: Path, digests: dict[str, str]) -> None:
    stamp = {"python": _interpreter(venv), "locks": digests}
    draft = venv / ".desk-ready.draft"
    draft.write_text(json.dumps(stamp), encoding="utf-8")
    os.replace(draft, venv / ".desk-ready")


def _go_on(python: Path) -> None:
    os.environ["PYTHONUTF8"] = "1"
    command = [str(python), *sys.argv]
    if sys.platform != "win32":
        os.execv(command[0], command)
    with subprocess.Popen(command) as child:  # Windows' exec returns to the shell at once
        while True:
            try:
                sys.exit(child.wait())
            except KeyboardInterrupt:
                continue  # the child was told as well and is tidying up
