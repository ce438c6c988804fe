import os
import sys
from pathlib import Path

import pytest

from commands.browser import find_browser, provide_browser
from commands.test import selection
from errors import Unavailable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs here are shell scripts")


def program(path: Path, script: str = "echo Chromium 1.0") -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH but the shell, with no browser anywhere and no way to download one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("sh", "cp", "chmod", "echo"):
        (folder / tool).symlink_to(f"/bin/{tool}")
    monkeypatch.delenv("DESK_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")
    return folder


def test_the_named_browser_is_taken(bare_machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare_machine / "chromium")
    monkeypatch.setenv("DESK_CHROMIUM", str(program(tmp_path / "mine")))
    assert find_browser() == tmp_path / "mine"


@pytest.mark.parametrize("script", [None, "exit 127"])
def test_a_named_browser_that_does_not_run_is_an_error_and_not_passed_over(
    bare_machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None
) -> None:
    program(bare_machine / "chromium")
    monkeypatch.setenv("DESK_CHROMIUM", str(program(tmp_path / "mine", script) if script else tmp_path / "none"))
    with pytest.raises(Unavailable) as refused:
        provide_browser()
    assert refused.value.key == "door.chromium"


def test_an_installed_browser_is_found_and_a_broken_one_passed_over(bare_machine: Path) -> None:
    program(bare_machine / "chromium", "exit 127")
    program(bare_machine / "google-chrome")
    assert find_browser() == bare_machine / "google-chrome"


def test_where_there_is_none_the_finder_says_what_to_install(bare_machine: Path) -> None:
    with pytest.raises(Unavailable) as missing:
        find_browser()
    assert missing.value.key == "door.no_browser"


@pytest.mark.long  # Playwright tries its download five times
@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root may install packages")
def test_root_on_debian_gets_chromium_and_a_chinese_font_from_the_packages(bare_machine: Path, tmp_path: Path) -> None:
    ready, asked = program(tmp_path / "ready"), tmp_path / "asked"
    program(bare_machine / "apt-get", f'echo "$@" >> {asked}; cp {ready} {bare_machine}/chromium')
    assert provide_browser() == bare_machine / "chromium"
    assert asked.read_text().splitlines()[-1].split()[-2:] == ["chromium", "fonts-noto-cjk"]


def test_long_and_browser_tests_are_chosen_by_switches() -> None:
    assert selection(set())[:2] == ["-m", "not long"]
    assert selection({"--no-browser"})[:2] == ["-m", "not long and not browser"]
    assert "-m" not in selection({"--long"})
