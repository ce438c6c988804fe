"""A statement as a web page and as a PDF, and what any of its files says when it comes back."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from documents import statement_pdf
from documents.envelope import opened
from documents.file_names import LONGEST, file_name
from documents.outgoing import OutgoingText
from documents.reading import LARGEST, text_of
from documents.statement import as_docx, as_txt
from documents.statement_html import as_html
from documents.statement_pdf import as_pdf, can_set
from errors import BadInput, Unavailable
from statements.verifying import key
from storage import content
from tests.payloads import HTML, MARKDOWN, STRANGE, TEMPLATE
from workflows.verify_text import around

TEXT = {
    "zh": "关于厨房爆炸情况的说明\n\n今日 20:15，一户居民家中厨房发生爆炸，1 人受伤。我们牵挂伤者和家人。\n\n联系：400-555-0187（24 小时）。",
    "en": "Statement on an explosion\n\nAt 20:15 today there was an explosion in a home kitchen; the long-term cause isn't known.\n\nCall 400-555-0187.",
}
MAKERS = {"txt": as_txt, "docx": as_docx, "html": as_html, "pdf": as_pdf}


def outgoing(language: str, drafted: bool = False, text: str = "") -> OutgoingText:
    w = content.words(language)
    said = text or TEXT[language]
    sha = sha256(said.encode()).hexdigest()
    kind = content.kind_name("holding", language)
    whole = OutgoingText(
        said, language, (w("kind.example.band"),), w("out.stamp", number=2, version=3, at="2026-05-12 21:40 +08:00", sha=sha[:16]),
        w("out.kind", kind=kind, number=2), w("out.across.example"), sha, "青禾厨电", 2, 3, datetime(2026, 5, 12, 13, 40, tzinfo=UTC),
    )  # fmt: skip
    if not drafted:
        return whole
    stamp = w("out.stamp.draft", version=3, at="2026-05-12 21:40 +08:00", sha=sha[:16])
    return replace(
        whole, marks=(*whole.marks, w("out.watermark")), stamp=stamp, kind=w("out.kind.draft", kind=kind), watermark=w("out.across.draft")
    )


@pytest.mark.parametrize("drafted", [False, True])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("ending", MAKERS)
def test_every_file_gives_its_words_back_and_says_whether_it_is_a_draft(ending: str, language: str, drafted: bool):
    whole = outgoing(language, drafted)
    back = opened(text_of(f"a.{ending}", MAKERS[ending](whole)), around())
    assert key(back.text, ending == "pdf") == key(whole.text, ending == "pdf")
    assert back.draft is drafted
    assert whole.sha256.startswith(back.sha)


@pytest.mark.parametrize("ending", MAKERS)
def test_a_long_text_comes_back_over_several_pages(ending: str):
    whole = outgoing("zh", text="\n\n".join([TEXT["zh"].split("\n\n")[1]] * 80))
    back = opened(text_of(f"a.{ending}", MAKERS[ending](whole)), around())
    assert key(back.text, ending == "pdf") == key(whole.text, ending == "pdf")


def test_no_word_hides_in_a_line_that_looks_like_the_desks_own():
    w = content.words("zh")
    sneaky = w("out.stamp", number="2，我们承担全部责任", version=3, at="2026-05-12 21:40 +08:00", sha="0" * 16)
    assert opened(sneaky, around()).text == sneaky
    assert opened(w("out.stamp", number=2, version=3, at="2026-05-12 21:40 +08:00", sha="0" * 16), around()).text == ""


# --- the web page ------------------------------------------------------------------------------------------------

class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("payload", [HTML, TEMPLATE, STRANGE, *MARKDOWN[:6]])
def test_hostile_words_are_text_on_the_page(payload: str):
    whole = replace(outgoing("zh", text=f"标题\n\n{payload}。"), firm=payload, kind=payload, marks=(payload,), stamp=payload)
    tags = Tags(as_html(whole).decode()).tags
    assert {tag for tag, _ in tags} <= {"html", "head", "meta", "title", "style", "body", "article", "header", "footer", "h1", "p", "time"}
    assert not [name for _, attrs in tags for name in attrs if name.startswith("on") or name in ("href", "src", "style")]


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en-GB")])
def test_the_page_is_one_article_in_its_language_with_its_hour_and_its_hash(language: str, tag: str):
    whole = outgoing(language)
    tags = Tags(as_html(whole).decode()).tags
    assert dict(tags)["html"]["lang"] == tag
    assert [name for name, _ in tags].count("h1") == 1
    assert dict(tags)["time"]["datetime"] == "2026-05-12T13:40:00+00:00"
    metas = {attrs.get("name"): attrs["content"] for name, attrs in tags if name == "meta" and "content" in attrs}
    assert metas["dcterms.identifier"] == f"sha256:{whole.sha256}"
    assert metas["robots"] == "noindex"  # an example is not for a search engine


# --- the PDF -----------------------------------------------------------------------------------------------------

def test_a_pdf_carries_the_whole_hash_and_is_the_same_each_time():
    import io

    import pypdf

    whole = outgoing("zh")
    made = as_pdf(whole)
    assert made.startswith(b"%PDF")
    about = pypdf.PdfReader(io.BytesIO(made)).metadata
    assert f"sha256:{whole.sha256}" in about["/Keywords"]
    assert (about.title, about.author) == ("关于厨房爆炸情况的说明", "青禾厨电")
    assert made == as_pdf(whole)


@pytest.mark.parametrize("payload", ['#panic("x")', "#read(\"/etc/passwd\")", "$x$ *b* _i_ @ref <label> [c] {d} \\ ` // /* ", "= 标题", "- 项"])
def test_nothing_in_a_text_is_typst_markup(payload: str):
    back = opened(text_of("a.pdf", as_pdf(outgoing("zh", text=f"标题\n\n{payload}。"))), around())
    assert key(f"{payload}。", loose=True) in key(back.text, loose=True)


def test_without_a_chinese_font_there_is_a_sentence_and_english_is_set_all_the_same(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(statement_pdf, "han_font", lambda: None)
    with pytest.raises(Unavailable, match="no_font"):
        as_pdf(outgoing("zh"))
    plain = OutgoingText(TEXT["en"], "en")
    assert can_set(plain)
    assert as_pdf(plain).startswith(b"%PDF")


# --- files that come back ----------------------------------------------------------------------------------------

@pytest.mark.parametrize(
    ("name", "raw"), [("a.pdf", b"%PDF-1.7 nothing"), ("a.docx", b"PK\x03\x04nothing"), ("a.docx", b"no zip"), ("a.pdf", b"")]
)
def test_a_damaged_file_is_refused_in_words(name: str, raw: bytes):
    with pytest.raises(BadInput, match="unreadable"):
        text_of(name, raw)


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(BadInput, match="too_large"):
        text_of("a.txt", b"x" * (LARGEST + 1))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_plain_text_is_read_as_editors_save_it(encoding: str):
    assert text_of("a.txt", TEXT["zh"].encode(encoding)) == TEXT["zh"]


def test_what_a_page_hides_in_scripts_is_not_said_and_what_word_struck_out_is_not_either():
    assert key(text_of("a.html", "<html><script>我们承认</script><p>甲</p><p>乙<b>丙</b></p>".encode())) == "甲乙丙"


# --- names -------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("青禾厨电", "首次声明", "第1号", "zh"), "青禾厨电-首次声明-第1号-zh.pdf"),
        (("../../etc", "a/b\\c:d*e?\"<>|"), "etc-a-b-c-d-e.pdf"),
        (("CON",), "text-CON.pdf"),
        (("", "…"), "text.pdf"),
        (("a\u202egnp.exe", "\n"), "a-gnp-exe.pdf"),
    ],
)
def test_file_names_are_telling_and_safe(parts: tuple[str, ...], name: str):
    assert file_name(parts, "pdf") == name


def test_a_file_name_has_an_end():
    assert len(file_name(("灶" * 500,), "docx")) <= LONGEST + 5
