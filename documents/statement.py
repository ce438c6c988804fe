"""A statement as a Word file and as plain text."""

import io
import re
from dataclasses import dataclass

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

# What XML 1.0 cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FONTS = {"zh": ("Times New Roman", "宋体"), "en": ("Calibri", "宋体")}


@dataclass(frozen=True)
class OutgoingText:
    """`marks` stand above the text (example, draft), `stamp` below it (number and hash of what was released)."""

    text: str
    language: str
    marks: tuple[str, ...] = ()
    stamp: str = ""


def as_txt(whole: OutgoingText) -> bytes:
    """UTF-8, lines ended as Windows reads them too."""
    parts = [*whole.marks, whole.text, whole.stamp]
    lines = (part.replace("\r\n", "\n").replace("\n", "\r\n") for part in parts if part)
    return "\r\n\r\n".join(lines).encode("utf-8", "replace")


def as_docx(whole: OutgoingText) -> bytes:
    """A Word file whose Chinese stands in a Chinese font on every machine."""
    document = Document()
    _fonts(document, whole.language)
    for mark in whole.marks:
        _small(document, mark)
    written = [_ILLEGAL.sub("", line).strip() for line in whole.text.splitlines()]
    lines = [line for line in written if line]
    for number, line in enumerate(lines):
        paragraph = document.add_paragraph(line)
        if number == 0 and _is_heading(line, lines):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.runs[0].bold = True
            paragraph.runs[0].font.size = Pt(16)
    if whole.stamp:
        _small(document, whole.stamp)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _is_heading(line: str, lines: list[str]) -> bool:
    return len(lines) > 1 and len(line) <= 60 and not line.rstrip().endswith(("。", ".", "；", ";"))


def _fonts(document, language: str) -> None:
    latin, han = _FONTS["zh" if language.startswith("zh") else "en"]
    style = document.styles["Normal"]
    style.font.name, style.font.size = latin, Pt(12)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), han)
    style.paragraph_format.line_spacing = 1.5
    style.paragraph_format.space_after = Pt(6)


def _small(document, text: str) -> None:
    run = document.add_paragraph().add_run(_ILLEGAL.sub("", text))
    run.font.size = Pt(9)
    run.font.color.rgb = RGBColor(0x66, 0x66, 0x66)
