"""News items as a table that a spreadsheet opens: headline, extract and link, formulas made harmless."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from documents.timeline import neutral

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML 1.0 cannot hold
_WIDEST = 60

Cell = str | int | float | datetime | None


@dataclass(frozen=True)
class ItemTable:
    """`rows` are as wide as `heads`; a datetime is wall time without a zone. `mark` stands above it all (example, drill)."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sheet: str = "items"
    mark: str = ""


def as_csv(table: ItemTable) -> bytes:
    """UTF-8 with a byte order mark, as Excel reads it."""
    out = io.StringIO()
    writer = csv.writer(out)
    if table.mark:
        writer.writerow([neutral(table.mark)])
    writer.writerow([neutral(head) for head in table.heads])
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return neutral(cell) if isinstance(cell, str) else cell


def as_xlsx(table: ItemTable) -> bytes:
    """A workbook of one sheet: text is written as text, so no cell is a formula or a live link; dates are dates."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", table.sheet)[:31])
    bold, dated = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    top = 1 if table.mark else 0
    if table.mark:
        sheet.write_string(0, 0, table.mark)
        sheet.set_header(f"&C{table.mark.replace('&', '&&')[:200]}")
    for column, head in enumerate(table.heads):
        sheet.write_string(top, column, head, bold)
        sheet.set_column(column, column, _width(column, table))
    for number, row in enumerate(table.rows, start=top + 1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, dated)
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, top + max(1, len(table.rows)), len(table.heads) - 1)
    book.close()
    return out.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, dated: object) -> None:
    if isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell, dated)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif cell:
        sheet.write_string(row, column, _ILLEGAL.sub("", cell)[:32_000])


def _width(column: int, table: ItemTable) -> int:
    cells: Iterable[str] = (str(row[column] or "") for row in table.rows[:200])
    longest = max((_length(cell) for cell in (table.heads[column], *cells)), default=8)
    return min(_WIDEST, longest + 2)


def _length(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
