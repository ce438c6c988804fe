"""What the checker would block is left out of a draft and flagged; a refused wording gives way to another."""

import pytest

from errors import DeskError, NotFound
from statements.drafting import StatementIntake, draft, render
from storage import content
from tests.statements.drafting import STOVE_EN, STOVE_ZH, blocks, drafted, passes_all, sentence


@pytest.mark.parametrize(
    ("label", "flag"),
    [("admission", "admission_in_facts"), ("speculation", "admission_in_facts"), ("privacy", "privacy_in_facts"),
     ("compensation_commitment", "amount_in_facts")],
)  # fmt: skip
def test_a_confirmed_item_the_checker_blocks_is_left_out_and_flagged(label: str, flag: str) -> None:
    raw = {**STOVE_ZH, "confirmed": ["阀门老旧", "现场已封存"]}
    made, flags = drafted(raw, "zh", blocks("阀门", label=label))
    assert flag in flags
    assert "阀门" not in made.text
    assert "现场已封存" in made.text


def test_what_happened_leaves_a_hole_where_it_may_not_be_said() -> None:
    made, flags = drafted({**STOVE_ZH, "what_happened": "阀门老旧，厨房爆炸"}, "zh", blocks("阀门"))
    assert "admission_in_facts" in flags
    assert "【待填：发生了什么】" in made.text


def test_a_refused_wording_gives_way_to_another_and_says_the_same_facts() -> None:
    plain, _ = drafted(STOVE_ZH, "zh")
    first = sentence(plain, "next")
    other, _ = drafted(STOVE_ZH, "zh", blocks(first))
    assert sentence(other, "next") not in ("", first)
    assert [s.facts for s in other.sentences if s.slot == "next"] == [
        s.facts for s in plain.sentences if s.slot == "next"
    ]


def test_an_expendable_sentence_goes_where_no_wording_of_it_passes() -> None:
    made, _ = drafted(STOVE_ZH, "zh", blocks("找我们", "告诉我们"))
    assert sentence(made, "victims") == ""
    assert sentence(made, "lead")


def test_a_sentence_knows_its_facts_and_principle() -> None:
    made, _ = drafted(STOVE_ZH, "zh")
    facts = {s.slot: s.facts for s in made.sentences}
    assert set(facts["lead"]) == {"when", "where", "what_happened"}
    assert facts["unknown.1"][0] == "not_confirmed.1"
    assert {"actions_taken.1", "actions_taken.2", "actions_taken.3"} <= set(facts["actions"])
    assert {s.slot: s.principle for s in made.sentences}["next"] == "fast"


def test_slots_are_the_same_in_both_languages() -> None:
    slots = [[s.slot for s in drafted(raw, lang)[0].sentences] for raw, lang in ((STOVE_ZH, "zh"), (STOVE_EN, "en"))]
    assert slots[0] == slots[1]


def test_incidents_of_one_firm_do_not_read_alike() -> None:
    events = ["热水器漏水", "厨房起火", "灶具漏气", "仓库冒烟", "送货车侧翻", "展厅吊顶掉落", "客户资料外泄"]
    events += ["产品被指假货", "电梯停运", "员工受伤"]
    drafts = [drafted({**STOVE_ZH, "what_happened": event}, "zh")[0] for event in events]
    said = {
        tuple(sentence(made, slot) for slot in ("care", "concern", "unknown.1", "victims", "help", "next"))
        for made in drafts
    }
    assert len(said) == len(events)


def test_an_unknown_template_and_a_bad_line_are_errors_with_a_key() -> None:
    intake, _ = StatementIntake.from_mapping(STOVE_ZH)
    with pytest.raises(NotFound) as unknown:
        draft(intake, "zh", content.statement_kit(), passes_all, "sonnet")
    assert unknown.value.key == "template.unknown"
    with pytest.raises(DeskError) as bad:
        render("no mark at all", {})
    assert bad.value.key == "template.bad_line"


@pytest.mark.parametrize("inside", ["{{ missing }}", "{{ x.__class__.__mro__ }}", "{% for %}", "{{ 1 // 0 }}"])
def test_a_template_cannot_name_what_is_not_there_nor_reach_out(inside: str) -> None:
    with pytest.raises(DeskError) as broken:
        render(f"@a form: {inside}", {"x": "text"})
    assert broken.value.key == "template.broken"
