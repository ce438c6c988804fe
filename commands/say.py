"""Sentences for the terminal, in Chinese and English at once: no language is chosen there.

Standard library only, because the first of them are needed before anything is installed.
"""

import json
import sys
from functools import cache
from pathlib import Path
from typing import TextIO

from errors import DeskError
from words import LANGUAGES, Words

UI = Path(__file__).resolve().parent.parent / "templates" / "ui"


@cache
def words(language: str) -> Words:
    """The terminal's sentences (door.yaml) and the errors, read without a YAML library."""
    return Words(language, flat(UI / language / "errors.yaml") | flat(UI / language / "door.yaml"))


def flat(path: Path) -> dict[str, str]:
    """The `key: "sentence"` lines of a flat YAML file; other lines are passed over."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        key, colon, value = line.partition(": ")
        if colon and not key.startswith(("#", " ")):
            found[key] = _scalar(value.strip())
    return found


def _scalar(value: str) -> str:
    if value.startswith('"'):
        return str(json.loads(value))
    if value.startswith("'"):
        return value[1:-1].replace("''", "'")
    return value


def say(key: str, stream: TextIO | None = None, **facts: object) -> None:
    """One sentence, a line in each language, on stderr unless another stream is named."""
    for language in LANGUAGES:
        _write(words(language)(key, **facts), stream)


def say_error(error: DeskError) -> None:
    for language in LANGUAGES:
        _write(words(language).error(error), None)


def _write(line: str, stream: TextIO | None) -> None:
    stream = stream or sys.stderr
    encoding = stream.encoding or "utf-8"
    print(line.encode(encoding, "replace").decode(encoding), file=stream, flush=True)
