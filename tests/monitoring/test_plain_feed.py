"""Plain feeds are read without feedparser, and come out as if feedparser had read them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from monitoring import parse as parsing
from monitoring import plain_feed
from monitoring.models import ParsedFeed

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
SPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:x="http://x.example/ns"'
)
IN_ENTRY = (
    "<title>雅燃灶具爆炸</title>", "<title/>", "<title type='html'>&lt;b>第二个标题&lt;/b></title>", "<title>caf\u00c3\u00a9</title>",
    "<title><![CDATA[A & B]]></title>", "<title>一<b>粗</b>二</title>", "<media:title>图片的标题</media:title>",
    "<description>三人受伤，原因正在调查，消防已经到场处置，现场有序。</description>", "<description/>",
    "<description><![CDATA[<p>第二段导语，比第一段长一些，因为要看哪一个留下。</p>]]></description>",
    "<media:description>媒体自带的描述，也可能是正文，要看先后。</media:description>",
    "<itunes:summary>播客的摘要，够二十个字了吧，再加几个字就够了。</itunes:summary>", "<summary>Atom 的摘要，也要够二十个字才算数，再写几个字。</summary>",
    "<summary type='xhtml'><p xmlns='http://www.w3.org/1999/xhtml'>别的写法</p></summary>",
    "<content:encoded><![CDATA[<p>正文第一段，写得很长，长到可以当作导语来用。</p>]]></content:encoded>",
    "<content type='html'>&lt;p>Atom 的正文，一样要够长才能当作导语来用。&lt;/p></content>", "<content type='application/xml'>PGI+</content>",
    "<link>http://news.example/1?a=1&amp;amp;b=2</link>", "<link/>", "<link href='http://news.example/2'/>", "<link>/relative</link>",
    "<link rel='self' href='http://news.example/self'/>", "<link rel='enclosure' type='audio/mpeg' href='http://news.example/a.mp3'/>",
    "<atom:link href='http://news.example/3'/>", "<link>http:////news.example/slashes</link>", "<link>news.example/4</link>",
    "<guid>http://news.example/guid</guid>", "<guid isPermaLink='false'>abc-1</guid>", "<id>tag:news.example,2026:1</id>",
    "<pubDate>Sat, 14 Mar 2026 20:00:00 +0800</pubDate>", "<pubDate>2026年3月14日</pubDate>", "<dc:date>2026-03-13T01:00:00Z</dc:date>",
    "<updated>2026-03-14T02:00:00Z</updated>", "<published>2026-03-12T02:00:00Z</published>", "<created>2026-03-11</created>",
    "<author>desk@news.example (某某)</author>", "<author><name>张三</name><email>z@news.example</email></author>", "<author/>",
    "<author>a@b.example</author>", "<dc:creator>李四</dc:creator>", "<author><uri>http://z.example</uri></author>",
    "<language>en</language>", "<category>社会</category>", "<x:anything attribute='1'>别的<x:inner>内里</x:inner></x:anything>",
    "<media:content url='http://m.example/1.jpg'><media:title>里面的标题</media:title></media:content>", "<comments>http://c.example</comments>",
    "<source url='http://s.example'>别家</source>", "<enclosure url='http://m.example/1.mp3' type='audio/mpeg'/>", "<unheardof>1</unheardof>",
    "<image><url>http://m.example/2.jpg</url></image>", "<date>2026-03-10</date>", "文字",
)  # fmt: skip
IN_FEED = (
    "<title>江城晚报</title>", "<title>第二个</title>", "<link>http://news.example/</link>", "<link href='http://news.example/home'/>",
    "<atom:link rel='self' href='http://news.example/rss'/>", "<language>zh-cn</language>", "<dc:language>ja</dc:language>",
    "<description>江城的报纸</description>", "<itunes:summary>江城的播客</itunes:summary>", "<id>http://news.example/feed-id</id>",
    "<image><url>http://m.example/logo.png</url><title>图标</title><link>http://logo.example/</link></image>",
    "<managingEditor>e@news.example</managingEditor>", "<ttl>60</ttl>", "<itunes:owner><itunes:name>王五</itunes:name></itunes:owner>",
    "<author><name>编辑部</name></author>", "<generator uri='http://g.example'>G</generator>", "<pubDate>Sat, 14 Mar 2026 20:00:00 +0800</pubDate>",
    "<textInput><title>查</title><name>q</name><link>http://q.example/</link></textInput>",
)  # fmt: skip
FRAMES = (
    "<rss version='2.0' {0}><channel>{1}{2}</channel></rss>", "<rss {0} xml:lang='en'><channel>{2}{1}</channel></rss>",
    "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='zh-CN' {0}>{1}{2}</feed>",
    "<rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' {0}>"
    "<channel rdf:about='http://news.example/'>{1}</channel>{2}</rdf:RDF>",
    "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://base.example/' {0}>{1}{2}</feed>",
)  # fmt: skip


def document(frame: str, feed: list[str], entries: list[list[str]]) -> bytes:
    name = "entry" if frame.startswith("<feed") else "item"
    told = "".join(f"<{name}>{''.join(entry)}</{name}>" for entry in entries)
    return frame.format(SPACES, "".join(feed), told).encode()


def read(body: bytes) -> ParsedFeed:
    return parsing.parse(body, now=NOW, base_url="http://host.example/feeds/")


@pytest.fixture
def by_feedparser(monkeypatch: Any) -> Any:
    def run(body: bytes) -> ParsedFeed:
        with monkeypatch.context() as patch:
            patch.setattr(plain_feed, "read", lambda _document: None)
            return read(body)

    return run


entries = some.lists(some.lists(some.sampled_from(IN_ENTRY), max_size=7), max_size=3)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.sampled_from(FRAMES), some.lists(some.sampled_from(IN_FEED), max_size=5), entries)
def test_whatever_is_read_directly_is_read_as_feedparser_reads_it(by_feedparser: Any, frame: str, feed: list[str], entries: Any) -> None:
    body = document(frame, feed, entries)
    assert read(body) == by_feedparser(body)


@pytest.mark.long
@settings(max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.sampled_from(FRAMES), some.lists(some.sampled_from(IN_FEED), max_size=6), entries)
def test_five_thousand_more_are_read_as_feedparser_reads_them(by_feedparser: Any, frame: str, feed: list[str], entries: Any) -> None:
    body = document(frame, feed, entries)
    assert read(body) == by_feedparser(body)


PLAIN = document(FRAMES[0], list(IN_FEED[:1]), [[IN_ENTRY[0], IN_ENTRY[7], IN_ENTRY[17], IN_ENTRY[26], IN_ENTRY[29]]])


def test_a_plain_feed_never_meets_feedparser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing.feedparser, "parse", lambda *_, **__: pytest.fail("feedparser was asked"))
    [entry] = read(PLAIN).items
    assert (entry.title, entry.link) == ("雅燃灶具爆炸", "http://news.example/1?a=1&b=2")


@pytest.mark.parametrize(
    "unusual",
    ["<!DOCTYPE rss><rss><channel/></rss>", "<rss><channel><item><title>a</item></channel></rss>", "<html><body>x</body></html>", "<rss>&nbsp;</rss>"],
)
def test_what_is_unusual_is_left_to_feedparser(unusual: str) -> None:
    assert plain_feed.read(unusual) is None
