"""A statement as a PDF. The page is set by typst; the words go in as data, so that none of them is taken for markup."""

import json
import re
from datetime import UTC
from functools import lru_cache

import typst

from documents.outgoing import OutgoingText, clean
from errors import Unavailable

# The first of these that the machine has; serif first, as statements are printed.
HAN_FONTS = (
    "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "STSong", "SimSun", "NSimSun", "FangSong",
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Microsoft YaHei UI", "SimHei",
    "Heiti SC", "Hiragino Sans GB", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "AR PL UMing CN", "Droid Sans Fallback",
    "Noto Serif CJK TC", "Noto Sans CJK TC", "Noto Sans CJK JP", "PMingLiU", "Microsoft JhengHei",
)  # fmt: skip
LATIN_FONT = "Libertinus Serif"  # comes with typst
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

_PAGE = r"""
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, author: d.author, keywords: d.keywords,
  date: datetime(year: d.at.at(0), month: d.at.at(1), day: d.at.at(2), hour: d.at.at(3), minute: d.at.at(4), second: d.at.at(5)))
#set text(font: d.fonts, lang: d.lang, region: d.region, size: 11.5pt, hyphenate: false)
#set par(leading: 0.95em, spacing: 1.35em, justify: false)
#set page(paper: "a4", margin: (x: 2.6cm, y: 2.6cm),
  header: text(size: 8.5pt, fill: luma(35%), d.kind),
  footer: context {
    set text(size: 8.5pt, fill: luma(35%))
    set par(spacing: 0.6em)
    par(d.stamp)
    par(counter(page).display("1 / 1", both: true))
  },
  background: rotate(-35deg, text(size: 64pt, fill: luma(228), d.watermark)))
#for mark in d.marks { block(stroke: 0.8pt + luma(40%), inset: 6pt, text(size: 10pt, mark)) }
#if d.heading != none { align(center, heading(level: 1, outlined: false, text(size: 16pt, d.heading))); v(0.6em) }
#for line in d.lines { par(line) }
"""


def as_pdf(whole: OutgoingText) -> bytes:
    """A4, tagged. Raises Unavailable("pdf.no_font") where Chinese is to be set and the machine has no Chinese font."""
    made = typst.compile(_PAGE.encode(), sys_inputs={"data": json.dumps(_data(whole), ensure_ascii=False)})
    assert isinstance(made, bytes)
    return made


def can_set(whole: OutgoingText) -> bool:
    """Whether this machine has the letters of the text."""
    return han_font() is not None or not _needs_han(whole)


@lru_cache(maxsize=1)
def han_font() -> str | None:
    """The Chinese font that PDFs are set in; looked for once, since it takes a third of a second."""
    families = set(typst.Fonts().families())
    return next((name for name in HAN_FONTS if name in families), None)


def _needs_han(whole: OutgoingText) -> bool:
    return bool(_HAN.search("".join((whole.text, whole.stamp, whole.kind, whole.watermark, *whole.marks))))


def _data(whole: OutgoingText) -> dict[str, object]:
    if not can_set(whole):
        raise Unavailable("pdf.no_font")
    lines, heading = list(whole.lines), whole.heading
    at = whole.at.astimezone(UTC).timetuple()[:6] if whole.at else (2000, 1, 1, 0, 0, 0)
    language, _, region = whole.tag.partition("-")
    return {
        "title": heading or whole.kind or whole.firm or "-", "author": clean(whole.firm), "keywords": list(whole.keywords),
        "fonts": [name for name in (LATIN_FONT, han_font() if _needs_han(whole) else None) if name],
        "lang": language, "region": region or None, "at": list(at),
        "kind": clean(whole.kind), "stamp": clean(whole.stamp), "watermark": clean(whole.watermark),
        "marks": [clean(mark) for mark in whole.marks], "heading": heading, "lines": lines[1:] if heading else lines,
    }  # fmt: skip
