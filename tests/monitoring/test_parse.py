import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitoring.models import ParsedFeed
from monitoring.parse import language_of, parse
from tests.fixtures.hostile_feeds import Feeds, serving_in_thread

NOW = datetime(2026, 3, 14, 13, 17, tzinfo=UTC)
ITEM = "<item><title>雅燃灶具爆炸</title><link>http://news.example/1</link><description>三人受伤</description></item>"
RSS1 = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>雅燃灶具爆炸</title><id>a</id>"
JSON = {
    "version": "https://jsonfeed.org/version/1.1", "title": "晚报",
    "items": [{"id": 7, "title": "灶具 <爆炸> & 受伤", "content_html": "<p>三人<b>受伤</b></p>", "url": "/1",
               "date_published": "2026-03-14T20:00:00+08:00", "authors": [{"name": "某某"}]}, "rubbish"],
}  # fmt: skip


def read(text: str | bytes, **more: str) -> ParsedFeed:
    return parse(text if isinstance(text, bytes) else text.encode(), now=NOW, **more)


@pytest.mark.parametrize(
    "document",
    [
        f"<rss version='2.0'><channel><title>晚报</title>{ITEM}</channel></rss>",
        f"<rss version='0.91'><channel><title>晚报</title>{ITEM}</channel></rss>",
        f"<rss><channel>{ITEM}</channel></rss>",
        f"{RSS1}<channel><title>晚报</title></channel>{ITEM}</rdf:RDF>",
        f"{ATOM}<link href='http://news.example/1'/><summary>三人受伤</summary></entry></feed>",
        f"<rss version='2.0'><channel><title>A & B</title>{ITEM}",  # neither escaped nor closed
    ],
)
def test_every_kind_of_feed_gives_its_entries(document: str) -> None:
    [item] = read(document).items
    assert (item.title, item.summary, item.link) == ("雅燃灶具爆炸", "三人受伤", "http://news.example/1")


def test_json_feed_is_read() -> None:
    feed = read(json.dumps(JSON), base_url="https://news.example/feed")
    [item] = feed.items
    assert (feed.title, item.title, item.summary) == ("晚报", "灶具 <爆炸> & 受伤", "三人受伤")
    assert (item.link, item.authors) == ("https://news.example/1", ("某某",))
    assert item.published_at == datetime(2026, 3, 14, 12, tzinfo=UTC)


def test_dates_are_read_in_the_zone_of_the_source() -> None:
    dated = ITEM.replace("</item>", "<pubDate>2026/3/14 09:00:00</pubDate></item>")
    [item] = read(f"<rss><channel>{dated}</channel></rss>").items
    assert item.published_at == datetime(2026, 3, 14, 1, tzinfo=UTC)
    [undated] = read(f"<rss><channel>{ITEM}</channel></rss>").items
    assert (undated.published_at, undated.date_note) == (None, "missing")


def test_an_entry_read_again_has_the_same_key_and_entries_with_one_id_are_told_apart() -> None:
    document = f"<rss><channel>{ITEM}{ITEM.replace('爆炸', '召回')}</channel></rss>"
    first, second = read(document).items, read(document).items
    assert [item.guid_key for item in first] == [item.guid_key for item in second]
    assert len({item.guid_key for item in first}) == 2


def test_a_repeated_title_is_no_summary() -> None:
    same = ITEM.replace("三人受伤", "雅燃灶具爆炸")
    assert read(f"<rss><channel>{same}</channel></rss>").items[0].summary == ""


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HARMFUL = {
    "billion laughs": (f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]><rss><channel>{ITEM}&l9;</channel></rss>', "parse.harmful"),
    "nested tags": ("<rss><channel><item><title>" + "<a>" * 50_000, "parse.too_deep"),
    "nested items": ("<rss><channel>" + "<item>" * 50_000, "parse.too_deep"),
    "nested html": (f"<rss><channel><item><title><![CDATA[{'<div>' * 50_000}]]></title>", "parse.too_deep"),
    "nested json": ('{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 200_000, "parse.no_feed"),
    "a web page": ("<!doctype html><html><body>hello</body></html>", "parse.html_page"),
    "words": ("hello", "parse.no_feed"),
    "nothing": ("", "parse.empty"),
    "zeros": ("\0" * 1000, "parse.empty"),
    "a json list": ("[1, 2]", "parse.no_feed"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_what_is_no_feed_or_means_harm_is_refused_with_a_reason(name: str) -> None:
    document, key = HARMFUL[name]
    feed = read(document)
    assert feed.items == ()
    assert feed.refused is not None
    assert feed.refused.key == key


def test_an_outside_entity_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words")
    document = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]><rss><channel>{ITEM}</channel></rss>'
    feed = read(document.replace("三人", "&x;三人"))
    assert "hidden" not in str(feed)
    assert "parse.outside_entity" in [problem.key for problem in feed.problems]


@pytest.mark.parametrize("declared", ['x SYSTEM "{0}/good"', '% x SYSTEM "{0}/good"', 'x PUBLIC "-//X//EN" "{0}/good"'])
def test_an_outside_entity_is_told_of_and_nobody_is_asked_for_it(declared: str) -> None:
    """The entries stay: old feeds name the entities of XHTML so."""
    with serving_in_thread(Feeds()) as feeds:
        used = "%x;" if declared.startswith("%") else ""
        document = f"<!DOCTYPE r [<!ENTITY {declared.format(feeds.base)}>{used}]><rss><channel>{ITEM}</channel></rss>"
        feed = read(document.replace("三人", "&x;三人"))
    assert feeds.asked == []
    assert len(feed.items) == 1
    assert "parse.outside_entity" in [problem.key for problem in feed.problems]


def test_a_file_name_as_a_document_opens_no_file() -> None:
    assert read(b"/etc/passwd").items == ()


@pytest.mark.parametrize(
    ("text", "told", "language"),
    [("灶具爆炸", "en", "zh"), ("ガスコンロの爆発について", "zh", "ja"), ("가스레인지 폭발", None, "ko"),
     ("Stove explodes", "zh-cn", "en"), ("Un poêle explose", "fr", "fr"), ("", None, "en")],
)  # fmt: skip
def test_the_language_is_that_of_the_letters(text: str, told: str | None, language: str) -> None:
    assert language_of(text, told) == language
