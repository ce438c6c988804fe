import pytest

from errors import BadInput
from monitoring.models import FeedSource
from monitoring.opml import ListedFeed, discover, read_opml, write_opml

OPML = """<?xml version="1.0" encoding="{}"?><opml version="2.0"><head><title>x</title></head><body>
<outline text="江城晚报"><outline type="rss" text="要闻" xmlUrl="http://news.example/rss?a=1&amp;b=2"/>
<outline type="rss" text="要闻" xmlUrl="http://news.example/rss?a=1&amp;b=2"/></outline>
<outline type="rss" text="坏" xmlUrl="javascript:alert(1)"/><outline type="rss" text="内" xmlUrl="http://localhost/rss"/>
</body></opml>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
def test_a_list_gives_each_usable_feed_once(encoding: str) -> None:
    [feed] = read_opml(OPML.format(encoding).encode("gb18030" if encoding == "gb2312" else encoding))
    assert feed == ListedFeed("http://news.example/rss?a=1&b=2", "要闻", "江城晚报")


def test_what_goes_out_comes_in_again() -> None:
    first = FeedSource(1, "http://a.example/f?x=1&y=2", 'A "quoted" & title', "江城晚报")
    feeds = [first, FeedSource(2, "http://b.example/f", "乙")]
    back = read_opml(write_opml(feeds, "我们的 <信源>").encode())
    assert [(feed.url, feed.title, feed.folder) for feed in back] == [
        ("http://a.example/f?x=1&y=2", 'A "quoted" & title', "江城晚报"), ("http://b.example/f", "乙", "")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (b"", "opml.not_a_list"),
        (b"hello", "opml.not_a_list"),
        (b"\xff\xfe\x00\x00\x89PNG" + bytes(range(256)) * 20, "opml.not_a_list"),
        (b"<rss><channel/></rss>", "opml.not_a_list"),
        (b"<opml><body></body></opml>", "opml.no_feeds"),
        (b"<opml><body><outline", "opml.no_feeds"),
        (b'<!DOCTYPE o [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><opml><body>&b;</body></opml>', "opml.no_feeds"),
        (b"<opml>" + b"<outline>" * 20_000, "opml.no_feeds"),
        (b"<opml>" + b" " * 6_000_000, "opml.too_big"),
    ],
)
def test_rubbish_is_refused_with_a_reason(body: bytes, key: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_opml(body)
    assert refused.value.key == key


PAGE = """<html><head><link rel="alternate" type="application/rss+xml" title="要闻" href="/rss.xml">
<LINK href='https://other.example/feed.json' type='application/feed+json' rel=alternate><link rel="icon" href="/i.png"></head>
<body><a href="/about">关于</a><a href="/news/rss">订阅</a><a href="javascript:rss()">x</a></body></html>"""


def test_a_page_names_its_feeds() -> None:
    found = discover(PAGE.encode("gb18030"), "https://news.example/")
    assert [feed.url for feed in found] == [
        "https://news.example/rss.xml", "https://other.example/feed.json", "https://news.example/news/rss"
    ]  # fmt: skip
    assert found[0].title == "要闻"
