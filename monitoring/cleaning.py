"""Turns what feeds put into titles, texts and links into plain text and safe addresses."""

import html
import re
import unicodedata
from functools import cache
from urllib.parse import quote, urljoin, urlsplit

import nh3

LONGEST_FRAGMENT = 50_000
LONGEST_TITLE = 500
LONGEST_SUMMARY = 400  # a lead: SnowNLP's score saturates with length, and a desk keeps extracts, not articles

_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_BLOCKS = "p|br|div|li|ul|ol|h[1-6]|tr|td|table|blockquote|section|article"
_BREAKS = re.compile(rf"<\s*/?\s*(?:{_BLOCKS})\b[^>]{{0,2000}}>", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_BARE_SPACE = re.compile(r"&nbsp(?![a-zA-Z0-9;])", re.I)
_SPACES = re.compile(r"\s+")
_RELATIVE_TIME = re.compile(r"[\s\-·|]*\d{1,3}\s?(?:秒|分钟|小时|天)前$")
_JOINERS = {"\u200c", "\u200d"}  # part of emoji and of several scripts: kept between letters that are no Han
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_HOST = re.compile(r"(?=.{1,253}$)(?:[\w-]{1,63}\.)+[^\W\d_][\w-]{1,62}", re.UNICODE)
_MAIL = re.compile(
    r"[a-zA-Z0-9_\-.+]+@(?:\[[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.|(?:[a-zA-Z0-9\-]+\.)+)(?:[a-zA-Z]{2,4}|[0-9]{1,3})\]?(?:\?subject=\S+)?"
)
_LOOKS_LIKE_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?::\d+)?(?:[/?#]|$)", re.I)


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(tags=set(), attributes={}, link_rel=None, strip_comments=True)


def plain_text(fragment: str, keep_lines: bool = False) -> str:
    """The text of an HTML fragment, of at most LONGEST_FRAGMENT characters: no markup, no entities, no invisible
    characters. White space becomes single blanks; with `keep_lines` paragraphs stay lines."""
    text = fragment[:LONGEST_FRAGMENT]
    for _ in range(3):  # markup escaped once more than it should be, as in a description inside a description
        text = _once(text)
        if not (_ENTITY.search(text) or _MARKUP.search(text)):
            break
    text = visible(text)
    if not keep_lines:
        return _SPACES.sub(" ", text).strip()
    lines = (_SPACES.sub(" ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _once(text: str) -> str:
    if _MARKUP.search(text):
        text = _cleaner().clean(_BREAKS.sub("\n", text))
    return html.unescape(_BARE_SPACE.sub(" ", text)) if "&" in text else text


def visible(text: str) -> str:
    """The text without control, zero-width and direction characters, replacement characters and lone surrogates."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_seen(text, at) for at in range(len(text))) if _needs_care(text) else text


_CARE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)


def _needs_care(text: str) -> bool:
    return _CARE.search(text) is not None


def _seen(text: str, at: int) -> str:
    character = text[at]
    if not _CARE.match(character):
        return character
    if character in _WINDOWS_CHARACTERS:
        return _WINDOWS[ord(character)]
    if character in _JOINERS or "\ufe00" <= character <= "\ufe0f":
        return character if _joins(text, at) else ""
    return ""


_WINDOWS_CHARACTERS = {chr(code) for code, letter in _WINDOWS.items() if letter}


def _joins(text: str, at: int) -> bool:
    """Whether a joiner or variation selector stands where it has work to do: after an emoji or a letter that joins."""
    if at == 0:
        return False
    before = text[at - 1]
    return unicodedata.category(before) in ("So", "Sk", "Mn", "Mc") or before in "\ufe0f#*0123456789" or (
        unicodedata.category(before) == "Lo" and not "\u2e80" <= before <= "\uffef"
    )  # fmt: skip


def clean_title(fragment: str) -> str:
    """One line, at most LONGEST_TITLE characters, without the "3小时前" that some lists leave in it."""
    text = plain_text(fragment)
    return (_RELATIVE_TIME.sub("", text) or text)[:LONGEST_TITLE].strip()


def clean_summary(fragment: str, most: int = LONGEST_SUMMARY) -> str:
    """Paragraphs as lines, cut at a sentence's end where one lies in the last third, else at `most` characters."""
    text = plain_text(fragment[: 8 * most], keep_lines=True)
    if len(text) <= most and len(fragment) > 8 * most:
        text = plain_text(fragment, keep_lines=True)
    if len(text) <= most:
        return text
    cut = max(text.rfind(stop, most * 2 // 3, most) for stop in "。！？\n.!?")
    return text[: cut + 1].strip() if cut >= 0 else text[: most - 1].rstrip() + "…"


def clean_link(link: str | None, base: str = "") -> str | None:
    """An http(s) address that leads out of this machine, or None. One without a scheme gets its base's, else http."""
    text = visible(html.unescape(link or "")).strip()
    if not text:
        return None
    try:
        whole = _whole(text, base)
        parts = urlsplit(whole)
        parts.port  # noqa: B018 raises for a port that is none
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not _leads_out(parts.hostname or ""):
        return None
    return quote(whole, safe="%/:=&?~#+!$,;'@()*[]-._", encoding="utf-8")[:2000]


def _whole(text: str, base: str) -> str:
    if text.startswith("//"):
        return f"{urlsplit(base).scheme or 'https'}:{text}"
    if urlsplit(text).scheme in ("http", "https"):
        return text
    if _LOOKS_LIKE_HOST.match(text):
        return f"{urlsplit(base).scheme or 'http'}://{text}"
    return urljoin(base, text)


def _leads_out(host: str) -> bool:
    if re.fullmatch(r"[\d.]+|\[?[0-9a-f:.]+:[0-9a-f:.]*\]?", host, re.I):
        from monitoring.addresses import is_public

        return is_public(host.strip("[]"))
    inner = host.endswith((".localhost", ".local", ".internal", ".localdomain")) or host == "localhost"
    return not inner and _HOST.fullmatch(host) is not None


def name_without_mail(author: str) -> str:
    """The name in "name@host (Name)" and its like."""
    mail = _MAIL.search(author) if "@" in author else None
    if mail is None:
        return author
    name = author.replace(mail[0], "").replace("()", "").replace("<>", "").replace("&lt;&gt;", "").strip()
    return name.removeprefix("(").removesuffix(")").strip()
