"""Lists of feeds, in and out, and the feeds a web page names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin
from xml.sax.saxutils import quoteattr

import listparser

from errors import BadInput
from monitoring.cleaning import clean_link, clean_title
from monitoring.decode import decode
from monitoring.models import FeedSource

MOST_BYTES = 5 * 1024 * 1024
MOST_FEEDS = 5_000
_DTD = re.compile(r"<!DOCTYPE.*?(?:\[.*?\]\s*)?>", re.I | re.S)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LINK = re.compile(r"<link\b[^>]{0,2000}>", re.I)
_ANCHOR = re.compile(r"""<a\b[^>]{0,1000}?href\s*=\s*["']?([^"'\s>]{1,1000})""", re.I)
_ATTRIBUTE = re.compile(r"""([a-z:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_LIKELY = re.compile(r"(?:^|[/._-])(?:rss|atom|feed)s?(?:$|[/._?-])|\.(?:rss|atom|rdf)(?:$|\?)", re.I)


@dataclass(frozen=True)
class ListedFeed:
    """A feed somebody named. `folder` is the category path it stood under."""

    url: str
    title: str = ""
    folder: str = ""


def read_opml(body: bytes) -> tuple[ListedFeed, ...]:
    """The feeds of an OPML, RDF or FOAF list, once each, in order.

    Raises BadInput: opml.too_big, opml.not_a_list for what is none, opml.no_feeds for one without a usable address.
    """
    if len(body) > MOST_BYTES:
        raise BadInput("opml.too_big", megabytes=MOST_BYTES // 1024**2)
    text = _DTD.sub("", _DECLARATION.sub("", decode(body).text.lstrip("\ufeff \t\r\n")))
    if not re.search(r"<(?:opml|rdf:RDF|outline)\b", text[:20_000], re.I):
        raise BadInput("opml.not_a_list")
    try:
        read = listparser.parse(f'<?xml version="1.0" encoding="utf-8"?>{text}'.encode("utf-8", "replace"))
    except Exception as cause:  # rubbish fails in it in ways it does not name
        raise BadInput("opml.not_a_list") from cause
    feeds = _once_each(_listed(feed) for feed in read.feeds)
    if not feeds:
        raise BadInput("opml.no_feeds")
    return feeds[:MOST_FEEDS]


def _listed(feed: listparser.common.SuperDict) -> ListedFeed | None:
    url = clean_link(feed.get("url"))
    folder = " / ".join(feed.get("categories", [[]])[0]) if feed.get("categories") else ""
    return ListedFeed(url, clean_title(feed.get("title") or ""), clean_title(folder)) if url else None


def _once_each(feeds: Iterable[ListedFeed | None]) -> tuple[ListedFeed, ...]:
    return tuple({feed.url: feed for feed in reversed([one for one in feeds if one])}.values())[::-1]


def write_opml(feeds: Iterable[FeedSource], title: str) -> str:
    """An OPML 2.0 list that feed readers import; outlets become folders."""
    folders: dict[str, list[FeedSource]] = {}
    for feed in feeds:
        folders.setdefault(feed.outlet, []).append(feed)
    body = "".join(_folder(outlet, inside) for outlet, inside in folders.items())
    head = f"<head><title>{quoteattr(title)[1:-1]}</title></head>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">{head}<body>\n{body}</body></opml>\n'


def _folder(outlet: str, feeds: Iterable[FeedSource]) -> str:
    lines = "".join(
        f"<outline type=\"rss\" text={quoteattr(feed.title or feed.url)} xmlUrl={quoteattr(feed.url)}/>\n" for feed in feeds
    )
    return f"<outline text={quoteattr(outlet)}>\n{lines}</outline>\n" if outlet else lines


def discover(page: bytes, url: str, content_type: str | None = None) -> tuple[ListedFeed, ...]:
    """The feeds a web page announces, best first: <link rel=alternate>, then links that look like feeds."""
    html = decode(page, content_type).text[:2_000_000]
    announced = [_announced(tag, url) for tag in _LINK.findall(html)]
    looking = (unescape(href) for href in _ANCHOR.findall(html) if _LIKELY.search(href))
    linked = [ListedFeed(found) for href in looking if (found := clean_link(urljoin(url, href)))]
    return _once_each([*announced, *linked])[:20]


def _announced(tag: str, url: str) -> ListedFeed | None:
    values = {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag)}
    if values.get("type", "").split(";")[0].strip().lower() not in _FEED_TYPES or not values.get("href"):
        return None
    found = clean_link(urljoin(url, values["href"]))
    return ListedFeed(found, clean_title(values.get("title", ""))) if found else None
