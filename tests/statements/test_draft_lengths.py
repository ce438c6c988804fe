"""Short enough: a holding statement of an ordinary evening, a post, and lines that can be said in one breath."""

from functools import cache
from typing import Any

import pytest

from statements import reading
from statements.drafting.spoken import MOST, size
from statements.rubric import length
from storage import content
from tests.statements.drafting import drafted

KIT = content.statement_kit()
EVENINGS = sorted({template.about["example"] for template in KIT.templates.values()})
MOST_SAID = {"breach": {"zh": 275, "en": 175}, "yoghurt": {"zh": 300, "en": 185}, "stove": {"zh": 355, "en": 220}}
"""The norm is 300 characters and 150 words; a sourced count, advice and three deeds with hours take more."""
BOTH = [(evening, lang) for evening in EVENINGS for lang in ("zh", "en")]


@cache
def _examples() -> dict[str, Any]:
    return {name: content.read_yaml(content.TEMPLATES / "statements" / "examples" / f"{name}.yaml") for name in EVENINGS}


def _ordinary(evening: str, lang: str) -> dict[str, Any]:
    """The evening with the four groups that are touched first; the others have texts of their own."""
    raw = dict(_examples()[evening][lang])
    return {**raw, "groups_affected": [*raw["groups_affected"][:3], raw["groups_affected"][-1]], "crisis_type": "linear"}


@pytest.mark.parametrize(("evening", "lang"), BOTH)
def test_a_holding_statement_of_an_ordinary_evening_is_short(evening: str, lang: str) -> None:
    made, _ = drafted(_ordinary(evening, lang), lang)
    assert length(reading.of_draft(made), lang) <= MOST_SAID[evening][lang]


@pytest.mark.parametrize(("evening", "lang"), BOTH)
def test_a_post_is_short(evening: str, lang: str) -> None:
    made, _ = drafted(_ordinary(evening, lang), lang, slug="weibo")
    assert length(reading.of_draft(made), lang) <= KIT.templates["weibo"].about["norm"][lang] * 1.15
    assert len(made.text) <= 2000


@pytest.mark.parametrize(("evening", "lang"), BOTH)
@pytest.mark.parametrize("injured", [None, 0, 3])
def test_every_line_at_the_door_is_said_in_one_breath(evening: str, lang: str, injured: int | None) -> None:
    raw = {**_examples()[evening][lang], "casualties": {"deaths": 0, "injured": injured, "missing": 0}}
    made, _ = drafted(raw, lang, slug="door")
    assert len(made.sentences) == 3
    assert [s.text for s in made.sentences if size(s.text, lang) > MOST[lang] + (8 if lang == "en" else 10)] == []


def test_a_group_with_a_text_of_its_own_is_not_named_again() -> None:
    raw = {**_examples()["stove"]["zh"], "told_apart": ["staff", "partners"]}
    made, _ = drafted(raw, "zh")
    assert "经销商" not in made.text
    assert "同楼居民" in made.text
