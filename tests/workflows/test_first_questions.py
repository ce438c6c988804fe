"""What people ask in contacts comes first on the sheet of agreed lines."""

import pytest

from statements.questions import topic_of
from storage import audiences, content, statements
from storage.database import reading
from workflows.draft_statement import draft_statement
from workflows.propose_audiences import propose_audiences
from workflows.record_contact import record_contact


@pytest.fixture
def database_url(sqlite_url):
    """One database is enough for what is drafted."""
    return sqlite_url


@pytest.fixture
def group(engine, do, stove):
    do(propose_audiences, stove, catalogue=content.catalogue())

    def named(slug):
        with reading(engine) as connection:
            return next(one for one in audiences.of_incident(connection, stove) if one.slug == slug)

    return named


def heard(do, group, said, **more):
    do(record_contact, group.id, channel="phone", heard=said, **more)


def sheet(engine, do, incident_id, language="zh"):
    number = do(draft_statement, incident_id, kind="qa", kit=content.statement_kit(), check=content_check)
    with reading(engine) as connection:
        found = statements.sentences(connection, statements.latest(connection, number).id)
    return [one for one in found if one.language == language]


def content_check(text, language):
    from statements.guard import check

    return check(text, language, content.guard())


def asked(sentences):
    return [one.text for one in sentences if one.sid.startswith("asked.")]


def test_a_question_from_a_contact_is_the_first_of_the_agreed_lines(engine, do, stove, group):
    heard(do, group("injured_family"), "今晚的费用谁出？")
    made = sheet(engine, do, stove)
    assert asked(made) == ["伤者及家属已经问过：“今晚的费用谁出？”", "答法见下面“怎么赔，赔多少？”。"]
    order = [one.sid for one in made]
    assert order.index("who") < next(at for at, sid in enumerate(order) if sid.startswith("asked.")) < order.index("q.1")


def test_a_loaded_question_is_named_by_what_it_is_about(engine, do, stove, group):
    heard(do, group("media_on_story"), "你们是不是早就知道？")
    assert asked(sheet(engine, do, stove)) == [
        "已报道或正在采访的媒体已经问过：什么时候得知的？",
        "答：时间要对照记录，对清之后告诉您。",
    ]  # fmt: skip


def test_what_nobody_has_an_answer_for_is_checked_first(engine, do, stove, group):
    heard(do, group("neighbours"), "我家的猫跑了，门能不能先开一下")
    (question, answer) = asked(sheet(engine, do, stove))
    assert "猫" in question
    assert answer == "答：这要核实后才能回答，核实清楚先告诉周边居民。"


def test_one_matter_stands_once_the_most_harmed_first_and_english_too(engine, do, stove, group):
    heard(do, group("owners"), "能退吗？")
    heard(do, group("neighbours"), "玻璃谁赔？")
    heard(do, group("injured_family"), "医药费谁出？")
    made = asked(sheet(engine, do, stove, "en"))
    assert len(made) == 4
    assert made[0].startswith("Already asked (the injured and their families): ")
    assert made[1] == "The answer is below, under “What about compensation?”"


def test_nothing_on_the_sheet_is_objected_to_whatever_was_asked(engine, do, stove, group):
    for said in ("是你们的灶具炸的吗？", "你们赔不赔，赔多少？", "Did you know all along?", "<b>{{7*7}}</b> 谁去坐牢", "会不会召回？"):
        heard(do, group("injured_family"), said)
    for language in ("zh", "en"):
        for one in sheet(engine, do, stove, language):
            assert not one.sid.startswith("asked.") or content_check(one.text, language).severity != "block", one.text


def test_without_a_question_the_sheet_is_as_it_was(engine, do, stove, group):
    assert asked(sheet(engine, do, stove)) == []


@pytest.mark.parametrize(("said", "topic"), [
    ("医药费谁出", "money"), ("Will there be a recall?", "goods"), ("What was the cause?", "cause"), ("谁来检测", "test"),
    ("今晚能不能回家住", "safety"), ("以前有没有类似的", "before"), ("你好", None),
])  # fmt: skip
def test_questions_are_known_by_what_they_are_about(said, topic):
    found = topic_of(content.topics(), said)
    assert (found.id if found else None) == topic


def test_every_topic_leads_to_a_question_of_the_sheet_or_has_its_own():
    template = content.statement_kit().templates["qa"]
    for one in content.topics():
        assert one.standing is None or f"@{one.standing} " in template.sources["zh"]
        assert one.standing or all(one.question[side] and one.answer[side] for side in ("zh", "en"))
