"""The outreach plan as a sheet for the wall: Word (landscape, a page header that says what it is) and Excel."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML 1.0 cannot hold
_FONTS = {"zh": ("Times New Roman", "宋体"), "en": ("Calibri", "宋体")}
_MARGIN = Cm(1.5)
MAX_CELL = 32_000  # an Excel cell holds 32,767 characters


@dataclass(frozen=True)
class OutreachTable:
    """A table of texts; `widths` are relative."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class OutreachSheet:
    """`marks` (an example, a drill) stand on every page."""

    title: str
    language: str
    tables: tuple[OutreachTable, ...]
    marks: tuple[str, ...] = ()


def as_docx(sheet: OutreachSheet) -> bytes:
    document = Document()
    _page(document, sheet)
    document.add_heading(_clean(sheet.title), level=1)
    for number, table in enumerate(sheet.tables):
        if number:
            document.add_heading(_clean(table.title), level=2)
        _table(document, table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document, sheet: OutreachSheet) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    latin, han = _FONTS["zh" if sheet.language.startswith("zh") else "en"]
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = latin
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), han)
    document.styles["Normal"].font.size = Pt(9)
    for mark in sheet.marks:
        run = section.header.paragraphs[0].add_run(_clean(mark))
        run.font.size, run.bold = Pt(14), True


def _table(document, table: OutreachTable) -> None:
    made = document.add_table(rows=1, cols=len(table.heads), style="Table Grid")
    made.autofit = False
    _fill(made.rows[0], table.heads, table, bold=True)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in table.rows:
        added = made.add_row()
        whole = OxmlElement("w:cantSplit")
        added._tr.get_or_add_trPr().append(whole)
        _fill(added, row, table)


def _fill(row, texts: Sequence[str], table: OutreachTable, bold: bool = False) -> None:
    room = Cm(29.7) - 2 * _MARGIN
    for cell, text, width in zip(row.cells, texts, table.widths, strict=True):
        cell.width = int(room * width / sum(table.widths))
        cell.paragraphs[0].add_run(_clean(text)).bold = bold


def as_xlsx(sheet: OutreachSheet) -> bytes:
    """A worksheet a table; every cell is text, whatever it begins with."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "mark": book.add_format({"bold": True, "font_color": "#B3261E"}),
            "head": book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#EEF1EF", "valign": "top"}),
            "cell": book.add_format({"text_wrap": True, "border": 1, "valign": "top", "num_format": "@"}),
        }
        for table in sheet.tables:
            _worksheet(book, sheet, table, formats)
    return out.getvalue()


def _worksheet(book, sheet: OutreachSheet, table: OutreachTable, formats: dict) -> None:
    page = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", table.title)[:31])
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    top = 0
    for mark in sheet.marks:
        page.write_string(top, 0, _clean(mark), formats["mark"])
        top += 1
    if sheet.marks:
        page.set_header(f"&C&14{_clean(' '.join(sheet.marks)).replace('&', '&&')[:200]}")
    page.write_string(top, 0, _clean(sheet.title), formats["title"])
    top += 1
    for column, (head, width) in enumerate(zip(table.heads, table.widths, strict=True)):
        page.set_column(column, column, width * 130 / sum(table.widths))
        page.write_string(top, column, _clean(head), formats["head"])
    page.repeat_rows(top)
    page.freeze_panes(top + 1, 0)
    for number, row in enumerate(table.rows, top + 1):
        for column, text in enumerate(row):
            page.write_string(number, column, _clean(text)[:MAX_CELL], formats["cell"])


def _clean(text: str) -> str:
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
