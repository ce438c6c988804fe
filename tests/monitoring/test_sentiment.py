"""SnowNLP is asked beside us: the same number, the same words."""

import random

import numpy as np
import pytest

from monitoring import _snow_kernel, sentiment
from monitoring.sentiment import SnowTables, cut, item_text, score

PHRASES = (
    *("该公司回应称正在核实", "没有造假", "家用燃气灶爆炸", "市场监管部门已介入调查", "服务态度很好", "产品召回"),
    *("客户投诉下降80%", "质量不错，值得推荐", "董事长被刑事拘留", "未发现任何问题", "净利润同比增长12.5%"),
    *("我們在現場", "龘靐齉", "䶮㐂", "の新製品", "한국어", "iPhone 手机", "http://example.test/a?b=1"),
    *("<p>三人受伤</p>", "&amp;nbsp;", "【快讯】", "“绝不姑息”", "——", "……"),
    *("2023年5月1日", "😀👨‍👩‍👧", "\u200b\ufeff", "是", "的", "了"),
)
SPACES = ("", "", "", " ", "\n", "\t", "\u3000", "\xa0", "\x85", "\x1c", "\u2028", "\u180e", "\u200b")


def texts(count: int, seed: int) -> list[str]:
    """Distinct texts: phrases glued by odd spaces, with random Han, random code points and long runs among them."""
    chance = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        pieces = [_piece(chance) + chance.choice(SPACES) for _ in range(chance.randint(1, 4))]
        made["".join(pieces)] = None
    return [text for text in made if text]


def _piece(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.6:
        return chance.choice(PHRASES)
    if kind < 0.85:
        return "".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(chance.randint(1, 12)))
    if kind < 0.95:
        return "".join(chance.choice("".join(PHRASES)) for _ in range(chance.randint(1, 40)))
    return "".join(chr(chance.choice((chance.randint(1, 0x2FFF), chance.randint(0x10000, 0x1FFFF)))) for _ in range(9))


def snownlp_says(some: list[str]) -> np.ndarray:
    import snownlp

    return np.array([snownlp.SnowNLP(text).sentiments for text in some])


def largest_difference(some: list[str], tables: SnowTables) -> float:
    return float(np.abs(score(some, tables) - snownlp_says(some)).max())


def test_the_score_is_the_one_snownlp_gives(tables: SnowTables) -> None:
    assert largest_difference(texts(500, seed=1), tables) < 1e-9


@pytest.mark.long
def test_the_score_is_the_one_snownlp_gives_on_twelve_thousand_texts_and_on_very_long_ones(tables: SnowTables) -> None:
    long_runs = ["".join(PHRASES) * 40, "龘" * 12_000, "的龘好" * 3_000]
    assert largest_difference(texts(12_000, seed=2) + long_runs, tables) < 1e-9


def test_the_compiled_and_the_plain_kernel_agree_to_the_last_bit(tables: SnowTables) -> None:
    some = texts(12, seed=3)  # the plain one takes seconds for each
    codes, starts = sentiment._code_points(some)
    rest = (sentiment._longest(starts), *sentiment._arguments(tables))
    plain = _snow_kernel.plain().score_all(codes, starts, *rest)
    compiled = _snow_kernel.compiled().score_all(codes, starts, *rest)
    assert np.array_equal(plain, compiled)


def test_the_words_are_those_snownlp_cuts(tables: SnowTables) -> None:
    from snownlp import seg

    some = texts(300, seed=4)
    assert cut(some, tables) == [list(seg.seg(text)) for text in some]


def test_without_tables_snownlp_itself_answers(tables: SnowTables) -> None:
    some = ["质量不错", "", "三人受伤"]
    assert np.array_equal(score(some, None), score(some, tables), equal_nan=True)
    assert cut(some, None) == cut(some, tables)


def test_the_empty_text_has_no_score_and_no_words(tables: SnowTables) -> None:
    assert np.isnan(score([""], tables)).all()
    assert cut([""], tables) == [[]]
    assert score([], tables).shape == (0,)


def test_a_lone_surrogate_is_scored_as_any_unseen_word(tables: SnowTables) -> None:
    assert score(["好\ud800"], tables)[0] == pytest.approx(score(["好\ue000"], tables)[0])


@pytest.mark.parametrize(
    ("title", "summary", "text"),
    [("甲", "乙", "甲\n乙"), ("甲", "", "甲"), ("", "乙", "乙"), ("", "", None), (" ", "\n", None)],
)
def test_title_and_summary_are_joined_by_a_newline_and_nothing_is_no_text(title: str, summary: str, text: str) -> None:
    assert item_text(title, summary) == text
