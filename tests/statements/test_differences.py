"""What changed between two versions, to the letter in Chinese and to the word in English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.differences import changed, differences

TEXTS = st.text(alphabet="现场有1人伤，。 the stove’s 20:15 no-one\n【】", max_size=60)


def shown(before: str, after: str) -> str:
    marks = {"same": "{}", "gone": "[-{}]", "new": "[+{}]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in differences(before, after))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("现场有1人受伤。", "现场有2人受伤。", "现场有[-1][+2]人受伤。"),
        ("起因尚未查明。", "起因正在查明。", "起因[-尚未][+正在]查明。"),
        ("截至20:15，无人失联。", "截至21:40，无人失联。", "截至[-20:15][+21:40]，无人失联。"),
        ("One person was hurt.", "Two people were hurt.", "[-One person was][+Two people were] hurt."),
        ("We are cooperating.", "We are fully cooperating.", "We are [+fully ]cooperating."),
        ("一样。", "一样。", "一样。"),
        ("", "新的。", "[+新的。]"),
    ],
)
def test_the_change_is_marked_where_a_reader_sees_it(before, after, said):
    assert shown(before, after) == said


@given(TEXTS, TEXTS)
def test_nothing_is_lost_and_nothing_is_added(before, after):
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
    assert changed(pieces) == (before != after)
