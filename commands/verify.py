"""`desk.py verify FILE`: whether a text is one that was released. Without FILE: whether all records are whole.

`desk.py verify --heads` prints the newest hash of every incident, one line each, to be kept elsewhere (a mail, a sheet of
paper); `desk.py verify --heads FILE` tells whether the records still hold the hashes of such lines.

Exit status 0: released unchanged, or whole; 1: altered, a draft, or broken; 2: unknown, or not to be read.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from documents.answer import answer_lines
from documents.envelope import opened
from documents.reading import text_of
from errors import BadInput, DeskError, Unavailable
from settings import Settings
from storage import content
from storage.database import Engine, make_engine, reading, upgrade
from words import Words
from workflows.verify_text import around, verify_text
from workflows.verify_trail import Trail, heads, not_in_the_trail, verify_trail

STATUS = {"released": 0, "altered": 1, "draft": 1, "unknown": 2}


def main(name: str, arguments: list[str]) -> int:
    if arguments[:1] == ["--heads"]:
        return _with_desk(lambda engine, settings, w: _heads(engine, w, arguments[1:]))
    unknown = [one for one in arguments if one.startswith("-") and one != "-"] + arguments[1:]
    if unknown:
        raise BadInput("door.unknown_option", command=name, option=unknown[0])
    return _with_desk(lambda engine, settings, w: _file(arguments[0], engine, settings, w) if arguments else _records(engine, w))


def _with_desk(answer: Callable[[Engine, Settings, Words], int]) -> int:
    settings = Settings.from_environment(os.environ)
    w = content.words(settings.language)
    engine = make_engine(settings.database_url)
    upgrade(engine)
    try:
        return answer(engine, settings, w)
    finally:
        engine.dispose()


def _records(engine: Engine, w: Words) -> int:
    with reading(engine) as connection:
        found = verify_trail(connection)
    for line in trail_lines(found, w):
        _say(line)
    return 1 if found.faults else 0


def _heads(engine: Engine, w: Words, files: list[str]) -> int:
    with reading(engine) as connection:
        if not files:
            for head in heads(connection):
                _say(head.line)
            return 0
        lines = _read(files[0]).decode("utf-8", "replace").splitlines()
        lost = not_in_the_trail(connection, lines)
    for head in lost:
        _say(w("verify.heads.lost", incident=head.incident_id, sequence=head.sequence))
    if not lost:
        _say(w("verify.heads.held"))
    return 1 if lost else 0


def trail_lines(found: Trail, w: Words) -> list[str]:
    if not found.faults:
        counts = {"incidents": found.incidents, "events": found.events, "publications": found.publications}
        return [w("verify.trail.whole", **counts)]
    return [
        w(f"verify.trail.fault.{one.kind}", incident=one.incident_id, title=one.title, sequence=one.sequence)
        for one in found.faults
    ]


def _file(file: str, engine: Engine, settings: Settings, w: Words) -> int:
    try:
        raw = _read(file)
        text = opened(text_of(file, raw), around())
    except DeskError as error:
        print(w.error(error), file=sys.stderr)
        return 2
    with reading(engine) as connection:
        answer = verify_text(connection, text.text, loose=raw.startswith(b"%PDF"))
    for line in answer_lines(answer, text, settings.zone, w, content.kind_name):
        _say(line)
    return STATUS[answer.state]


def _read(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as cause:
        raise Unavailable("door.no_file", file=file) from cause


def _say(line: str) -> None:
    sys.stdout.buffer.write(line.encode() + b"\n")
    sys.stdout.flush()
