"""Which rung of the admission ladder a sentence stands on, and that no other law reaches the mainland text."""

from typing import Any

import pytest

from commands.door_draft import checker
from statements.drafting import StatementIntake, draft
from statements.ladder import fuller_apology, highest, level_of, rungs
from statements.models import JURISDICTIONS
from storage import content

PACKS = content.ladders()
KIT = content.statement_kit()
CHECK = checker()

LEVELS: list[tuple[str, tuple[str, ...], int | None]] = [
    ("我们牵挂着伤者和家人。", (), 0),
    ("让大家担心了，我们深表歉意。", (), 1),
    ("原因以消防部门的认定为准，我们全力配合。", (), 2),
    ("我们已安排专人陪同伤者就医。", (), 3),
    ("如经认定与我们的产品有关，我们将依法承担相应责任。", (), 4),
    ("我们负责到底。", (), 5),
    ("阀门老化造成了这次爆炸。", ("admission",), 6),
    ("这是用户操作不当。", ("blame_shift",), 8),
    ("5月12日20:15，一住宅厨房发生爆炸。", (), None),
    ("Our thoughts are with the injured.", (), 0),
    ("We are sorry for the worry this has caused.", (), 1),
    ("That is for the fire service to determine.", (), 2),
    ("If findings show a link with our product we will meet our legal duties.", (), 4),
    ("We take full responsibility.", (), 5),
]


@pytest.mark.parametrize(("text", "labels", "level"), LEVELS)
def test_a_sentence_stands_on_its_highest_rung(text: str, labels: tuple[str, ...], level: int | None) -> None:
    assert level_of(text, labels) == level


def test_prior_knowledge_stands_above_a_cause() -> None:
    assert level_of("此前已接到类似投诉。", ("admission",), duty_to_warn=True) == 7


def test_the_rung_means_what_the_pack_says() -> None:
    pieces: list[tuple[str, str, list[Any]]] = [("care", "让大家担心了，我们深表歉意。", []), ("lead", "厨房发生爆炸。", [])]
    assert [one.tool for one in rungs(pieces, PACKS["CN"])] == ["legal", "allow"]
    assert [one.tool for one in rungs(pieces, PACKS["HK"])] == ["allow", "allow"]
    top = highest(rungs(pieces, PACKS["CN"]))
    assert top is not None
    assert top.level == 1


def test_every_pack_is_whole_dated_and_says_that_it_is_not_legal_advice() -> None:
    assert set(PACKS) == set(JURISDICTIONS)
    for pack in PACKS.values():
        assert [row["level"] for row in pack["levels"]] == list(range(9))
        assert pack["source"] and pack["effective_from"] and pack["last_checked"] and pack["grade"]  # noqa: PT018
        assert "不是法律意见" in pack["note"]["zh"]
        assert "not legal advice" in pack["note"]["en"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_mainland_text_holds_no_apology_of_another_law(lang: str) -> None:
    made = {law: _drafted(law, lang) for law in (*JURISDICTIONS, "XX")}
    assert made["CN"] == made["XX"]
    for law in JURISDICTIONS[1:]:
        theirs = fuller_apology(law, lang, PACKS)
        assert theirs
        assert theirs in made[law]
        assert theirs not in made["CN"]
        assert all(theirs not in made[other] for other in JURISDICTIONS if fuller_apology(other, lang, PACKS) != theirs)


def _drafted(law: str, lang: str) -> str:
    intake, _ = StatementIntake.from_mapping({**KIT.templates["holding"].example[lang], "jurisdiction": law})
    made = draft(intake, lang, KIT, CHECK)
    assert CHECK(made.text, lang).severity == "none"
    return made.text
