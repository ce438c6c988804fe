"""Casualty details wait until the family knows, or an official source has given them."""

import pytest

from statements.basis import Basis
from statements.family_first import locked
from statements.records import Sentence
from tests.statements.tracing_cases import fact


def sentence(text, language="zh"):
    return Sentence(0, "casualties", language, 0, text, "candid")


def basis(status="confirmed", **more):
    return Basis((fact(1, "deaths", 0, "number", status), fact(2, "injured", 1, "number", status)), **more)


@pytest.mark.parametrize(
    ("language", "text"),
    [("zh", "目前1人受伤。"), ("zh", "一名居民受伤，伤势稳定。"), ("zh", "伤者烧伤面积较大。"), ("en", "One person has been hurt."),
     ("en", "The injured are in a serious condition.")],
)  # fmt: skip
def test_casualty_details_wait_for_the_family(language, text):
    assert locked(sentence(text, language), basis())
    assert locked(sentence(text, language), basis(family_told=True)) == ()


@pytest.mark.parametrize("text", ["没有人员遇难。", "我们向伤者和家属致以慰问。", "是否还有人受伤，还在核实。", "20户居民已疏散。"])
def test_care_and_nobody_are_no_details(text):
    assert locked(sentence(text), basis()) == ()


def test_a_count_that_an_authority_has_given_may_be_said():
    assert locked(sentence("目前1人受伤。"), basis("official")) == ()
    assert locked(sentence("共有1人伤亡。"), basis("official")) == ()


def test_a_grade_that_the_authority_did_not_give_may_not():
    assert [one.text for one in locked(sentence("目前1人受伤，伤势稳定。"), basis("official"))] == ["伤势"]
