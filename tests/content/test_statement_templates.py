"""Every kind of text renders its example in both languages, passes the checker and meets the points it names."""

import re

import pytest

from statements import reading
from statements.drafting import Draft, StatementIntake
from statements.rubric import length
from storage import content
from tests.statements.drafting import drafted, invented_numbers

KIT = content.statement_kit()
SLUGS = sorted(KIT.templates)
BOTH = [(slug, lang) for slug in SLUGS for lang in ("zh", "en")]
NUMBER_WORDS = re.compile(r"[一二两三四五六七八九十百千万〇零][人名位例台户件批个天日时点分元小]|第一时间|高度重视")
CLICHES = re.compile(
    r"高度重视|第一时间|全力以赴|不明真相|别有用心|情绪稳定"
    r"|isolated incident|abundance of caution|thoughts and prayers|alleged victim",
    re.I,
)


def _example(slug: str, lang: str) -> tuple[Draft, tuple[str, ...], StatementIntake]:
    raw = KIT.templates[slug].example[lang]
    made, flags = drafted(raw, lang, slug=slug)
    return made, flags, StatementIntake.from_mapping(raw)[0]


@pytest.mark.parametrize(("slug", "lang"), BOTH)
def test_an_example_renders_whole_and_within_its_length(slug: str, lang: str) -> None:
    made, _, _ = _example(slug, lang)
    least, most = KIT.templates[slug].about["length"][lang]
    size = length(reading.of_draft(made), lang)
    assert least <= size <= most
    assert not re.search(r"\{|\}|<[a-z/!]|None|【待填|\[to fill", made.text)
    assert not CLICHES.search(made.text)
    assert invented_numbers(made.text, KIT.templates[slug].example[lang]) == set()


@pytest.mark.parametrize("slug", SLUGS)
def test_an_example_says_the_same_facts_in_both_languages(slug: str) -> None:
    zh, en = (_example(slug, lang)[0] for lang in ("zh", "en"))
    assert {s.slot for s in zh.sentences} - {"greeting"} == {s.slot for s in en.sentences}


@pytest.mark.parametrize("kind", ["linear", "media", "matrix", "credit", "chain"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_holding_statement_has_a_variant_for_each_crisis_type(kind: str, lang: str) -> None:
    raw = {**KIT.templates["holding"].example[lang], "crisis_type": kind}
    made, _ = drafted(raw, lang)
    assert any(s.slot == "posture" for s in made.sentences) == (kind != "linear")


def test_a_template_describes_itself() -> None:
    for template in KIT.templates.values():
        about = template.about
        assert set(about["names"]) == {"zh", "en"}
        assert set(about["types"]) <= {"linear", "media", "matrix", "credit", "chain"}
        assert set(about["points"]) <= set(range(1, 25))


def test_our_wordings_hold_no_number_and_no_boilerplate() -> None:
    lines = [
        str(v) for options in KIT.words["zh"].values() for v in (options if isinstance(options, list) else [options])
    ]
    lines += [line for scene in KIT.tables["scenes"] for line in scene["concern"]["zh"]]
    lines += [t.sources["zh"] for t in KIT.templates.values()]
    assert [line for line in lines if NUMBER_WORDS.search(line)] == []


def test_every_scene_group_and_advice_has_words_in_both_languages() -> None:
    for row in KIT.tables["scenes"]:
        assert set(row["cues"]) == set(row["concern"]) == {"zh", "en"}
        assert all(kind in KIT.tables["authorities"] for kind in row["cause"])
    for row in KIT.tables["groups"]:
        assert all(set(need) == {"zh", "en"} for need in [row["need"], *row.get("needs", {}).values()])
    for row in KIT.tables["advice"]:
        assert row["zh"]
        assert row["en"]
        assert row["source"]
