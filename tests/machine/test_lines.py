"""The manners of the machine door, with a handler of our own."""

import io
import json
from typing import Any

import pytest

from commands import machine
from commands.machine import converse
from errors import BadInput

BOM = b"\xef\xbb\xbf"
DEEP = b'{"id": 1, "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def length(row: dict[str, Any]) -> dict[str, Any]:
    """A sample handler: counts characters, refuses what is no text, and breaks on demand."""
    text = row.get("text")
    if not isinstance(text, str):
        raise BadInput("line.not_object")
    if text == "break":
        raise ZeroDivisionError("deliberately")
    if text == "nan":
        return {"length": float("nan")}
    return {"id": "not yours to change", "length": len(text), "text": text}


def talk(given: bytes) -> tuple[int, list[dict[str, Any]]]:
    answers = io.BytesIO()
    status = converse(io.BytesIO(given), answers, length)
    said = answers.getvalue()
    assert said == b"" or said.endswith(b"\n")
    return status, [json.loads(line) for line in said.decode().split("\n")[:-1]]


ANSWERED = [
    pytest.param(b'{"id": 1, "text": "ab"}\n', [(1, 2)], id="one line"),
    pytest.param(b'{"id": 1, "text": "ab"}', [(1, 2)], id="no newline at the end"),
    pytest.param(BOM + b'{"id": 1, "text": "ab"}\n', [(1, 2)], id="byte order mark"),
    pytest.param(b'{"id": 1, "text": "ab"}\r\n{"id": 2, "text": ""}\r\n', [(1, 2), (2, 0)], id="CRLF"),
    pytest.param(b'\n \n{"id": 1, "text": "ab"}\n\n', [(1, 2)], id="blank lines"),
    pytest.param(b'{"id": "a", "text": ""}\n{"id": "a", "text": "b"}\n', [("a", 0), ("a", 1)], id="the same id twice"),
    pytest.param(b'{"id": 1.5, "text": "", "more": [NULL]}\n'.replace(b"NULL", b"null"), [(1.5, 0)], id="extra keys"),
    pytest.param('{"id": "号", "text": "一\u2028二"}\n'.encode(), [("号", 3)], id="a line separator within a text"),
    pytest.param(b'{"id": 1, "text": "\\ud83d\\ude00"}\n', [(1, 1)], id="an escaped pair is one character"),
    pytest.param(b"", [], id="nothing"),
]


@pytest.mark.parametrize(("given", "expected"), ANSWERED)
def test_good_lines_are_answered_in_order_with_their_ids(given: bytes, expected: list[tuple[Any, int]]) -> None:
    status, answers = talk(given)
    assert status == 0
    assert [(answer["id"], answer["length"]) for answer in answers] == expected


BAD = [
    pytest.param(b"not json", None, "line.not_json", id="no JSON"),
    pytest.param(b'{"id": 1', None, "line.not_json", id="cut off"),
    pytest.param(b'{"id": 1, "text": NaN}', None, "line.not_json", id="NaN"),
    pytest.param(b'{"id": 1, "text": -Infinity}', None, "line.not_json", id="Infinity"),
    pytest.param(b'{"id": 1, "text": 1e999}', None, "line.not_json", id="a number beyond all numbers"),
    pytest.param(b'{"id": 1, "text": ' + b"9" * 5000 + b"}", None, "line.not_json", id="a number of 5000 digits"),
    pytest.param(DEEP, None, "line.not_json", id="nested a hundred thousand deep"),
    pytest.param(b"[1, 2]", None, "line.not_object", id="a list"),
    pytest.param(b"null", None, "line.not_object", id="null"),
    pytest.param(b'{"text": "a"}', None, "line.no_id", id="no id"),
    pytest.param(b'{"id": null, "text": "a"}', None, "line.no_id", id="id null"),
    pytest.param(b'{"id": true, "text": "a"}', True, "line.no_id", id="id true"),
    pytest.param(b'{"id": [1], "text": "a"}', [1], "line.no_id", id="id a list"),
    pytest.param(b'{"id": 7}', 7, "line.not_object", id="the handler refuses"),
    pytest.param(b'{"id": 7, "text": "break"}', 7, "line.defect", id="the handler breaks"),
    pytest.param(b'{"id": 7, "text": "nan"}', 7, "line.defect", id="the handler answers what is no JSON"),
]


@pytest.mark.parametrize(("line", "name", "key"), BAD)
def test_a_bad_line_is_told_so_and_the_others_are_answered(line: bytes, name: Any, key: str) -> None:
    status, answers = talk(b'{"id": "before", "text": ""}\n' + line + b'\n{"id": "after", "text": ""}\n')
    assert status == 1
    assert [answer["id"] for answer in answers] == ["before", name, "after"]
    assert answers[1]["key"] == key
    assert answers[1]["error"]
    assert "error" not in answers[0]
    assert "error" not in answers[2]


def test_a_refusal_speaks_the_lines_own_language() -> None:
    _, answers = talk(b'{"id": 1, "lang": "en"}\n{"id": 1, "lang": "zh"}\n{"id": 1, "lang": {}}\n')
    assert answers[0]["error"].isascii()
    assert not answers[1]["error"].isascii()
    assert answers[1] == answers[2]


def test_lone_surrogates_and_broken_bytes_become_replacement_characters() -> None:
    _, answers = talk(b'{"id": "\\udc00", "text": "a\\ud800b"}\n{"id": 2, "text": "\xff\xfe"}\n')
    assert answers[0] == {"id": "\ufffd", "length": 3, "text": "a\ufffdb"}
    assert answers[1]["text"] == "\ufffd\ufffd"


def test_a_line_beyond_all_measure_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "LONGEST_LINE", 1000)
    long = b'{"id": 1, "text": "' + b"x" * 5000 + b'"}'
    status, answers = talk(long + b'\n{"id": 2, "text": ""}\n' + long)
    assert status == 1
    assert [answer.get("key") for answer in answers] == ["line.too_long", None, "line.too_long"]


def test_a_long_line_within_measure_is_read() -> None:
    status, answers = talk(json.dumps({"id": 1, "text": "字" * 1_000_000}).encode() + b"\n")
    assert (status, answers[0]["length"]) == (0, 1_000_000)
