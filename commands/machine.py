"""The machine door: JSON Lines in, one JSON line out for each, in the same order and with the same id.

Blank lines are passed over. A line that cannot be answered yields {"id", "error", "key"}; the others are answered all
the same and the exit status is 1. Nothing but answers reaches standard output, whatever a library prints.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from commands.say import words
from errors import BadInput, DeskError, Unavailable
from words import LANGUAGES

Row = dict[str, Any]
Answer = Callable[[Row], Row]

DOORS = {
    "classify": "commands.door_classify",
    "check-text": "commands.door_check_text",
    "draft": "commands.door_draft",
    "score": "commands.door_score",
}
LONGEST_LINE = 16 * 1024 * 1024  # bytes


def main(name: str, arguments: list[str]) -> int:
    unknown = [argument for argument in arguments if argument.startswith("-") and argument != "-"] + arguments[1:]
    if unknown:
        raise BadInput("door.unknown_option", command=name, option=unknown[0])
    source = _open(arguments[0] if arguments else "-")
    answers = _keep_for_answers(sys.stdout.fileno())
    try:
        return converse(source, answers, import_module(DOORS[name]).answer)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), answers.fileno())  # what is still buffered has no reader
        return 1


def _open(file: str) -> BinaryIO:
    if file == "-":
        return sys.stdin.buffer
    try:
        return Path(file).open("rb")
    except OSError as cause:
        raise Unavailable("door.no_file", file=file) from cause


def _keep_for_answers(stdout: int) -> BinaryIO:
    """Standard output for the answers alone: what anything else prints from now on goes to stderr."""
    answers = os.fdopen(os.dup(stdout), "wb")
    os.dup2(sys.stderr.fileno(), stdout)
    return answers


def converse(source: BinaryIO, answers: BinaryIO, answer: Answer) -> int:
    """Answer every line of `source`; 0 where all could be answered, 1 where one could not."""
    status = 0
    for number, line in enumerate(_lines(source), start=1):
        reply = reply_to(line, answer, number)
        status |= "error" in reply
        answers.write(_encoded(reply))
        answers.flush()
    return status


def _lines(source: BinaryIO) -> Iterator[bytes | None]:
    """The lines that are not blank, without their ends; None for one that is too long to be read."""
    start = source.readline(LONGEST_LINE + 1).removeprefix(b"\xef\xbb\xbf")
    while start:
        if len(start) > LONGEST_LINE:
            while start and not start.endswith(b"\n"):
                start = source.readline(LONGEST_LINE)
            yield None
        elif start.strip():
            yield start.strip()
        start = source.readline(LONGEST_LINE + 1)


def reply_to(line: bytes | None, answer: Answer, number: int = 0) -> Row:
    """The whole answer to one line."""
    row: Row = {}
    try:
        row = parse(line)
        reply = {"id": row["id"], **{name: value for name, value in answer(row).items() if name != "id"}}
        _encoded(reply)  # an answer that is no JSON is an error of this line, not of the run
        return reply
    except DeskError as error:
        return _refusal(row, error)
    except Exception as error:
        print(f"line {number}: {_where(error)}", file=sys.stderr)
        return _refusal(row, DeskError("line.defect", kind=type(error).__name__))


def _where(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__}: {str(error)[:300]} ({place})"


def parse(line: bytes | None) -> Row:
    """A line as an object with an id, lone surrogates replaced. Raises BadInput, with what could be read as `row`."""
    if line is None:
        raise BadInput("line.too_long", megabytes=LONGEST_LINE // 1024**2)
    try:
        row = _mended(json.loads(line.decode("utf-8", "replace"), parse_constant=_no_number, parse_float=_finite))
    except (ValueError, RecursionError) as cause:
        raise BadInput("line.not_json") from cause
    if not isinstance(row, dict):
        raise BadInput("line.not_object")
    if not isinstance(row.get("id"), str | int | float) or isinstance(row["id"], bool):
        raise BadInput("line.no_id", row=row)
    return row


def _no_number(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are no JSON


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError(digits)
    return number


def _mended(value: Any) -> Any:
    """The same value with U+FFFD for every lone surrogate, one for one, so that positions hold."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(name): _mended(item) for name, item in value.items()}
    return value


def _refusal(row: Row, error: DeskError) -> Row:
    row = row or error.facts.get("row", {})
    language = row.get("lang") if row.get("lang") in LANGUAGES else LANGUAGES[0]
    return {"id": row.get("id"), "error": words(str(language)).error(error), "key": error.key}


def _encoded(reply: Row) -> bytes:
    return json.dumps(_mended(reply), ensure_ascii=False, allow_nan=False).encode() + b"\n"

