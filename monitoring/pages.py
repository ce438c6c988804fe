"""A saved web page, a mail archive of one (.mht) or plain text, read as text alone: nothing in it is run, loaded or kept."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from html.parser import HTMLParser

from monitoring.cleaning import LONGEST_SUMMARY, clean_summary, clean_title, visible
from monitoring.decode import decode

MOST_BYTES = 12 * 1024 * 1024
MOST_CHARACTERS = 1_500_000
_ENDINGS = (".html", ".htm", ".txt", ".mht", ".mhtml")
_SILENT = {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "head", "select", "button", "nav", "form"}
_EMPTY = {"br", "img", "input", "hr", "meta", "link", "source", "wbr", "area", "base", "col", "embed", "param", "track"}
_BLOCKS = {"p", "div", "li", "ul", "ol", "tr", "td", "table", "blockquote", "section", "article", "br"}
_BLOCKS |= {f"h{level}" for level in range(1, 7)}
_TITLES = ("og:title", "twitter:title")
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|article|meta|title|span|h1)\b", re.I)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True)
class Page:
    """`title` and `text` are plain; `text` has a paragraph a line. Both are empty where nothing could be read."""

    title: str
    text: str


def known_ending(name: str) -> bool:
    return name.lower().endswith(_ENDINGS)


def read_page(body: bytes, content_type: str | None = None) -> Page:
    """The title and the words of a page, whatever is in it; at worst both are empty."""
    kind, body = _unpacked(body[:MOST_BYTES], content_type)
    text = decode(body, kind).text[:MOST_CHARACTERS]
    if not _MARKUP.search(text[:50_000]):
        return read_text(text)
    reader = _Reader()
    reader.feed(text)
    reader.close()
    words = _tidy("".join(reader.words))
    title = clean_title(reader.announced or reader.heading or reader.title or words.split("\n")[0])
    return Page(title, words)


def read_text(text: str) -> Page:
    """Pasted words: the first line is the title, where it is one; markup in them is taken out."""
    words = _tidy(_TAGS.sub(" ", text) if _MARKUP.search(text) else text)
    first, _, rest = words.partition("\n")
    return Page(clean_title(first), rest if rest and len(first) <= 120 else words)


def lead(page: Page) -> str:
    """As much of the text as the desk keeps of an item."""
    return clean_summary(page.text.replace("<", "＜"), LONGEST_SUMMARY)


def _unpacked(body: bytes, content_type: str | None) -> tuple[str | None, bytes]:
    """Of a mail archive its page; anything else as it is."""
    head = body[:3_000].lower()
    if b"mime-version:" not in head and b"content-type: multipart/" not in head:
        return content_type, body
    for part in message_from_bytes(body).walk():
        if part.get_content_type() in ("text/html", "text/plain"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                charset = part.get_content_charset()
                return (f"text/html; charset={charset}" if charset else None), payload
    return content_type, b""


def _tidy(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in visible(text).splitlines())
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    """Collects words in one pass, without a tree: nesting costs nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.title = self.heading = self.announced = ""
        self._silent: list[str] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta":
            self._announce(dict(attrs))
        if tag in ("title", "h1"):
            self._in = tag
        if tag == "body":
            self._silent.clear()
        elif tag in _SILENT and tag not in _EMPTY:
            self._silent.append(tag)
        if tag in _BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._in:
            self._in = ""
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        if tag in _BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if self._in == "title":
            self.title += data
        elif not self._silent:
            if self._in == "h1":
                self.heading += data
            self.words.append(data)

    def _announce(self, values: dict[str, str | None]) -> None:
        if (values.get("property") or values.get("name") or "").lower() in _TITLES and not self.announced:
            self.announced = values.get("content") or ""
