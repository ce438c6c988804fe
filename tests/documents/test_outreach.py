"""The outreach plan as Word and Excel, opened and read back."""

import html
import io
import re
import zipfile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from documents.outreach import OutreachSheet, OutreachTable, as_docx, as_xlsx

BAD = "=HYPERLINK(\"http://x\")\x00\x0b"
SHEET = OutreachSheet(
    "澜灶厨电 · 沟通方案 · 截至 2026-03-14 21:17 +08:00", "zh",
    (
        OutreachTable("方案", ("序", "受众", "对他们说"), (("1", "伤者及家属", "第一行\n第二行"), ("2", BAD, "+1")), (1, 3, 6)),
        OutreachTable("次序[与]冲突", ("", ""), (("先后次序", "员工先于媒体知道。"),), (1, 4)),
    ),
    ("示例 · 不会发送",),
)  # fmt: skip


def sheets(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        return {name: whole.read(name).decode() for name in whole.namelist() if name.endswith(".xml")}


def test_word_has_every_cell_in_a_chinese_font_across_the_page():
    document = Document(io.BytesIO(as_docx(SHEET)))
    cells = [cell.text for cell in document.tables[0]._cells]
    assert cells[:6] == ["序", "受众", "对他们说", "1", "伤者及家属", "第一行\n第二行"]
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "宋体"


def test_word_says_on_every_page_that_it_is_an_example():
    document = Document(io.BytesIO(as_docx(SHEET)))
    assert document.sections[0].header.paragraphs[0].text == "示例 · 不会发送"


def test_a_real_incident_carries_no_mark():
    real = OutreachSheet(SHEET.title, "zh", SHEET.tables)
    assert not Document(io.BytesIO(as_docx(real))).sections[0].header.paragraphs[0].text
    assert "示例" not in "".join(sheets(as_xlsx(real)).values())


def test_word_repeats_its_head_and_keeps_rows_whole():
    table = Document(io.BytesIO(as_docx(SHEET))).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:cantSplit")) is not None


def test_excel_holds_text_and_never_a_formula_or_a_link():
    found = sheets(as_xlsx(SHEET))
    assert '=HYPERLINK("http://x")' in html.unescape(found["xl/sharedStrings.xml"])
    pages = [text for name, text in found.items() if name.startswith("xl/worksheets/")]
    assert len(pages) == 2
    assert not any(re.search("<f>|<hyperlink", text) for text in pages)


def test_excel_says_that_it_is_an_example_and_prints_on_one_width():
    found = sheets(as_xlsx(SHEET))
    page = found["xl/worksheets/sheet1.xml"]
    assert "示例" in found["xl/sharedStrings.xml"]
    assert "示例" in page, "in the page header"
    assert 'orientation="landscape"' in page
    assert 'fitToHeight="0"' in page


@pytest.mark.parametrize("make", [as_docx, as_xlsx])
def test_sixty_groups_with_long_texts_are_no_trouble(make):
    rows = tuple((str(number), "组" * 60, "长" * 40_000) for number in range(60))
    assert make(OutreachSheet("t", "zh", (OutreachTable("方案", ("a", "b", "c"), rows, (1, 3, 6)),)))
