"""The first start, on a checkout in small: the real desk.py and bootstrap, one tiny package instead of 80 large ones."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from commands.say import UI, flat

ROOT = Path(__file__).resolve().parents[2]
PYTHON = getattr(sys, "_base_executable", sys.executable)  # as a person would call it, from outside .venv
WHEEL = "tiny_tool-1.0-py3-none-any.whl"
REPORT = """
import json, sys
def main(name, arguments):
    import tiny_tool
    print(json.dumps({"prefix": sys.prefix, "tool": tiny_tool.WORD, "arguments": arguments, "read": sys.stdin.read()}))
    return 7
"""


class Checkout:
    """A desk whose command `migrate` reports what it finds, and an index beside it that holds one wheel."""

    def __init__(self, folder: Path) -> None:
        self.root, self.index = folder / "desk 台", folder / "index"
        self.root.mkdir()
        for name in ("desk.py", "settings.py", "errors.py", "words.py"):
            shutil.copy(ROOT / name, self.root)
        for room in ("accounts", "commands"):
            shutil.copytree(ROOT / room, self.root / room, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "templates" / "ui", self.root / "templates" / "ui")
        (self.root / "commands" / "migrate.py").write_text(REPORT, encoding="utf-8")
        self.publish("好")

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    def publish(self, word: str, digest: str | None = None) -> None:
        """Put a wheel that holds `word` into the index, and its hash into the lock."""
        shelf = self.index / "tiny-tool"
        shelf.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(shelf / WHEEL, "w") as wheel:
            wheel.writestr("tiny_tool.py", f"WORD = {word!r}\n")
            wheel.writestr("tiny_tool-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny-tool\nVersion: 1.0\n")
            wheel.writestr("tiny_tool-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr("tiny_tool-1.0.dist-info/RECORD", "tiny_tool.py,,\n")
        digest = digest or hashlib.sha256((shelf / WHEEL).read_bytes()).hexdigest()
        (shelf / "index.html").write_text(f'<a href="{WHEEL}">{WHEEL}</a>', encoding="utf-8")
        (self.root / "requirements.lock").write_text(f"tiny-tool==1.0 --hash=sha256:{digest}\n", encoding="utf-8")

    def command(self, python: str = PYTHON) -> list[str]:
        return [python, str(self.root / "desk.py"), "migrate", "--given"]

    def environment(self, index: str | None = None) -> dict[str, str]:
        """Next to nothing: no uv, no settings of pip's, nobody's home."""
        return {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.root),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_RETRIES": "0",
            "DESK_PIP_INDEX": index or self.index.as_uri(),
        }

    def start(self, index: str | None = None, python: str = PYTHON) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(python), env=self.environment(index), cwd="/", input="a line for the command",
            capture_output=True, text=True, encoding="utf-8", timeout=120,
        )  # fmt: skip

    def fails_with(self, key: str, **how: Any) -> bool:
        done = self.start(**how)
        assert done.returncode == 1, done.stderr
        assert done.stdout == ""
        assert "Traceback" not in done.stderr
        return done.stderr.splitlines()[-1].startswith(flat(UI / "en" / "door.yaml")[f"error.{key}"].split("{")[0])


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_first_start_installs_and_the_second_needs_no_index(checkout: Checkout) -> None:
    done = checkout.start()
    assert done.returncode == 7, done.stderr
    report = json.loads(done.stdout)  # nothing else is printed there
    assert Path(report["prefix"]) == checkout.venv
    assert report["arguments"] == ["--given"]
    assert (report["tool"], report["read"]) == ("好", "a line for the command")
    assert "1/1  tiny-tool" in done.stderr
    shutil.rmtree(checkout.index)
    again = checkout.start(index="http://127.0.0.1:9/simple")
    assert (again.returncode, again.stderr) == (7, "")
    assert again.stdout == done.stdout


def test_a_changed_lock_is_installed_on_top(checkout: Checkout) -> None:
    checkout.start()
    (checkout.venv / "mine.txt").touch()
    lock = checkout.root / "requirements.lock"
    lock.write_text(lock.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert checkout.start().returncode == 7
    assert (checkout.venv / "mine.txt").exists()


def test_an_unreachable_index_is_one_sentence_and_nothing_counts_as_ready(checkout: Checkout) -> None:
    assert checkout.fails_with("door.no_index", index="http://127.0.0.1:9/simple")
    assert not (checkout.venv / ".desk-ready").exists()
    assert checkout.start().returncode == 7


def test_a_package_that_is_not_the_one_in_the_lock_is_refused(checkout: Checkout) -> None:
    checkout.publish("假", digest="0" * 64)
    assert checkout.fails_with("door.bad_hash")


def test_a_bad_mirror_address_is_one_sentence(checkout: Checkout) -> None:
    assert checkout.fails_with("setting.bad", index="mirror.example")


class NeverAnswers(BaseHTTPRequestHandler):
    asked = threading.Event()

    def do_GET(self) -> None:
        self.asked.set()
        threading.Event().wait(60)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def silent_index() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), NeverAnswers)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/simple"
    server.shutdown()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_installation_is_begun_anew(checkout: Checkout, silent_index: str, by: signal.Signals) -> None:
    NeverAnswers.asked.clear()
    first = subprocess.Popen(
        checkout.command(), env=checkout.environment(silent_index), start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    assert NeverAnswers.asked.wait(60)
    os.killpg(first.pid, by)
    said = first.communicate(timeout=60)[1]
    assert first.returncode not in (0, 7)
    assert "Traceback" not in said
    (checkout.venv / "half-made.txt").touch()
    assert checkout.start().returncode == 7
    assert not (checkout.venv / "half-made.txt").exists()


@pytest.fixture
def bare_python(tmp_path: Path) -> Path:
    """A Python without pip, and without the modules that `hidden.txt` beside it names."""
    base = tmp_path / "base"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(base)], check=True)
    site = next(base.glob("lib/python*/site-packages"))
    (site / "hide.pth").write_text("import hide_modules\n")  # a distribution may have a sitecustomize of its own
    (site / "hide_modules.py").write_text(
        "from importlib.machinery import PathFinder\n"
        f"hidden = open({str(base / 'hidden.txt')!r}).read().split()\n"
        "found = PathFinder.find_spec\n"
        "PathFinder.find_spec = lambda name, *where: None if name in hidden else found(name, *where)\n"
    )
    return base


@pytest.mark.skipif(sys.platform == "win32", reason="another layout of environments")
@pytest.mark.parametrize(("hidden", "key"), [("venv ensurepip", "door.no_venv"), ("ensurepip", "door.no_pip")])
def test_a_python_without_its_tools_is_told_what_to_install(
    checkout: Checkout, bare_python: Path, hidden: str, key: str
) -> None:
    (bare_python / "hidden.txt").write_text(hidden)
    assert checkout.fails_with(key, python=str(bare_python / "bin" / "python"))
