"""Reads plain feeds straight from expat: RSS and Atom, well formed, nothing inside their fields but text.

That is nearly every feed there is, and takes a fraction of the time feedparser needs. What is unusual in any way is left to
feedparser: `read` says None. The entries are what feedparser would have made of them, in those fields that parse.py reads.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from monitoring.cleaning import name_without_mail

Entry = dict[str, Any]
Attributes = Mapping[str, str]

_HOMES = {
    "": "", "http://www.w3.org/2005/atom": "", "http://purl.org/atom/ns#": "", "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "", "http://backend.userland.com/rss2": "", "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms", "http://purl.org/rss/1.0/modules/content/": "content",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes", "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media", "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
}  # fmt: skip
"""Namespaces, without regard to case, by the name their elements go by here. Others go by their own prefix."""
_FIELDS = {
    "title": "title", "media:title": "media title", "link": "link", "guid": "id", "id": "id", "description": "lead",
    "dc:description": "lead", "media:description": "lead", "summary": "summary", "itunes:summary": "summary",
    "content": "content", "content:encoded": "content", "author": "author", "managingeditor": "author", "dc:creator": "author",
    "dc:author": "author", "itunes:author": "author", "pubdate": "published", "published": "published", "issued": "published",
    "dcterms:issued": "published", "updated": "updated", "modified": "updated", "lastbuilddate": "updated", "dc:date": "updated",
    "dcterms:modified": "updated", "created": "created", "dcterms:created": "created", "language": "language",
    "dc:language": "language",
}  # fmt: skip
_ENTRIES, _FEEDS, _ROOTS, _PARENTS = ("item", "entry"), ("channel", "feed"), ("rss", "feed", "rdf:rdf"), ("rss", "rdf:rdf")
_OF_AN_AUTHOR = {"name": "name", "email": "email", "url": "", "uri": "", "homepage": ""}
_PASSED_OVER = frozenset((
    "comments", "category", "keywords", "enclosure", "generator", "rights", "copyright", "ttl", "docs", "webmaster", "rating",
    "cloud", "icon", "logo", "subtitle", "tagline", "convertlinebreaks", "updateperiod", "updatefrequency", "updatebase",
    "site", "items",
))  # fmt: skip
_OF_A_PICTURE = frozenset(("title", "link", "description", "url", "width", "height"))
_ANYWHERE = ("media:title", "media:description")
_UNUSUAL = ("dc:title", "content:items")
_PLAIN_TYPES = frozenset(("text", "html", "plain", "text/plain", "text/html"))
_HTML_TYPES = frozenset(("html", "xhtml", "text/html", "application/xhtml+xml"))
_SPACE, _LANGUAGE = "http://www.w3.org/XML/1998/namespace space xml", "http://www.w3.org/XML/1998/namespace lang xml"
_BASE = "http://www.w3.org/XML/1998/namespace base xml"
_TEXTS = ("title", "summary", "description", "content")
_ABOUT = "http://www.w3.org/1999/02/22-rdf-syntax-ns# about rdf"
_WINDOWS = re.compile("[\x80-\x9f]")
_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)/+")
_WHOLE = re.compile(r"(?!https?:)[a-z]+:|https?://[^\s/?#\[\]]+/?[^\[\]]*(?<![?#])$")
_BROKEN_QUERY = re.compile("&([A-Za-z0-9_]+);")


class _Unusual(Exception):
    pass


def read(document: str) -> dict[str, Any] | None:
    """{"feed": …, "entries": […]} of an XML document with a declaration that says UTF-8; None where feedparser should read it."""
    if "<!DOCTYPE" in document or "<!ENTITY" in document:
        return None
    try:
        reader = _Reader(document)
    except (_Unusual, expat.ExpatError):
        return None
    return {"feed": reader.feed, "entries": reader.entries} if reader.entries or reader.tells_its_kind else None


class _Reader:
    """One document's elements as they come. `_fits` says what an element may be by where it stands."""

    def __init__(self, document: str) -> None:
        self.feed: Entry = {}
        self.entries: list[Entry] = []
        self.tells_its_kind = False
        self._based = "xml:base" in document
        self._open: list[str] = []
        self._context: Entry | None = None
        self._field: str | None = None
        self._attributes: Attributes = {}
        self._text: list[str] = []
        self._names: dict[str, str] = {}
        parser = expat.ParserCreate(None, " ")
        parser.namespace_prefixes, parser.buffer_text, parser.buffer_size = True, True, 64 * 1024
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._told
        parser.Parse(document.encode("utf-8", "replace"), True)

    def _told(self, text: str) -> None:
        if self._field is not None:
            self._text.append(text)

    def _start(self, raw: str, attributes: Attributes) -> None:
        name = self._names.get(raw) or self._names.setdefault(raw, _named(raw))
        above = self._open[-1] if self._open else ""
        self._open.append(name)
        if attributes and any(one.lower() == "base" or (one == _BASE and name not in _TEXTS) for one in attributes):
            raise _Unusual
        if self._field is not None:
            self._start_within(name)
        elif above == "image":
            if name not in _OF_A_PICTURE:
                raise _Unusual
        elif name in _ENTRIES or name in _FEEDS or not above:
            self._start_frame(name, above, attributes)
        elif (field := _FIELDS.get(name)) is not None:
            self._start_field(field, above, attributes)
        elif name == "source" and self._context is not None:
            self._context["source"] = True
        elif not (_means_nothing(name) or (name == "image" and above in ("channel", "rdf:rdf"))):
            raise _Unusual

    def _start_within(self, name: str) -> None:
        """An element inside a field: only an author has them."""
        known = name in _OF_AN_AUTHOR or (":" in name and name not in _FIELDS)
        context = self._context or {}
        if self._field != "author" or not known or len(context["authors"]) > 1 or "".join(self._text).strip():
            raise _Unusual
        self._field, self._text = f"author.{name}", []

    def _start_frame(self, name: str, above: str, attributes: Attributes) -> None:
        if name in _ENTRIES:
            self._start_entry(above, attributes)
        elif name in _ROOTS and not above:
            self.tells_its_kind = name != "rdf:rdf"
            if self.tells_its_kind and (said := attributes.get(_LANGUAGE) or attributes.get("lang")):
                self.feed["language"] = said.replace("_", "-")
        elif name != "channel" or above not in _PARENTS:
            raise _Unusual
        if name not in _PARENTS and any(one.lower() in ("href", "lastmod") for one in attributes):
            raise _Unusual
        self._context = self._context_of(name)

    def _start_entry(self, above: str, attributes: Attributes) -> None:
        if above not in _FEEDS and above not in _PARENTS:
            raise _Unusual
        self.entries.append({"id": attributes[_ABOUT]} if attributes.get(_ABOUT) else {})

    def _context_of(self, name: str) -> Entry | None:
        return self.entries[-1] if name in _ENTRIES else self.feed if name in _FEEDS else None

    def _start_field(self, field: str, above: str, attributes: Attributes) -> None:
        if self._context is None or (above not in _ENTRIES and above not in _FEEDS and self._open[-1] not in _ANYWHERE):
            raise _Unusual
        if attributes:
            _check(field, attributes)
        if field == "link" and _address(attributes) is not None:
            self._link_by_attribute(attributes)
            field = "passed over"
        elif field == "author":
            self._context.setdefault("authors", []).append({})
        elif field == "media title":
            self._media_title()
            field = "passed over"
        self._field, self._attributes, self._text = field, attributes, []

    def _media_title(self) -> None:
        """It counts for nothing where the entry has said its own title before."""
        known = self._context or {}
        if self._context is self.feed or not known.get("title") or "source" in known:
            raise _Unusual

    def _link_by_attribute(self, attributes: Attributes) -> None:
        assert self._context is not None
        href, rel = self._whole(_address(attributes) or ""), attributes.get("rel", "alternate").lower()
        kind = attributes.get("type", "application/atom+xml" if rel == "self" else "text/html").lower()
        self._context.setdefault("links", []).append({"rel": rel, "href": href})
        if rel == "alternate" and kind in _HTML_TYPES:
            self._context["link"] = href

    def _end(self, _raw: str) -> None:
        name = self._open.pop()
        if self._field is not None:
            self._end_field(name)
        elif name in _ENTRIES or name in _FEEDS:
            self._context = self._context_of(self._open[-1]) if self._open else None

    def _end_field(self, name: str) -> None:
        assert self._context is not None
        field, said = self._field or "", "".join(self._text).strip()
        if field.startswith("author."):
            if kept := _OF_AN_AUTHOR.get(name):
                self._context["authors"][-1][kept] = said
            self._field, self._text = "author", []
            return
        self._field = None
        if field != "passed over":
            _SAVE.get(field, _save_plain)(self, self._context, field, _mended(said))

    def save_title(self, context: Entry, _field: str, said: str) -> None:
        if "source" in context or (context is self.feed and (context.get("title") or self.entries)):
            raise _Unusual  # after a source feedparser lets another title win
        if not context.get("title"):
            context["title"] = said

    def save_lead(self, context: Entry, field: str, said: str) -> None:
        """A second lead counts as the article unless there is one; else the least deep stands, and of those the last."""
        if context is self.feed:
            if "summary" in context:
                raise _Unusual
            context |= {"summary": said} if field == "summary" else {}
        elif "summary" in context and "content" not in context:
            self.save_content(context, field, said)
        elif len(self._open) <= context.get("depth of lead", len(self._open)):
            context |= {"summary": said, "depth of lead": len(self._open)}

    def save_content(self, context: Entry, _field: str, said: str) -> None:
        if context is self.feed:
            raise _Unusual
        context.setdefault("content", []).append({"value": said})
        context.setdefault("summary", said)

    def save_link(self, context: Entry, _field: str, said: str) -> None:
        whole = self._whole(said) if context is self.feed else self._whole(said).replace("&amp;", "&")
        whole = _BROKEN_QUERY.sub(r"&\g<1>", whole)
        rel = self._attributes.get("rel", "alternate").lower()
        context.setdefault("links", []).append({"rel": rel, "href": whole} if whole else {"rel": rel})
        context["link"] = whole

    def save_id(self, context: Entry, _field: str, said: str) -> None:
        is_link = next((value for name, value in self._attributes.items() if name.lower() == "ispermalink"), "true") == "true"
        context["id"] = self._whole(said) if is_link else said
        if is_link:
            context.setdefault("link", context["id"])

    def _whole(self, address: str) -> str:
        """An address without surplus slashes. What would have to be put together with a base is unusual."""
        if self._based and address and not _WHOLE.match(address):
            raise _Unusual
        return _SLASHES.sub(r"\1", address) if ":///" in address else address

    def save_author(self, context: Entry, _field: str, said: str) -> None:
        one = context["authors"][-1]
        if one:
            told = [one[part] for part in ("name", "email") if one.get(part)]
            context["author"] = f"{told[0]} ({told[1]})" if len(told) == 2 else told[0] if told else said
        else:
            context["author"] = said
            if name := name_without_mail(said):
                one["name"] = name


def _save_plain(_reader: _Reader, context: Entry, field: str, said: str) -> None:
    context[field] = said


_SAVE: dict[str, Callable[[_Reader, Entry, str, str], None]] = {
    "title": _Reader.save_title, "lead": _Reader.save_lead, "summary": _Reader.save_lead, "content": _Reader.save_content,
    "link": _Reader.save_link, "id": _Reader.save_id, "author": _Reader.save_author,
}  # fmt: skip


def _named(raw: str) -> str:
    """The name of an element, its namespace before a colon where it has one that is not a feed's own."""
    space, name, prefix = ("", *raw.split(" "), "")[-3:] if " " not in raw else (*raw.split(" "), "")[:3]
    known = _HOMES.get(space.lower(), prefix.lower())
    plain = known or space.lower() in _HOMES or "-" in name or name.lower() in _PASSED_OVER
    if known == "xhtml" or "backend.userland.com" in space.lower() or not plain:
        raise _Unusual
    return f"{known}:{name.lower()}" if known else name.lower()


def _means_nothing(name: str) -> bool:
    return name in _PASSED_OVER or "-" in name or (":" in name and name not in _UNUSUAL)


def _check(field: str, attributes: Attributes) -> None:
    """Fields whose text is not simply text are unusual."""
    if any(" " in name and name not in (_LANGUAGE, _SPACE, _BASE) for name in attributes):
        raise _Unusual
    if field in ("title", "lead", "summary", "content"):
        known = {name.lower(): value for name, value in attributes.items()}
        if known.get("type", "text").lower() not in _PLAIN_TYPES or known.get("mode") == "base64":
            raise _Unusual


def _address(attributes: Attributes) -> str | None:
    if not attributes:
        return None
    known = {name.lower(): value for name, value in attributes.items()}
    return known.get("url", known.get("uri", known.get("href")))


def _mended(text: str) -> str:
    """UTF-8 that somebody took for Latin-1 and encoded once more is read as what it was."""
    if text.isascii():
        return text
    if _WINDOWS.search(text):
        raise _Unusual
    try:
        return text.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        return text
