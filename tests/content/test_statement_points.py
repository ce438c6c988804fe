"""Every kind of text, for every crisis type, in both languages: it passes the shipped guard and meets every point asked of it."""

from functools import cache
from typing import Any

import pytest

from commands.door_draft import checker
from statements import reading
from statements.drafting import Draft, StatementIntake, draft
from statements.rubric import Judgement, Seen, judge
from storage import content

KIT = content.statement_kit()
TYPES = [("linear", ""), ("media", ""), ("matrix", ""), ("credit", "production"), ("credit", "operation"), ("credit", "finance"),
         ("credit", "loan"), ("chain", "")]  # fmt: skip
EXAMPLES = ("stove", "yoghurt", "breach")
WITHOUT_POSTURE = ("door", "neighbours", "correction", "resolution")
CASES = [
    (slug, crisis, kind, lang)
    for slug, template in sorted(KIT.templates.items())
    for crisis, kind in TYPES
    if crisis in template.about["types"] and (crisis == "linear" or slug not in WITHOUT_POSTURE)
    if kind in ("", "production") or slug in ("holding", "update")
    for lang in ("zh", "en")
]
CHECK = cache(checker())


@cache
def _made(slug: str, lang: str, crisis: str, kind: str) -> tuple[Draft, StatementIntake]:
    return made(slug, lang, crisis, kind)


def made(slug: str, lang: str, crisis: str, kind: str = "", **changed: Any) -> tuple[Draft, StatementIntake]:
    raw = {**KIT.templates[slug].example[lang], "crisis_type": crisis, "credit_kind": kind, **changed}
    intake, _ = StatementIntake.from_mapping(raw)
    return draft(intake, lang, KIT, CHECK, slug), intake


def judged(slug: str, lang: str, text: Draft, intake: StatementIntake, **more: Any) -> Judgement:
    seen = Seen(
        slug, lang, reading.of_draft(text), CHECK(text.text, lang), KIT.templates[slug].about, intake.crisis_type,
        harmed=bool(intake.casualties.injured or intake.casualties.deaths), danger=True, **more,
    )  # fmt: skip
    return judge(seen, content.rubric())


@pytest.mark.parametrize(("slug", "crisis", "kind", "lang"), CASES)
def test_an_example_passes_the_guard_and_meets_all_its_points(slug: str, crisis: str, kind: str, lang: str) -> None:
    text, intake = _made(slug, lang, crisis, kind)
    verdict = CHECK(text.text, lang)
    assert [(one.label, text.text[one.start : one.end]) for one in verdict.findings] == []
    found = judged(slug, lang, text, intake)
    assert [(one.number, one.because) for one in found.missed] == []
    assert found.deductions == ()
    assert found.passes(content.rubric())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_type_asks_for_is_said_and_differs(lang: str) -> None:
    said = {(crisis, kind): _made("holding", lang, crisis, kind)[0] for crisis, kind in TYPES}
    stances = {one: next((s.text for s in text.sentences if s.slot == "posture"), "") for one, text in said.items()}
    assert stances["linear", ""] == ""
    assert len(set(stances.values())) == len(stances)


def test_the_question_in_the_reports_comes_before_what_we_know() -> None:
    for lang in ("zh", "en"):
        slots = [s.slot for s in _made("holding", lang, "media", "")[0].sentences]
        assert slots.index("posture") < slots.index("confirmed")
        slots = [s.slot for s in _made("holding", lang, "credit", "loan")[0].sentences]
        assert slots.index("posture") > slots.index("confirmed")
