import codecs

import pytest

from monitoring.decode import decode

TEXT = "雅燃灶具爆炸致三人受伤，公司称正在核实，市场监督管理部门已经介入调查。"
BIG5 = "雅燃灶具爆炸致三人受傷，公司稱正在核實，市場監督管理部門已經介入調查。"


def feed(text: str, declared: str | None) -> str:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    return f"{head}<rss><title>{text}</title></rss>"


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "GB18030", "utf-8", "iso-8859-1", "us-ascii", "bogus", None])
def test_chinese_in_gbk_is_read_whatever_it_is_called(declared: str | None) -> None:
    text = feed(TEXT, declared)
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize("declared", ["big5", "utf-8", "gb2312", None])
def test_chinese_in_big5_is_read_whatever_it_is_called(declared: str | None) -> None:
    text = feed(BIG5, declared)
    assert decode(text.encode("big5")).text == text


@pytest.mark.parametrize("declared", ["gb2312", "iso-8859-1", "utf-16", None])
def test_utf8_is_utf8_whatever_it_is_called(declared: str | None) -> None:
    text = feed(TEXT, declared)
    assert decode(text.encode()).text == text


def test_a_server_that_says_latin_1_is_not_believed() -> None:
    text = feed(TEXT, None)
    assert decode(text.encode("gb18030"), "text/xml; charset=ISO-8859-1").text == text


def test_a_server_that_says_gbk_is() -> None:
    text = feed("联通", None)
    assert decode(text.encode("gbk"), "text/xml; charset=gb2312").text == text


def test_latin_text_stays_latin() -> None:
    text = feed("Übergrößenträger für die Küche, naïve façade à 5 £", "iso-8859-1")
    assert decode(text.encode("latin-1")).text == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (b"", "utf-16-le")],
)
def test_byte_order_marks_and_wide_encodings_are_seen(mark: bytes, encoding: str) -> None:
    text = feed(TEXT, "gb2312")
    assert decode(mark + text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_character_cut_in_half_costs_that_character_alone(encoding: str) -> None:
    half = "伤".encode(encoding)[:1]
    body = (feed(TEXT, encoding) + "<p>").encode(encoding) + half + b"</p>" + TEXT.encode(encoding)
    read = decode(body)
    assert read.text.count(TEXT) == 2
    assert read.lost
    assert "\ufffd" not in read.text


def test_control_characters_go() -> None:
    assert decode(b"<a>\x00\x08b\x0b\x1f\x7fc</a>").text == "<a>bc</a>"


def test_windows_quotes_in_latin_text_are_quotes() -> None:
    assert decode(b'<?xml version="1.0" encoding="iso-8859-1"?><a>\x93caf\xe9\x94 \x81</a>').text.endswith("<a>“café” </a>")


def test_any_bytes_are_read() -> None:
    assert isinstance(decode(bytes(range(256)) * 9).text, str)
    assert decode(b"").text == ""
