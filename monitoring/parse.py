"""Bytes → ParsedFeed: plain RSS and Atom by plain_feed.py, all other XML by feedparser, JSON Feed by jsonfeed.py.

feedparser gets UTF-8 that we decoded ourselves, and neither sanitises nor resolves: every fragment becomes plain text here.
What it reads may be made to keep it busy for minutes, so callers run `parse` in a process they can end
(workflows/parse_guarded.py).
"""

import re
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import feedparser
import feedparser.api

from monitoring import plain_feed
from monitoring.cleaning import clean_link, clean_summary, clean_title, plain_text
from monitoring.dates import read_date
from monitoring.decode import Decoded, decode
from monitoring.jsonfeed import entries_of_json, looks_like_json
from monitoring.models import ParsedFeed, ParsedItem, Problem
from monitoring.shorten import shorten
from monitoring.unpacking import Spoilt, TooMuch, gunzip, is_gzip

feedparser.api.PREFERRED_XML_PARSERS = ["monitoring.buffered_expat"]

MOST_BYTES = 16 * 1024 * 1024
MOST_ITEMS = 5_000
DEEPEST = 1_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,500}\?>", re.I)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]{0,1000}(\[.{0,1000000}?\]\s*)?>", re.I | re.S)
_ENTITY = re.compile(r"""<!ENTITY\s+(%\s+)?([\w.:-]+)\s+(SYSTEM|PUBLIC)?\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_REFERENCE = re.compile(r"&([\w.:-]+);")
_TAG = re.compile(r"<(/?)[a-zA-Z][^<>]{0,20000}?(/?)>")
_HTML = re.compile(r"<(?:!doctype\s+html|html|body|head)\b", re.I)
_HAN, _KANA, _HANGUL = re.compile("[\u4e00-\u9fff]"), re.compile("[\u3041-\u30fa]"), re.compile("[\uac00-\ud7a3]")


def parse(
    body: bytes, *, now: datetime, content_type: str | None = None, zone: str = "Asia/Shanghai", base_url: str = ""
) -> ParsedFeed:
    """A feed's entries as plain text. What is no feed, or is made to do harm, comes back with `refused` and no items.

    `zone` is what dates without a zone are read in; `base_url` is what relative links hang on.
    """
    try:
        decoded = decode(_unpacked(body), content_type)
    except (TooMuch, Spoilt):
        return _refused("parse.too_big", megabytes=MOST_BYTES // 1024**2)
    text = decoded.text.lstrip("\ufeff \t\r\n")
    if problem := _harm(text):
        return ParsedFeed("", (), refused=problem, encoding=decoded.encoding)
    if looks_like_json(text):
        return _assemble(entries_of_json(text), decoded, now, zone, base_url)
    return _assemble(_read_xml(text, base_url), decoded, now, zone, base_url)


def _unpacked(body: bytes) -> bytes:
    if len(body) > MOST_BYTES:
        raise TooMuch
    return gunzip(body, MOST_BYTES) if is_gzip(body) else body


def _refused(key: str, **facts: Any) -> ParsedFeed:
    return ParsedFeed("", (), refused=Problem(key, facts))


def _harm(text: str) -> Problem | None:
    """Why a document is not to be read at all."""
    if not text:
        return Problem("parse.empty")
    if "<!ENTITY" in text[:1_000_000].upper() and (problem := _harmful_entities(text)):
        return problem
    if text.count("<") > DEEPEST and _deepest(text) > DEEPEST:
        return Problem("parse.too_deep", {"most": DEEPEST})
    return None


def _harmful_entities(text: str) -> Problem | None:
    """Entities made of entities: no feed needs them. Those that name a file are never followed, only told of."""
    doctype = _DOCTYPE.search(text)
    if doctype is None:
        return Problem("parse.harmful")
    declared = {name: a or b for parameter, name, _, a, b in _ENTITY.findall(doctype[0]) if not parameter}
    nested = any(inner in declared for value in declared.values() for inner in _REFERENCE.findall(value))
    return Problem("parse.harmful") if nested else None


def _deepest(text: str) -> int:
    """How deep tags are nested, stopping where it is too deep. Void HTML tags make it an upper bound with slack."""
    depth = 0
    for closing, alone in _TAG.findall(text):
        depth = max(0, depth - 1) if closing else depth if alone else depth + 1
        if depth > DEEPEST and _really_deep(text):
            return depth
    return 0


def _really_deep(text: str) -> bool:
    """Whether the document nests deep even when <br>, <img> and <p>, which HTML leaves open, are not counted."""
    depth = 0
    for name in re.findall(r"<(/?[a-zA-Z][\w:.-]*)(?:[^<>]{0,20000}[^/<>])?>", text):
        if name.lower().lstrip("/") in ("br", "img", "hr", "input", "p", "li", "meta", "link", "td", "tr", "param", "wbr"):
            continue
        depth = max(0, depth - 1) if name[0] == "/" else depth + 1
        if depth > DEEPEST:
            return True
    return False


def _read_xml(text: str, base_url: str) -> dict[str, Any] | Problem:
    if "<" not in text:
        return Problem("parse.no_feed")
    document = '<?xml version="1.0" encoding="utf-8"?>' + shorten(_DECLARATION.sub("", text, count=1))
    if (plain := plain_feed.read(document)) is not None:
        return plain | {"problems": []}
    headers = {"content-type": "application/xml; charset=utf-8"}
    if "xml:base" in document:  # else links are put together here, and only those that are used
        headers["content-location"] = base_url
    read = feedparser.parse(
        BytesIO(document.encode("utf-8", "replace")),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not read.entries and not read.version:
        return Problem("parse.html_page" if _HTML.search(text[:5_000]) else "parse.no_feed")
    problems = [Problem("parse.mended")] if read.bozo else []
    if "<!ENTITY" in text[:1_000_000] and any(kind for _, _, kind, _, _ in _ENTITY.findall(text[:1_000_000])):
        problems.append(Problem("parse.outside_entity"))
    return {"feed": read.feed, "entries": read.entries, "problems": problems}


def _assemble(
    read: dict[str, Any] | Problem, decoded: Decoded, now: datetime, zone: str, base_url: str
) -> ParsedFeed:
    if isinstance(read, Problem):
        return ParsedFeed("", (), refused=read, encoding=decoded.encoding)
    feed = read["feed"]
    link = clean_link(_text(feed, "link"), base_url)
    language = _text(feed, "language").strip().lower()[:12] or None
    reader = _ItemReader(now, zone, link or base_url, language)
    items = [reader.read(entry) for entry in read["entries"][:MOST_ITEMS]]
    problems = [*read["problems"]]
    if decoded.lost:
        problems.append(Problem("parse.lost_characters", {"count": decoded.lost}))
    if len(read["entries"]) > MOST_ITEMS:
        problems.append(Problem("parse.too_many", {"most": MOST_ITEMS}))
    title = clean_title(_text(feed, "title"))
    return ParsedFeed(title, _told_apart(items), tuple(problems), None, link, language, decoded.encoding)


class _ItemReader:
    """Reads the entries of one feed."""

    def __init__(self, now: datetime, zone: str, base: str, language: str | None) -> None:
        self._now, self._zone, self._base, self._language = now, zone, base, language

    def read(self, entry: dict[str, Any]) -> ParsedItem:
        title, summary = clean_title(_text(entry, "title")), _summary(entry)
        if summary == title:
            summary = ""
        link = next((link for link in (clean_link(href, self._base) for href in _hrefs(entry)) if link), None)
        published_at, note = self._date(entry)
        return ParsedItem(
            guid_key=_key(entry, link, title, summary),
            title=title or summary.split("\n")[0][:80],
            link=link,
            summary=summary,
            published_at=published_at,
            date_note=note,
            language=language_of(title + summary, _text(entry, "language") or self._language),
            authors=_authors(entry),
        )

    def _date(self, entry: dict[str, Any]) -> tuple[datetime | None, str | None]:
        told: tuple[datetime | None, str | None] = (None, "missing")
        for field in ("published", "updated", "created"):
            moment, note = read_date(dict.get(entry, field), self._zone, self._now)
            if moment is not None:
                return moment, note
            told = (None, note) if note != "missing" else told
        return told


def _text(entry: dict[str, Any], field: str) -> str:
    value = dict.get(entry, field)
    return value if isinstance(value, str) else ""


def _summary(entry: dict[str, Any]) -> str:
    """The lead: the description, or the article itself where there is none worth the name."""
    described = clean_summary(_text(entry, "summary"))
    if len(described) >= 20:
        return described
    for content in dict.get(entry, "content") or ():
        if text := clean_summary(_text(content, "value")):
            return text if len(text) > len(described) else described
    return described


def _hrefs(entry: dict[str, Any]) -> list[str]:
    links = [one for one in dict.get(entry, "links") or () if isinstance(one, dict)]
    alternates = [_text(one, "href") for one in links if one.get("rel", "alternate") == "alternate"]
    named = _text(entry, "id")
    return [_text(entry, "link"), *alternates, named if named.startswith("http") else ""]


def _authors(entry: dict[str, Any]) -> tuple[str, ...]:
    named = [_text(one, "name") for one in dict.get(entry, "authors") or () if isinstance(one, dict)]
    cleaned = (plain_text(name)[:100] for name in [*named, _text(entry, "author")])
    return tuple(dict.fromkeys(name for name in cleaned if name))[:5]


def _key(entry: dict[str, Any], link: str | None, title: str, summary: str) -> str:
    """What makes the entry the same when it is read again: its id, else its link, else what it says."""
    mark = _text(entry, "id").strip() or link or f"{title}\n{summary}"
    return sha256(mark.encode("utf-8", "replace")).hexdigest()[:32]


def _told_apart(items: list[ParsedItem]) -> tuple[ParsedItem, ...]:
    """Entries that share an id but not a title, as where every id is the site's own address, get a key of their own."""
    titles: dict[str, set[str]] = {}
    for item in items:
        titles.setdefault(item.guid_key, set()).add(item.title)
    return tuple(item if len(titles[item.guid_key]) == 1 else _with_own_key(item) for item in items)


def _with_own_key(item: ParsedItem) -> ParsedItem:
    mark = f"{item.guid_key}\n{item.title}"
    return ParsedItem(**{**vars(item), "guid_key": sha256(mark.encode("utf-8", "replace")).hexdigest()[:32]})


def language_of(text: str, told: str | None = None) -> str:
    """The language by its letters, for what a feed says of itself is often wrong: zh, ja, ko, else what was told or en."""
    if _KANA.search(text) and len(_KANA.findall(text)) * 4 > len(_HAN.findall(text)):
        return "ja"
    if _HANGUL.search(text):
        return "ko"
    if _HAN.search(text):
        return "zh"
    told = (told or "").lower()[:2]
    return told if told.isalpha() and told not in ("zh", "ja", "ko") else "en"
