from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from monitoring.copies import StoryIndex, cluster
from monitoring.models import StoryText

START = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
BODY = (
    "昨晚八时许，城东区一户居民家中燃气灶发生爆炸。消防部门赶到现场，将伤者送往医院。"
    "公司客服称正在核实情况，会尽快给出说明。目前伤者情况稳定，起因仍在调查。"
)
OTHER = "全市中小学将于下周一开学。教育部门提醒家长，提前检查孩子的书包。气象部门预计开学首日多云，适宜出行。交警将在校门口值守。"


def text(number: int, title: str, body: str = "", minutes: int = 0, apart: tuple[int, ...] = ()) -> StoryText:
    return StoryText(number, title, body, START + timedelta(minutes=minutes), f"outlet {number}", frozenset(apart))


def together(*texts: StoryText) -> bool:
    return len(cluster(texts)) == 1


@pytest.mark.parametrize(
    "title",
    [
        "城东一居民家燃气灶爆炸致三人受伤",
        "城东一居民家燃气灶爆炸，致三人受伤",
        "【快讯】城东一居民家燃气灶爆炸致三人受伤",
        "城东一居民家燃气灶爆炸致三人受伤 - 江城晚报",
        "城东一居民家燃气灶爆炸致三人受伤_江城新闻网",
        "城东居民家燃气灶爆炸致三人受伤",
    ],
)
def test_a_headline_dressed_otherwise_is_the_same_story(title: str) -> None:
    assert together(text(1, "城东一居民家燃气灶爆炸致三人受伤"), text(2, title, minutes=30))


def test_one_body_under_two_headlines_is_one_story() -> None:
    assert together(text(1, "灶具爆炸之后", BODY), text(2, "城东三人送医，客服：正在核实", f"本报讯 {BODY}", 10))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("城东一居民家燃气灶爆炸致三人受伤", "城东一小学开学首日迎来新生"),
        ("2026年3月13日上证指数收盘综述报告", "2026年3月14日上证指数收盘综述报告"),
        ("北辰电器宣布召回三万台问题燃气灶具", "南星电器否认旗下热水器存在质量缺陷"),
        ("公告", "公告"),
    ],
)
def test_another_matter_is_another_story(one: str, other: str) -> None:
    assert not together(text(1, one, BODY), text(2, other, OTHER))


def test_the_same_headline_days_later_is_another_story() -> None:
    title = "城东一居民家燃气灶爆炸致三人受伤"
    assert not together(text(1, title), text(2, title, minutes=60 * 24 * 4))


def test_a_story_split_by_hand_stays_split() -> None:
    title = "城东一居民家燃气灶爆炸致三人受伤"
    split = text(3, title, minutes=2, apart=(1, 2))
    stories = cluster([text(1, title), text(2, title, minutes=1), split, text(4, title, minutes=3)])
    assert next(story for story in stories if 3 in story)[0] == 3
    assert stories[0][:2] == (1, 2)


def test_the_same_items_give_the_same_stories_in_any_order() -> None:
    items = [
        text(1, "城东一居民家燃气灶爆炸致三人受伤", BODY), text(2, "燃气灶爆炸三人送医", BODY, 5),
        text(3, "开学首日多云", OTHER, 6), text(4, "城东一居民家燃气灶爆炸致三人受伤！", "", 7),
    ]  # fmt: skip
    assert len({tuple(cluster(order)) for order in permutations(items)}) == 1


def test_what_is_old_is_forgotten() -> None:
    index = StoryIndex()
    index.add(text(1, "城东一居民家燃气灶爆炸致三人受伤", BODY), 1)
    index.add(text(2, "全市中小学下周一开学", OTHER, 600), 2)
    index.forget(START + timedelta(minutes=300))
    assert len(index) == 1
    assert index.find(text(3, "城东一居民家燃气灶爆炸致三人受伤", BODY, 10)) is None
    assert index.find(text(4, "全市中小学下周一开学", OTHER, 610)) == 2
