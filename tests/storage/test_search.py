"""Search finds the same on both databases, with the index and without it, Chinese words of two characters included."""

import pytest

from errors import BadInput
from storage import incidents, rows, search
from storage.database import Engine, reading, writing
from storage.schema import communication
from tests.fixtures.press import add_item
from workflows.open_incident import open_incident
from workflows.record_note import record_note
from workflows.remove_example import remove_example
from workflows.search_everything import Found, search_everything

TITLES = ("灶具爆炸致一人受伤", "Gas STOVE explodes, ＡＢＣ hurt", "具灶不是灶具倒过来", "受伤者出院", "100% 合格_率")


@pytest.fixture
def stocked(engine: Engine, stove: int, now) -> int:
    with writing(engine) as connection:
        for title in TITLES:
            add_item(connection, stove, now, title=title, summary="邻居说一声巨响", outlet="云州都市报")
        record_note(connection, stove, "总部来电，问灶具型号", now=now, actor="王敏")
        rows.add(
            connection, communication, incident_id=stove, direction="in", channel="phone", counterpart="钱记者",
            question="灶具是哪一批？", at=now, version=1,
        )  # fmt: skip
    return stove


def found(engine: Engine, words: str, **options) -> Found:
    with reading(engine) as connection:
        return search_everything(connection, words, **options)


def titles(engine: Engine, words: str) -> set[str]:
    return {hit.title for hit in found(engine, words, kinds=("item",)).hits.get("item", ())}


@pytest.mark.parametrize("indexed", [0, 2, 100])
def test_words_are_found_whether_the_index_holds_all_a_part_or_none(engine: Engine, stocked: int, indexed: int) -> None:
    if indexed:
        with writing(engine) as connection:
            search.index_more(connection, most=indexed)
    assert titles(engine, "灶具") == {TITLES[0], TITLES[2]}
    assert titles(engine, "受伤") == {TITLES[0], TITLES[3]}
    assert titles(engine, "受伤 爆炸") == {TITLES[0]}
    assert titles(engine, "stove abc") == {TITLES[1]}
    assert titles(engine, '"stove abc"') == set()
    assert titles(engine, "100%") == {TITLES[4]}
    assert titles(engine, "合格_率") == {TITLES[4]}
    assert titles(engine, "都市报") == set(TITLES)
    assert titles(engine, "爆破") == set()


def test_everything_that_is_kept_is_found_by_its_kind(engine: Engine, stocked: int) -> None:
    told = found(engine, "灶具").hits
    assert {kind: len(told[kind]) for kind in ("item", "fact", "contact")} == {"item": 2, "fact": 1, "contact": 1}
    assert "王敏" in {hit.title for hit in told["event"] if "总部来电" in hit.text}
    assert told["contact"][0].title == "钱记者"
    assert {hit.kind for hit in found(engine, "消防救援").hits["fact"]} == {"fact"}


def test_a_changed_title_is_found_by_its_new_words(engine: Engine, stocked: int, now) -> None:
    from monitoring.models import ParsedItem, ScoredItem
    from storage.items import retitle

    with writing(engine) as connection:
        search.index_more(connection)
        number = search.items(connection, ("爆炸",), [stocked], 5)[0].id
        scored = ScoredItem(ParsedItem("k", "厨房起火", None, "", now), 0.5)
        retitle(connection, number, scored, was=TITLES[0], now=now)
    assert titles(engine, "起火") == {"厨房起火"}
    assert titles(engine, "爆炸") == set()


def test_a_restricted_incident_is_left_out_unless_it_lies_on_the_desk(engine: Engine, stocked: int) -> None:
    with writing(engine) as connection:
        incidents.set_plain(connection, stocked, restricted=True)
    assert found(engine, "灶具").n == 0
    assert found(engine, "灶具", on_the_desk=stocked).n > 0


def test_numbers_that_are_given_anew_are_found(engine: Engine, now) -> None:
    with writing(engine) as connection:
        gone = open_incident(connection, now=now, zone="Asia/Shanghai", language="zh", kind="example", key="sample:x:zh")
        add_item(connection, gone, now, title="灶具爆炸")
        search.index_more(connection)
        remove_example(connection, gone)
        kept = open_incident(connection, now=now, zone="Asia/Shanghai", language="zh")
        add_item(connection, kept, now, title="水管爆裂")
    for _ in range(2):
        assert titles(engine, "爆裂") == {"水管爆裂"}
        assert titles(engine, "爆炸") == set()
        with writing(engine) as connection:
            search.index_more(connection)


@pytest.mark.parametrize("words", ["", "  ", "灶", '"灶"', "a b"])
def test_fewer_than_two_characters_are_no_question(engine: Engine, words: str) -> None:
    with pytest.raises(BadInput):
        found(engine, words)
