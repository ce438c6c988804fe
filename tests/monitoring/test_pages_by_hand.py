"""Saved pages, mail archives and pasted words are read as text, whatever is in them."""

import pytest

from monitoring.pages import lead, read_page, read_text

ARCHIVE = """From: <Saved by Blink>
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----b"

------b
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head><title>=E7=81=B6=E5=85=B7=E7=88=86=E7=82=B8</title></head><body><p>=E4=B8=80=E4=BA=BA=E5=8F=97=E4=BC=A4</p></body></html>

------b--
"""


def test_a_saved_page_gives_its_headline_and_its_words() -> None:
    page = read_page(
        "<html><head><meta charset='gbk'><title>站名</title><meta property='og:title' content='灶具爆炸 &amp; 受伤'></head>"
        "<body><nav>首页</nav><script>alert('坏')</script><h1>标题</h1><p>第一段&nbsp;话。</p><p>第二段。</p></body></html>".encode("gbk")
    )
    assert page.title == "灶具爆炸 & 受伤"
    assert page.text == "标题\n第一段 话。\n第二段。"


def test_a_mail_archive_gives_the_page_in_it() -> None:
    page = read_page(ARCHIVE.encode())
    assert (page.title, page.text) == ("灶具爆炸", "一人受伤")


def test_pasted_words_have_their_first_line_for_a_title() -> None:
    assert read_text("灶具炸了\n\n邻居说听到一声响。").title == "灶具炸了"
    assert read_text("灶具炸了\n邻居说听到一声响。").text == "邻居说听到一声响。"
    assert read_page("没有标记的文字，1 < 2 也行".encode()).title == "没有标记的文字，1 < 2 也行"


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 60_000 + b"x",
        b"<a href='" * 20_000,
        b"<!--" * 50_000,
        b"<![CDATA[" * 20_000,
        b"\x00\xff\xfe<html><body>\xd8\x00",
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 20_000,
        "<html><body><p>\u202e好\u0000</p><img src=x onerror=alert(1)></body>".encode(),
    ],
)
def test_hostile_pages_are_read_in_bounded_time_and_leave_no_markup(body: bytes) -> None:
    page = read_page(body)
    assert "onerror" not in page.title + page.text
    assert "\u202e" not in page.text
    assert len(lead(page)) <= 400
