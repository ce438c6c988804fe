"""The timeline as a table that a spreadsheet opens."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# What a spreadsheet takes for a formula, behind whatever it does not show; full-width signs count where Chinese is written.
_FORMULA = re.compile(r"[\s\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*[=+\-@＝＋－＠]")


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark, as Excel reads it; a cell that would be a formula is made text, and each is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([neutral(cell) for cell in heads])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def neutral(cell: str) -> str:
    """The cell's text, with a leading apostrophe where a spreadsheet would run it (OWASP, CSV injection)."""
    text = str(cell).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if _FORMULA.match(text) else text
