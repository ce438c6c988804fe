"""desk.py as a person or a program meets it: real processes, real pipes."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commands import COMMANDS
from commands.say import words

ROOT = Path(__file__).resolve().parents[2]
TEXT = {"id": 1, "lang": "zh", "text": "我们正在核实，今晚 22:30 再次通报。"}


def desk(*arguments: str, given: bytes = b"", **environment: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, str(ROOT / "desk.py"), *arguments],
        input=given, capture_output=True, env=os.environ | environment, cwd="/", timeout=120,
    )  # fmt: skip


def is_one_sentence(said: bytes, key: str, **facts: object) -> bool:
    """The sentence in Chinese and in English, and nothing else."""
    expected = [words(language)(f"error.{key}", **facts) for language in ("zh", "en")]
    return said.decode().splitlines() == expected


def test_help_names_every_command_a_person_may_call() -> None:
    done = desk("--help")
    assert done.returncode == 0
    assert done.stderr == b""
    for name, command in COMMANDS.items():
        assert (f"\n  {name} " in done.stdout.decode()) is not command.inner


def test_without_a_command_the_usage_goes_to_stderr() -> None:
    done = desk()
    assert (done.returncode, done.stdout) == (2, b"")
    assert "desk.py" in done.stderr.decode()


def test_an_unknown_command_is_named() -> None:
    done = desk("clasify")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "“clasify”" in done.stderr.decode()


@pytest.mark.parametrize("command", ["run", "collect", "check-text", "migrate"])
def test_an_unknown_option_is_one_sentence(command: str) -> None:
    done = desk(command, "--fast")
    assert (done.returncode, done.stdout) == (1, b"")
    assert is_one_sentence(done.stderr, "door.unknown_option", command=command, option="--fast")


def test_an_old_python_is_told_so_in_one_sentence() -> None:
    source = (ROOT / "desk.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 4))
    pretend = (
        "import runpy, sys; sys.version_info = (3, 9, 18, 'final', 0); sys.argv = ['desk.py', 'run']\n"
        f"runpy.run_path({str(ROOT / 'desk.py')!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 2
    assert done.stderr.count("3.11") == 2
    assert done.stderr.count("3.9") == 2


def test_a_bad_setting_is_one_sentence() -> None:
    done = desk("run", DESK_PORT="eighty")
    assert done.returncode == 1
    assert is_one_sentence(done.stderr, "setting.bad", name="DESK_PORT", value="eighty")


def test_the_machine_door_needs_no_database_and_no_data_folder(tmp_path: Path) -> None:
    done = desk("check-text", given=json.dumps(TEXT).encode(), DESK_HOME=str(tmp_path / "none"))
    assert done.returncode == 0
    assert json.loads(done.stdout)["id"] == 1
    assert not (tmp_path / "none").exists()


def test_the_machine_door_reads_a_file_as_well(tmp_path: Path) -> None:
    path = tmp_path / "词.jsonl"
    path.write_text(json.dumps(TEXT, ensure_ascii=False) + "\n", encoding="utf-8")
    assert desk("check-text", str(path)).stdout == desk("check-text", "-", given=path.read_bytes()).stdout != b""


def test_a_missing_file_is_one_sentence() -> None:
    done = desk("check-text", "/nowhere.jsonl")
    assert (done.returncode, done.stdout) == (1, b"")
    assert is_one_sentence(done.stderr, "door.no_file", file="/nowhere.jsonl")


def test_answers_are_utf8_whatever_the_terminal_speaks() -> None:
    given = json.dumps(TEXT | {"id": "号码一"}).encode()
    done = desk("check-text", given=given, PYTHONUTF8="0", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert json.loads(done.stdout.decode("utf-8"))["id"] == "号码一"


def test_what_a_library_prints_does_not_reach_the_answers() -> None:
    noisy = (
        "import io, os, sys; from commands import machine\n"
        "def answer(row): print('noise'); os.system('echo more noise'); return {}\n"
        "answers = machine._keep_for_answers(sys.stdout.fileno())\n"
        "machine.converse(io.BytesIO(b'{\"id\": 1}'), answers, answer)"
    )
    done = subprocess.run([sys.executable, "-c", noisy], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == '{"id": 1}\n'
    assert "noise" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no shell pipes")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    lines = (json.dumps(TEXT) + "\n") * 2000
    command = f"{sys.executable} {ROOT / 'desk.py'} check-text | head -n 1"
    done = subprocess.run(command, shell=True, input=lines.encode(), capture_output=True)
    assert json.loads(done.stdout)["id"] == 1
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
def test_a_full_disk_under_the_answers_is_one_sentence() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, str(ROOT / "desk.py"), "check-text"],
            input=json.dumps(TEXT).encode(), stdout=full, stderr=subprocess.PIPE,
        )  # fmt: skip
    assert done.returncode == 1
    assert is_one_sentence(done.stderr, "door.disk_full", file="stdout")


@pytest.mark.parametrize("door", ["classify", "check-text", "draft"])
def test_the_machine_door_carries_neither_streamlit_nor_a_database(door: str) -> None:
    program = (
        "import sys; from importlib import import_module; from commands import machine\n"
        f"import_module(machine.DOORS[{door!r}])\n"
        "print([name for name in ('streamlit', 'pandas', 'plotly', 'sqlalchemy', 'snownlp') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
