"""A correction names what it corrects; the corrected text says which number corrects it."""

import re

import pytest

from errors import BadInput, NotAllowed, NotFound
from statements.records import corrections
from storage import content, events, statements
from storage.database import reading
from tests.clearing import Answer, Found, Text, check, drafted
from workflows.correct_statement import correct_statement
from workflows.draft_statement import redraft
from workflows.ways import ways

WRONG, RIGHT = "现场无人受伤", "一名住户受伤，已送医"


@pytest.fixture
def text(engine, do, stove) -> Text:
    made = drafted(engine, do, stove)
    made.clear()
    made.release()
    return made


def correct(text, number=1, wrong=WRONG, right=RIGHT):
    return text.do(
        correct_statement, text.incident_id, number, wrong={"zh": wrong}, right={"zh": right}, kit=content.statement_kit(),
        check=check, actor="顾曼",
    )  # fmt: skip


@pytest.fixture
def correction(text) -> Text:
    return Text(text.engine, text.do, text.incident_id, correct(text), text.people)


def test_it_says_which_text_what_was_wrong_and_what_is_right(correction):
    said = correction.read()
    assert "第 1 号声明" in said
    assert "2026-03-14 21:17" in said
    assert WRONG in said
    assert RIGHT in said
    assert said.index("第 1 号") < said.index(WRONG)


def test_it_still_says_so_when_it_is_drafted_anew(correction):
    correction.do(redraft, correction.id, kit=content.statement_kit(), check=check)
    assert "第 1 号声明" in correction.read()
    assert WRONG in correction.read()


def test_released_both_know_of_each_other_and_so_does_the_log(correction):
    correction.clear()
    assert correction.release() == 2
    with reading(correction.engine) as connection:
        out = {one.number: one for one in statements.publications(connection, correction.incident_id)}
        told = [one for one in events.of_incident(connection, correction.incident_id) if one.deed == "statement_corrected"]
    assert corrections(out.values(), out[2]) == (1, ())
    assert corrections(out.values(), out[1]) == (None, (2,))
    assert [(one.facts["corrects"], one.facts["publication"]) for one in told] == [(1, 2)]


def test_correcting_again_before_release_goes_on_with_the_same_correction(text, correction):
    assert correct(text, right="两名住户受伤") == correction.id
    assert "两名住户受伤" in correction.read()


def test_another_texts_correction_waits_until_this_one_is_out(text, correction):
    second = drafted(text.engine, text.do, text.incident_id, "update")
    second.clear()
    assert second.release() == 2
    with pytest.raises(NotAllowed, match="correction_open"):
        correct(text, number=2)


def test_our_own_released_words_may_be_quoted_to_correct_them_though_nobody_may_say_them(text):
    known = "现场有我司品牌灶具"
    made = Text(text.engine, text.do, text.incident_id, correct(text, wrong=known), text.people)
    found = lambda said, language: _objecting(said, known)  # noqa: E731
    with reading(text.engine) as connection:
        left = ways(connection, made.id, ("zh",), check=found).left
    assert made.read().count(known) == 2
    assert [one.sid for one in left if one.label == "denial_premature"] == ["lead"], "only where it is said anew"


def _objecting(said: str, words: str) -> Answer:
    spans = [(one.start(), one.end()) for one in re.finditer(re.escape(words), said)]
    return Answer("block", tuple(Found("denial_premature", "block", *span) for span in spans))


def test_there_has_to_be_something_to_correct(text):
    with pytest.raises(NotFound):
        correct(text, number=9)
    with pytest.raises(BadInput, match="nothing_written"):
        correct(text, wrong=" ", right="")
