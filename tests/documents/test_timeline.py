"""The timeline as a table: opened in a spreadsheet it is the log, and never a program."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.timeline import as_csv, neutral

HEADS = ("时间", "谁", "做了什么", "校验值")
STARTS = "=+-@＝＋－＠"


def read(raw: bytes) -> list[list[str]]:
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def would_run(cell: str) -> bool:
    """Whether a spreadsheet that trims what cannot be seen would take the cell for a formula."""
    seen = cell.lstrip().lstrip("".join(one for one in cell if unicodedata.category(one) in ("Cc", "Cf", "Zs")))
    return seen.startswith(tuple(STARTS))


def test_it_is_read_back_as_it_was_written():
    rows = [("2026-05-12 21:40 +08:00", "沈知远", '说："先救人"，\n不谈责任', "ab12")]
    assert read(as_csv(HEADS, rows)) == [list(HEADS), list(rows[0])]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\n", "\u00a0", "\u3000", "\ufeff", "\u200b", " \t "])
def test_a_cell_that_would_run_is_made_text(before: str, start: str):
    assert neutral(f"{before}{start}cmd|' /C calc'!A0").startswith("'")


@settings(deadline=None)
@given(st.text())
def test_no_cell_would_run_and_no_character_is_lost(text: str):
    cell = neutral(text)
    assert not would_run(cell)
    assert cell.removeprefix("'").replace("\n", "") == text.removeprefix("'").replace("\r", "").replace("\n", "") or cell == text


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(), st.text()), max_size=4))
def test_rows_and_columns_stay_rows_and_columns(rows: list[tuple[str, str]]):
    found = read(as_csv(("a", "b"), rows))
    assert [len(row) for row in found] == [2] * (len(rows) + 1)
    assert not any(would_run(cell) for row in found for cell in row)


def test_every_cell_is_quoted_so_that_another_separator_cannot_cut_it_open():
    assert as_csv(("谁",), [("王;=1+1",)]).decode("utf-8-sig") == '"谁"\r\n"王;=1+1"\r\n'
