"""Outside text made harmless for a chat window, and cut by bytes where a character ends."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import quote, urlsplit

from monitoring.channels.models import Line

TITLE_BYTES, LINE_BYTES, LINK_CHARS = 240, 600, 800
LONGEST = 2_000
_MARKS = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in "*_`~[]()<>#!|\\@&"})
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff]")


def plain(text: str) -> str:
    """One line without control characters, marks that turn the line around, or halves of characters; of a text longer than
    any platform takes only the beginning."""
    whole = text[:LONGEST].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    clean = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in _BIDI.sub("", whole))
    return " ".join(clean.split())


def unmarked(text: str) -> str:
    """Text in which nothing is markup: WeCom and DingTalk have no way to escape, so marks become their full-width
    likenesses. They neither emphasise, link, load a picture nor call anybody; an address stays readable but is no link."""
    return plain(text).translate(_MARKS).replace("://", "：//")


def cut(text: str, most: int) -> str:
    """At most `most` bytes of UTF-8, ending where a character ends, with … where something was left off."""
    raw = text.encode("utf-8")
    if len(raw) <= most:
        return text
    kept = raw[: max(0, most - 3)].decode("utf-8", "ignore").rstrip("\u200d")
    while kept and unicodedata.combining(kept[-1]):
        kept = kept[:-1]
    return f"{kept}…" if most >= 3 else ""


def link(address: str | None) -> str | None:
    """An http or https address that cannot break out of a markdown link; None for any other."""
    if not address or len(address) > LINK_CHARS:
        return None
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or parts.username:
        return None
    return quote(plain(address), safe=":/?#@!$&'*+,;=%~-._")


def fitting(lines: Sequence[Line], drawn: Callable[[Line], str], most: int, apart: str = "\n") -> str:
    """The lines as drawn, as many as fit into `most` bytes, the last one (the reference) always; … marks what is left off."""
    shown = [drawn(Line(cut(line.text, LINE_BYTES), line.link)) for line in lines]
    while len(_joined(shown, apart).encode("utf-8")) > most and len(shown) > 1:
        shown = [*shown[: -2 if shown[-2] != "…" else -3], "…", shown[-1]] if len(shown) > 2 else shown[-1:]
    return cut(_joined(shown, apart), most)


def _joined(shown: Iterable[str], apart: str) -> str:
    return apart.join(shown)
