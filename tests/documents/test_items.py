"""Items as .csv and .xlsx: text stays text, dates are dates, an example says so."""

import csv
import io
import re
import zipfile
from datetime import datetime

from documents.items import ItemTable, as_csv, as_xlsx

TABLE = ItemTable(
    heads=("时间", "标题", "严重度"),
    rows=(
        (datetime(2026, 3, 14, 21, 17), '=HYPERLINK("http://x","看")', 2),
        (datetime(2026, 3, 14, 21, 18), "+1\x0b\ufffe@SUM(A1)", 0),
        (None, "https://press.example/1", None),
    ),
    sheet="报道:[1]",
    mark="示例：均为虚构",
)


def test_a_cell_that_would_run_in_a_spreadsheet_is_text_in_csv():
    rows = list(csv.reader(io.StringIO(as_csv(TABLE).decode("utf-8-sig"))))
    assert rows[:2] == [["示例：均为虚构"], ["时间", "标题", "严重度"]]
    assert rows[2] == ["2026-03-14 21:17:00", "'=HYPERLINK(\"http://x\",\"看\")", "2"]
    assert rows[3][1].startswith("'+1")


def test_a_workbook_has_no_formula_no_live_link_and_real_dates():
    with zipfile.ZipFile(io.BytesIO(as_xlsx(TABLE))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
        assert not [name for name in book.namelist() if "sheet1.xml.rels" in name]
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert '=HYPERLINK("http://x","看")' in [text.replace("&quot;", '"') for text in texts]
    assert "+1@SUM(A1)" in texts
    assert texts[0] == "示例：均为虚构"
    assert re.search(r'<c r="A3" s="\d+"><v>46095\.88', sheet)


def test_an_empty_table_still_opens():
    empty = ItemTable(("时间",), ())
    assert as_xlsx(empty)[:2] == b"PK"
    assert as_csv(empty).decode("utf-8-sig").strip() == "时间"
