"""What two texts say otherwise of the same thing is found; what may differ is left alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from statements.basis import Basis, Said
from statements.contradiction import against_facts, between, claims, contradictions
from statements.records import Sentence
from tests.statements.tracing_cases import ZONE, fact, local

NOTICE = "5月12日20时40分许，西湖区一居民家中发生爆炸，造成1人死亡、2人受伤。事故原因正在调查中。"
OUT = local("2026-05-12 21:15")


def slots(ours, theirs, mine="zh", other="zh"):
    return [(one.slot, one.text, it.text) for one, it in between(claims(ours, mine), claims(theirs, other))]


@pytest.mark.parametrize(
    ("ours", "expected"),
    [
        ("5月12日20:15，拱墅区一住宅发生爆炸。", [("when", "20:15", "20时40分许"), ("where", "拱墅区", "西湖区")]),
        ("目前2人受伤，没有人员死亡。", [("deaths", "没有人员死亡", "1人")]),
        ("目前5人受伤。", [("injured", "5人", "2人")]),
        ("爆炸是由阀门老化引起的。", [("cause", "由阀门老化引起", "原因正在调查中")]),
        ("5月12日20:40，西湖区一住宅发生爆炸，1人死亡，2人受伤。", []),
        ("截至21:10，2人受伤。我们20:58向市场监管部门报告。", []),
        ("我们向伤者致以慰问，起因尚未查明。", []),
    ],
)
def test_claims_are_compared_slot_by_slot(ours, expected):
    assert slots(ours, NOTICE) == expected


def test_figures_are_compared_across_languages():
    assert slots("Three people were injured.", NOTICE, "en") == [("injured", "Three people", "2人")]


def told(text, facts=(), *, sid="casualties", **more):
    sentence = Sentence(1, sid, "zh", 0, text, "candid", (1,))
    earlier = (Said("publication:1", "#1", "zh", "目前1人受伤。", OUT),)
    return contradictions([sentence], "zh", Basis(tuple(facts), ZONE, earlier=earlier, **more))


def test_another_count_than_in_our_release_is_a_contradiction():
    [one] = told("目前3人受伤。")
    assert (one.mine.text, one.theirs.text, one.said.label) == ("3人", "1人", "#1")


def test_a_toll_that_rose_by_a_fact_confirmed_since_is_a_development():
    risen = replace(fact(1, "injured", 3, "number"), confirmed_at=OUT + timedelta(minutes=5))
    assert told("目前3人受伤。", [risen]) == ()
    assert told("目前3人受伤。", [replace(risen, confirmed_at=OUT - timedelta(minutes=5))])


def test_a_toll_that_falls_has_to_be_said_as_a_correction():
    fallen = replace(fact(1, "injured", 0, "number"), confirmed_at=OUT + timedelta(minutes=5))
    assert told("没有人员受伤。", [fallen])
    assert told("此前通报1人受伤，经核实没有人员受伤。", [fallen]) == ()
    assert told("没有人员受伤。", [fallen], corrects=True) == ()


def notice(text=NOTICE):
    return fact(9, "finding", text, "finding", "official", source="西湖消防救援大队", document_number="通报〔2026〕5号", public=False)


def test_an_official_notice_is_not_contradicted_unless_the_text_cites_it():
    [one] = told("目前1人受伤。", [notice()])
    assert (one.theirs.text, one.said.label) == ("2人", "西湖消防救援大队 通报〔2026〕5号")
    assert told("西湖消防救援大队通报2人受伤，其中我司核实的有1人受伤。", [notice()]) == ()


def test_a_notice_is_held_against_the_facts():
    ours = [fact(1, "injured", 1, "number"), fact(2, "deaths", 1, "number"), fact(3, "when", local("2026-05-12 20:15").isoformat(), "time"),
            fact(4, "where", "杭州市拱墅区一住宅小区")]  # fmt: skip
    assert [(claim.slot, claim.text, one.id) for claim, one in against_facts(notice(), ours, ZONE)] == [
        ("injured", "2人", 1), ("when", "20时40分许", 3), ("where", "西湖区", 4),
    ]  # fmt: skip
