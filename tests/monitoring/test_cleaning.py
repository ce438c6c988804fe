import pytest

from monitoring.cleaning import clean_link, clean_summary, clean_title, plain_text


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("雅燃灶具\n  爆炸\t致三人受伤 ", "雅燃灶具 爆炸 致三人受伤"),
        ("A &amp;amp; B &amp;#8220;x&amp;#8221;", "A & B “x”"),
        ("爆&nbsp;炸&nbsp炸", "爆 炸 炸"),
        ("<b>爆炸</b><script>alert(1)</script>", "爆炸"),
        ("&lt;b&gt;爆炸&lt;/b&gt;", "爆炸"),
        ("爆\u200b炸\ufeff\u202e致\u2066伤\u00ad", "爆炸致伤"),
        ("3 < 5 且 5 > 3", "3 < 5 且 5 > 3"),
        ("一家\x93厂\x94", "一家“厂”"),
        ("超强厄尔尼诺，要来了-4小时前", "超强厄尔尼诺，要来了"),
        ("4小时前", "4小时前"),
        ("👨\u200d👩\u200d👧 和 ❤\ufe0f", "👨\u200d👩\u200d👧 和 ❤\ufe0f"),
        ("坏\ufffd字\ud800", "坏字"),
        ("", ""),
    ],
)
def test_a_title_is_one_line_of_plain_text(given: str, title: str) -> None:
    assert clean_title(given) == title


def test_paragraphs_stay_lines_and_long_texts_end_with_a_sentence() -> None:
    assert clean_summary("<p>一</p><p>二<br>三</p>") == "一\n二\n三"
    cut = clean_summary("这是一句。" * 400)
    assert len(cut) <= 400
    assert cut.endswith("。")


def test_a_flood_of_markup_is_cut_and_not_followed() -> None:
    assert plain_text("<b>" * 200_000 + "x") == ""
    assert plain_text("<a " + "b=c " * 100_000) == ""


@pytest.mark.parametrize(
    ("given", "link"),
    [
        ("http://news.example/1?a=1&amp;b=2", "http://news.example/1?a=1&b=2"),
        (" https://news.example/中文 页 ", "https://news.example/%E4%B8%AD%E6%96%87%20%E9%A1%B5"),
        ("//news.example/1", "https://news.example/1"),
        ("www.news.example/1", "https://www.news.example/1"),
        ("/2026/1.html", "https://base.example/2026/1.html"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("http://localhost/x", None),
        ("http://127.0.0.1:8080/x", None),
        ("http://192.168.1.1/", None),
        ("http://[::1]/", None),
        ("http://intranet/", None),
        ("http://a.example:99999/", None),
        ("ht\u200btp://news.example/", "http://news.example/"),
        ("", None),
        (None, None),
    ],
)
def test_a_link_leads_out_or_is_none(given: str | None, link: str | None) -> None:
    assert clean_link(given, "https://base.example/feed") == link
