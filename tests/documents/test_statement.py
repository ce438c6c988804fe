"""A statement as a file: opened and read back as the one who receives it would."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.statement import OutgoingText, as_docx, as_txt

TEXT = """关于拱墅区一居民家中厨房爆炸情况的说明

今日 20:15，一户居民家中厨房发生爆炸，1 人受伤。
我们牵挂伤者和家人。
下一次通报：22:30。联系：400-555-0187（24 小时）。"""
WHOLE = OutgoingText(TEXT, "zh", ("示例：人物与公司均为虚构", "草稿"), "第 1 号 · SHA-256 0123456789abcdef")
HIDDEN = "\x00\x01\x08\x0b\x0c\x1b\x1f\ufffe\uffff\ud83d"


def read(raw: bytes):
    return Document(io.BytesIO(raw))


def paragraphs(whole: OutgoingText) -> list[str]:
    return [one.text for one in read(as_docx(whole)).paragraphs]


def test_every_line_is_a_paragraph_below_the_marks():
    lines = [line for line in TEXT.splitlines() if line]
    assert paragraphs(WHOLE) == [*WHOLE.marks, *lines]


def test_each_page_says_what_it_is_above_and_which_below():
    section = read(as_docx(replace(WHOLE, kind="首次声明 · 第 1 号"))).sections[0]
    assert section.header.paragraphs[0].text == "首次声明 · 第 1 号"
    assert section.footer.paragraphs[0].text.startswith(WHOLE.stamp)
    fields = [one.get(qn("w:instr")) for one in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_watermark_stands_across_each_page_and_only_where_it_is_asked_for():
    shapes = [
        [one.get("string") for one in read(as_docx(whole)).sections[0].header._element.iter() if str(one.tag).endswith("}textpath")]
        for whole in (replace(WHOLE, watermark="未放行草稿"), WHOLE)
    ]
    assert shapes == [[None, "未放行草稿"], []]


def test_the_whole_hash_number_and_version_stand_in_the_properties():
    sha = "ab" * 32
    at = datetime(2026, 5, 12, 21, 40, tzinfo=timezone(timedelta(hours=8)))
    about = read(as_docx(replace(WHOLE, sha256=sha, number=3, version=7, firm="青禾厨电", at=at))).core_properties
    assert about.identifier == f"sha256:{sha}"
    assert about.keywords == f"number:3, version:7, sha256:{sha}"
    assert (about.author, about.language) == ("青禾厨电", "zh-CN")
    assert about.created.replace(tzinfo=UTC) == at


def test_without_marks_and_stamp_there_is_the_text_alone():
    assert paragraphs(OutgoingText("一句话。", "zh")) == ["一句话。"]


@pytest.mark.parametrize(("language", "latin"), [("zh", "Times New Roman"), ("en", "Calibri")])
def test_chinese_stands_in_a_chinese_font_whatever_the_language(language: str, latin: str):
    document = read(as_docx(OutgoingText(TEXT, language)))
    for paragraph in (*document.paragraphs, document.sections[0].header.paragraphs[0], document.sections[0].footer.paragraphs[0]):
        fonts = paragraph.style.element.rPr.rFonts
        assert (fonts.get(qn("w:ascii")), fonts.get(qn("w:eastAsia"))) == (latin, "宋体")
        assert fonts.get(qn("w:eastAsiaTheme")) is None
        assert paragraph.style.element.rPr.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"
        assert all(run._element.rPr is None or run._element.rPr.rFonts is None for run in paragraph.runs)


def test_the_title_is_centred_and_bold_and_a_sentence_is_not_taken_for_one():
    title, first = read(as_docx(OutgoingText(TEXT, "zh"))).paragraphs[:2]
    assert (title.style.name, first.style.name) == ("Title", "Normal")
    assert (title.style.paragraph_format.alignment, title.style.font.bold) == (WD_ALIGN_PARAGRAPH.CENTER, True)
    alone = read(as_docx(OutgoingText("今晚 20:15 发生爆炸。\n我们牵挂伤者。", "zh"))).paragraphs[0]
    assert alone.style.name == "Normal"


def test_what_a_word_file_cannot_hold_is_left_out_and_nothing_else():
    dirty = "".join(f"字{mark}" for mark in HIDDEN)
    assert paragraphs(OutgoingText(f"{HIDDEN}\n{dirty}。", "zh", (f"标{HIDDEN}记",), f"章{HIDDEN}"))[0] == "标记"
    said = "".join(paragraphs(OutgoingText(f"{dirty}。", "zh")))
    assert said == "字" * len(HIDDEN) + "。"


@pytest.mark.parametrize("text", ["🔥👨‍👩‍👧‍👦🇨🇳。", "<b>粗</b> & {{ 7*7 }} **星** ![x](http://example.invalid/x)", "灶" * 20_000])
def test_everything_else_comes_back_as_it_was(text: str):
    assert paragraphs(OutgoingText(text, "zh")) == [text]
    assert as_txt(OutgoingText(text, "zh")).decode() == text


def test_plain_text_has_an_empty_line_between_its_parts_and_ends_lines_as_windows_does():
    raw = as_txt(WHOLE).decode()
    assert raw.replace("\r\n", "") == "".join((*WHOLE.marks, TEXT.replace("\n", ""), WHOLE.stamp))
    assert "\n" not in raw.replace("\r\n", "")
    assert raw.split("\r\n\r\n")[:2] == list(WHOLE.marks)
    assert raw.endswith("\r\n\r\n" + WHOLE.stamp)
    assert as_txt(replace(WHOLE, sha256="ab" * 32)).decode().endswith(f"{WHOLE.stamp}\r\nSHA-256: {'ab' * 32}")


@settings(max_examples=15, deadline=None)
@given(st.text(), st.sampled_from(["zh", "en", "zh-Hant"]), st.lists(st.text(), max_size=2), st.text())
def test_no_text_whatever_keeps_the_files_from_being_made(text: str, language: str, marks: list[str], stamp: str):
    whole = OutgoingText(text, language, tuple(marks), stamp)
    assert read(as_docx(whole)).paragraphs is not None
    assert as_txt(whole).decode() is not None


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), min_size=1, max_size=80))
def test_a_line_of_ordinary_characters_comes_back_from_both_files(line: str):
    kept = line.replace("\ufffe", "").replace("\uffff", "").strip()
    assert [one for one in paragraphs(OutgoingText(line, "en")) if one] == ([kept] if kept else [])
    assert as_txt(OutgoingText(line, "en")).decode() == line
