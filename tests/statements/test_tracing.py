"""Numbers, times and places of a text are traced to confirmed facts; what is wrong is marked, what is harmless is not."""

from pathlib import Path

import pytest

from statements.basis import Basis, Said
from statements.tracing import truth, untraced
from storage import content
from tests.statements.tracing_cases import ZONE, fact, local

CASES = content.read_yaml(Path(__file__).with_name("tracing_cases.yaml"))


@pytest.fixture(scope="module")
def basis():
    told = CASES["facts"]
    texts = [("company", told["company"], told["company"])]
    texts += [(slot, told[slot]["zh"], told[slot]["en"]) for slot in ("where", "contact", "product")]
    texts += [("deed", zh, en) for zh, en in zip(told["deeds"]["zh"], told["deeds"]["en"], strict=True)]
    made = [fact(n, slot, zh, wording_en=en) for n, (slot, zh, en) in enumerate(texts, 1)]
    made += [fact(20 + n, slot, int(slot == "injured"), "number") for n, slot in enumerate(("deaths", "injured", "missing"))]
    made.append(fact(30, "when", local("2026-05-12 20:15").isoformat(), "time"))
    made.append(fact(31, "next_update", local("2026-05-12 22:30").isoformat(), "time"))
    return Basis(tuple(made), ZONE, (local("2026-05-12 21:10"),))


def cases(side):
    return [pytest.param(language, case, id=str(case)[:40]) for language in ("zh", "en") for case in CASES[side][language]]


@pytest.mark.parametrize(("language", "text"), cases("right"))
def test_what_is_confirmed_or_harmless_is_not_marked(basis, language, text):
    assert untraced(text, language, truth(basis)) == ()


@pytest.mark.parametrize(("language", "case"), cases("wrong"))
def test_what_is_not_confirmed_is_marked_with_what_is(basis, language, case):
    found = untraced(case["text"], language, truth(basis))
    assert case["marked"] in [case["text"][one.start : one.end] for one in found]
    assert case["near"] in [one.near for one in found if one.text == case["marked"]]


def test_a_number_only_reported_does_not_bear_a_text_out(basis):
    reported = Basis(tuple(fact(n, "injured", 3, "number", "reported") for n in (1,)), ZONE)
    [found] = untraced("3人受伤。", "zh", truth(reported))
    assert (found.kind, found.facts, found.near) == ("number", (1,), "")


def test_a_sentence_bound_to_one_hour_does_not_borrow_another(basis):
    assert untraced("5月12日20:58发生爆炸。", "zh", truth(basis)) == ()
    [found] = untraced("5月12日20:58发生爆炸。", "zh", truth(basis), facts=(30,))
    assert (found.text, found.facts) == ("20:58", (30,))


def test_a_correction_may_quote_what_was_published(basis):
    text = "我们此前写到“3人受伤”，这句话不准确。"
    assert untraced(text, "zh", truth(basis))
    told = Said("1:zh", "1", "zh", "目前3人受伤。")
    assert untraced(text, "zh", truth(Basis(basis.facts, ZONE, basis.written_at, earlier=(told,)))) == ()


def test_a_span_stands_in_the_text_as_it_is_written(basis):
    text = "【待填：时间】傷者３人。"
    [found] = untraced(text, "zh", truth(basis))
    assert text[found.start : found.end] == "３人"
