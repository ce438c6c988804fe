"""Two languages of one version say the same: the same figures, the same facts, and no rewriting in one alone."""

import pytest

from statements.basis import Basis
from statements.parity import differences, pair_digest
from statements.records import Sentence
from storage import content
from tests.statements.drafting import drafted
from tests.statements.tracing_cases import basis_of, fact, local


def pair(zh, en, *, facts=(1,), edited=()):
    return tuple(
        Sentence(n, "casualties", name, n, text, "candid", facts, name in edited) for n, (name, text) in enumerate((("zh", zh), ("en", en)))
    )


def found(sentences, **more):
    basis = Basis((fact(1, "injured", 1, "number"),), written_at=(local("2026-05-12 21:10"),), **more)
    return [(one.kind, one.sentence.language, one.words) for one in differences(sentences, basis)]


@pytest.mark.parametrize(
    ("zh", "en"),
    [("目前1人受伤。", "One person has been hurt."), ("截至21:10，2人受伤。", "Two people have been hurt."),
     ("5月12日20:15发生爆炸。", "There was an explosion at 8:15 pm on 12 May."), ("热线400-000-2299（24小时）。", "Call 400-000-2299 (24 hours)."),
     ("没有人员遇难。", "No one has died."), ("疏散二十户。", "Twenty households were moved.")],
)  # fmt: skip
def test_the_same_in_other_words_is_the_same(zh, en):
    assert found(pair(zh, en)) == []


def test_a_figure_that_differs_is_marked_in_both():
    assert found(pair("目前1人受伤。", "Two people have been hurt.")) == [("figure", "zh", "1人"), ("figure", "en", "Two people")]


def test_an_hour_that_only_one_language_gives_is_marked():
    assert found(pair("20:15发生爆炸。", "There was an explosion.")) == [("figure", "zh", "20:15")]


def test_a_fact_that_only_one_language_says_is_marked():
    zh, en = pair("有人受伤。", "We are looking into it.")
    [one] = differences((zh, Sentence(2, "other", "en", 1, "Something.", "form")), Basis((fact(1, "injured", 1, "number"),)))
    assert (one.kind, one.sentence.language) == ("fact", "zh")
    assert en


def test_what_was_rewritten_alone_counts_until_somebody_compared_it():
    sentences = pair("我们牵挂伤者。", "Our thoughts are with those hurt.", edited=("zh",))
    assert found(sentences) == [("edited", "zh", "我们牵挂伤者。")]
    assert found(sentences, checked=frozenset({pair_digest(sentences, "casualties")})) == []


def test_comparing_does_not_wave_a_wrong_figure_through():
    sentences = pair("目前1人受伤。", "Two people have been hurt.", edited=("zh",))
    assert found(sentences, checked=frozenset({pair_digest(sentences, "casualties")}))


@pytest.mark.parametrize("slug", ["door", "holding", "hotline", "neighbours", "staff", "update", "weibo"])
def test_both_languages_of_one_drafted_text_carry_the_same_figures(slug):
    """The stove example is one incident told in two languages; its facts are bound by slot in the desk itself."""
    sentences = []
    template = content.statement_kit().templates[slug]
    for name in ("zh", "en"):
        made, _ = drafted(template.example[name], name, slug=slug)
        sentences += [Sentence(0, one.slot, name, n, one.text, one.principle) for n, one in enumerate(made.sentences)]
    assert [one.words for one in differences(sentences, basis_of(template.example["zh"]))] == []
