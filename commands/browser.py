"""A Chromium for the browser tests: named, installed, Playwright's own, downloaded, or from Debian's packages."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from commands.say import say
from errors import Unavailable
from settings import read_one

ON_PATH = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
    "microsoft-edge-stable", "msedge",
)  # fmt: skip
ON_MACOS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
ON_WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)


def find_browser() -> Path:
    """The first Chromium there is; nothing is installed. Raises Unavailable, also where DESK_CHROMIUM names none."""
    named = read_one(os.environ, "DESK_CHROMIUM")
    if named is not None:
        if not runs(named):
            raise Unavailable("door.chromium", file=str(named))
        return Path(named)
    found = next((candidate for candidate in candidates() if runs(candidate)), None)
    if found is None:
        raise Unavailable("door.no_browser")
    return found


def provide_browser() -> Path:
    """`find_browser`, and where there is none, install one. Raises Unavailable where that fails too."""
    try:
        return find_browser()
    except Unavailable as missing:
        if missing.key != "door.no_browser":
            raise
    say("door.browser.downloading")
    _quietly([sys.executable, "-m", "playwright", "install", "chromium"])
    if not any(runs(candidate) for candidate in candidates()) and _may_use_apt():
        say("door.browser.apt")
        _quietly(["apt-get", "update"])
        _quietly(["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"])
    return find_browser()


def candidates() -> Iterator[Path]:
    """Where a Chromium may lie on this system, best first."""
    yield from (Path(found) for name in ON_PATH if (found := shutil.which(name)))
    if sys.platform == "darwin":
        yield from map(Path, ON_MACOS)
    if sys.platform == "win32":
        folders = (os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"))
        yield from (Path(folder) / program for folder in folders if folder for program in ON_WINDOWS)
    own = _playwrights_own()
    if own:
        yield own


def _playwrights_own() -> Path | None:
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            return Path(playwright.chromium.executable_path)
    except Exception:  # not installed, or its driver does not run here: the same to us
        return None


def runs(program: Path) -> bool:
    """Whether the program is there and its libraries are too."""
    if not program.is_file():
        return False
    if sys.platform == "win32":  # where --version opens a window instead
        return True
    try:
        return subprocess.run([program, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _may_use_apt() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _quietly(command: list[str]) -> None:
    """Run an installer, its words on stderr; whether it worked is seen by looking for the browser again."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment)
    except OSError as cause:
        print(cause, file=sys.stderr)
