"""JSON Feed 1.0 and 1.1 (jsonfeed.org), which feedparser does not read, in the shape feedparser gives its entries."""

import json
from typing import Any

from monitoring.models import Problem

Entry = dict[str, Any]


def looks_like_json(text: str) -> bool:
    return text[:1] in "{["


def entries_of_json(text: str) -> dict[str, Any] | Problem:
    """{feed, entries, problems} as of an XML feed, or why it is none."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return Problem("parse.no_feed")
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return Problem("parse.no_feed")
    if "jsonfeed" not in str(document.get("version", "")) and "title" not in document:
        return Problem("parse.no_feed")
    feed = {"title": document.get("title"), "link": document.get("home_page_url"), "language": document.get("language")}
    return {"feed": feed, "entries": [_entry(one) for one in document["items"] if isinstance(one, dict)], "problems": []}


def _entry(item: Entry) -> Entry:
    authors = item.get("authors") or [item.get("author")]
    content = item.get("content_html") or _escaped(item.get("content_text"))
    named = item.get("id")
    return {
        "id": str(named) if isinstance(named, str | int) else "",
        "title": _escaped(item.get("title")),
        "link": item.get("url") or item.get("external_url"),
        "summary": _escaped(item.get("summary")),
        "content": [{"value": content}],
        "published": item.get("date_published"),
        "updated": item.get("date_modified"),
        "language": item.get("language"),
        "authors": [one for one in authors if isinstance(one, dict)] if isinstance(authors, list) else [],
    }


def _escaped(text: Any) -> str:
    """Plain text as the HTML fragment the cleaning expects."""
    return text.replace("&", "&amp;").replace("<", "&lt;") if isinstance(text, str) else ""
