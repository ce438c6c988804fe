"""The words of a file that somebody brings: .txt, .docx, .pdf, .html. Nothing in it is run or fetched."""

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import PurePath
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from errors import BadInput

LARGEST = 20 * 1024 * 1024  # bytes of a file
LARGEST_INSIDE = 100 * 1024 * 1024  # bytes a Word file may unpack to
MOST_PAGES = 200
ENDINGS = ("txt", "docx", "pdf", "html", "htm")
_PARTS = re.compile(r"/word/(header|footer|footnotes|endnotes)\d*\.xml")


def text_of(name: str, raw: bytes) -> str:
    """The words of a file, one paragraph a line. What it is is told by its first bytes, then by its name.

    Raises BadInput("file.too_large" | "file.unreadable").
    """
    if len(raw) > LARGEST:
        raise BadInput("file.too_large", megabytes=LARGEST // 1024**2)
    read = _reader(name.lower(), raw)
    try:
        return read(raw)
    except (BadInput, ImportError):
        raise
    except Exception as cause:  # a damaged file fails in a dozen ways, each of which means: it cannot be read
        raise BadInput("file.unreadable", file=PurePath(name).name[:80]) from cause


def _reader(name: str, raw: bytes) -> Callable[[bytes], str]:
    if raw.startswith(b"%PDF") or name.endswith(".pdf"):
        return _pdf
    if raw.startswith(b"PK\x03\x04") or name.endswith(".docx"):
        return _docx
    start = raw[:500].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype html", b"<html")) or name.endswith((".html", ".htm")):
        return lambda given: _html(_decoded(given))
    return _decoded


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")  # what Windows editors in China save


# --- Word --------------------------------------------------------------------------------------------------------

def _docx(raw: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        if sum(one.file_size for one in packed.infolist()) > LARGEST_INSIDE:
            raise BadInput("file.too_large", megabytes=LARGEST_INSIDE // 1024**2)
    document = Document(io.BytesIO(raw))
    beside = [part.blob for part in document.part.package.iter_parts() if _PARTS.fullmatch(str(part.partname))]
    return "".join(_spoken(tree) for tree in (document.element.body, *(parse_xml(blob) for blob in beside)))


def _spoken(tree: Any) -> str:
    """The words in reading order; what was struck out in a tracked change is not in w:t and so not said."""
    said = []
    for node in _shown(tree):
        if node.tag in (qn("w:p"), qn("w:br"), qn("w:cr")):
            said.append("\n")
        elif node.tag == qn("w:tab"):
            said.append("\t")
        elif node.tag == qn("w:t"):
            said.append(node.text or "")
    return "".join(said)


def _shown(node: Any) -> Iterator[Any]:
    """Every element but the old-fashioned copies that stand beside new shapes."""
    if str(node.tag).endswith("}Fallback"):
        return
    yield node
    for child in node:
        yield from _shown(child)


# --- PDF ---------------------------------------------------------------------------------------------------------

def _pdf(raw: bytes) -> str:
    import pypdf  # here, since it is only needed for a file that somebody brings

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is said once, in our words
    pages = pypdf.PdfReader(io.BytesIO(raw)).pages
    if len(pages) > MOST_PAGES:
        raise BadInput("file.too_large", megabytes=LARGEST // 1024**2)
    return "\n".join(page.extract_text() for page in pages)


# --- HTML --------------------------------------------------------------------------------------------------------

_SILENT = {"script", "style", "head", "template", "noscript"}
_IN_LINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time",
    "u",
}  # fmt: skip


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._silent += tag in _SILENT
        if tag not in _IN_LINE:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        if tag not in _IN_LINE:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(re.sub(r"\s+", " ", data))


def _html(page: str) -> str:
    words = _Words()
    words.feed(page)
    words.close()
    return "".join(words.said)
