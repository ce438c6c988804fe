"""A number is a number, a zero is nobody, a null is not yet confirmed."""

from typing import Any

import pytest

from tests.statements.drafting import STOVE_EN, STOVE_ZH, drafted, sentence

CASES = [
    ("zh", (0, 0, 0, ""), "截至21:10，没有人员伤亡。"),
    ("zh", (1, 3, 0, "1人遇难，3人受伤送医"), "截至21:10，1人遇难，3人受伤送医，没有人员失联。"),
    ("zh", (0, 3, 0, ""), "截至21:10，3人受伤，没有其他人伤亡或失联。"),
    ("zh", (0, 2, None, ""), "截至21:10，2人受伤，无人遇难；是否有人失联，目前还没有核实清楚。"),
    ("zh", (None, None, None, ""), "是否有人员伤亡，目前还没有核实清楚。"),
    ("zh", (None, 2, 0, "已送医（消防部门通报）"),
     "截至21:10，2人受伤，据消防部门通报，已送医，没有人员失联；是否有人遇难，目前还没有核实清楚。"),
    ("en", (0, 0, 0, ""), "No one has been hurt."),
    ("en", (0, 1, 0, "serious but stable (hospital)"),
     "As of 21:10, one person has been hurt; the hospital describes the condition as serious but stable, and no one else is hurt or "
     "missing."),
    ("en", (0, 7, 0, "7 hurt, 2 seriously (ambulance service)"),
     "As of 21:10, the ambulance service reports 7 people hurt, 2 seriously, and no one else is hurt or missing."),
    ("en", (None, None, None, ""), "We cannot yet confirm whether anyone has been hurt."),
    ("en", (2, None, 1, ""),
     "As of 21:10, 2 people have died; one person is missing; whether anyone has been hurt is not yet confirmed."),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "counts", "said"), CASES)
def test_every_combination_is_said_as_what_it_is(lang: str, counts: tuple[Any, ...], said: str) -> None:
    toll = dict(zip(("deaths", "injured", "missing", "note"), counts, strict=True))
    made, _ = drafted({**(STOVE_ZH if lang == "zh" else STOVE_EN), "casualties": toll}, lang)
    assert sentence(made, "casualties") == said


def test_three_stomach_aches_are_not_answered_with_nobody_missing() -> None:
    toll = {"deaths": 0, "injured": 3, "missing": 0, "note": "3人就医"}
    made, _ = drafted({**STOVE_ZH, "industry": "食品", "what_happened": "三名顾客腹痛", "casualties": toll}, "zh")
    assert sentence(made, "casualties") == "截至21:10，3人就医。"
    assert "不适" in made.text or "伤者" in made.text


def test_the_dead_are_mourned_before_anything_is_explained() -> None:
    toll = {"deaths": 1, "injured": 0, "missing": 0, "note": ""}
    made, _ = drafted({**STOVE_ZH, "casualties": toll, "groups_affected": ["遇难者家属", "同楼居民"]}, "zh")
    slots = [s.slot for s in made.sentences]
    assert "遇难者" in sentence(made, "care")
    assert slots.index("care") < slots.index("casualties")
    assert sentence(made, "concern") == ""
