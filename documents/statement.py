"""A statement as plain text and as a Word file."""

import io
from datetime import UTC

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from documents.outgoing import OutgoingText, clean

__all__ = ["OutgoingText", "as_docx", "as_txt"]

_FONTS = {True: ("Times New Roman", "宋体"), False: ("Calibri", "宋体")}
_GREY = RGBColor(0x59, 0x59, 0x59)
_NOTE = "Desk Note"


def as_txt(whole: OutgoingText) -> bytes:
    """UTF-8, lines ended as Windows reads them too; the whole hash below, since plain text has no metadata."""
    named = f"SHA-256: {whole.sha256}" if whole.sha256 else ""
    below = "\n".join(part for part in (whole.stamp, named) if part)
    lines = (part.replace("\r\n", "\n").replace("\n", "\r\n") for part in (*whole.marks, whole.text, below) if part)
    return "\r\n\r\n".join(lines).encode("utf-8", "replace")


def as_docx(whole: OutgoingText) -> bytes:
    """A Word file whose Chinese stands in a Chinese font on every machine; marks on top, stamp and pages at the foot."""
    document = Document()
    _styles(document, whole)
    _margins(document, whole)
    _properties(document, whole)
    for mark in whole.marks:
        document.add_paragraph(clean(mark), style=_NOTE)
    for number, line in enumerate(whole.lines):
        document.add_paragraph(line, style="Title" if number == 0 and whole.heading else "Normal")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# --- styles ------------------------------------------------------------------------------------------------------

def _styles(document, whole: OutgoingText) -> None:
    note = document.styles.add_style(_NOTE, 1)
    note.base_style = document.styles["Normal"]
    for name, size in (("Normal", 12), ("Title", 16), ("Header", 9), ("Footer", 9), (_NOTE, 10)):
        _letters(document.styles[name], size, whole)
    normal, title = document.styles["Normal"], document.styles["Title"]
    normal.paragraph_format.line_spacing, normal.paragraph_format.space_after = 1.5, Pt(6)
    title.font.bold, title.font.color.rgb = True, RGBColor(0, 0, 0)
    title.paragraph_format.alignment, title.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(12)
    for line in title.element.findall(f".//{qn('w:pBdr')}"):
        line.getparent().remove(line)
    for name in ("Header", "Footer", _NOTE):
        document.styles[name].font.color.rgb = _GREY


def _letters(style, size: int, whole: OutgoingText) -> None:
    """Font and language by name: the theme's fonts know no Chinese."""
    latin, han = _FONTS[whole.chinese]
    style.font.name, style.font.size = latin, Pt(size)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), han)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "en-GB")
    spoken.set(qn("w:eastAsia"), "zh-CN")
    properties.append(spoken)


# --- margins: what it is above, number and pages below -----------------------------------------------------------

def _margins(document, whole: OutgoingText) -> None:
    section = document.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.add_run(clean(whole.kind))
    if whole.watermark:
        head._p.append(_across(clean(whole.watermark)))
    if whole.stamp:
        foot.add_run(clean(whole.stamp))
        foot.add_run().add_break()
    for code in ("PAGE", "NUMPAGES"):
        if code == "NUMPAGES":
            foot.add_run(" / ")
        _field(foot, code)


def _field(paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)


_SHAPE = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:o="urn:schemas-microsoft-com:office:office"><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136"
 coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>
<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t"
 o:connecttype="rect"/><v:textpath on="t" fitshape="t"/><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>
<v:shape id="PowerPlusWaterMarkObject" o:spid="_x0000_s2049" type="#_x0000_t136" o:allowincell="f" fillcolor="#d9d9d9"
 stroked="f" style="position:absolute;margin-left:0;margin-top:0;width:420pt;height:90pt;rotation:315;z-index:-251658752;
mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;
mso-position-vertical-relative:margin"><v:fill opacity=".6"/><v:textpath style="font-family:'SimSun'"/></v:shape>
</w:pict></w:r>"""


def _across(word: str):
    """The word across the page, as Word makes its own watermarks: WordArt in the header (ECMA-376 part 4, VML)."""
    run = parse_xml(_SHAPE)
    run.find(".//{urn:schemas-microsoft-com:vml}shape/{urn:schemas-microsoft-com:vml}textpath").set("string", word)
    return run


def _properties(document, whole: OutgoingText) -> None:
    about = document.core_properties
    about.title, about.subject = clean(whole.heading or whole.kind)[:255], clean(whole.kind)[:255]
    about.author = about.last_modified_by = clean(whole.firm)[:255]
    about.keywords, about.identifier = ", ".join(whole.keywords)[:255], f"sha256:{whole.sha256}" if whole.sha256 else ""
    about.language, about.comments = whole.tag, clean(" · ".join((*whole.marks, whole.stamp)))[:255]
    if whole.at:
        about.created = about.modified = whole.at.astimezone(UTC).replace(tzinfo=None)
