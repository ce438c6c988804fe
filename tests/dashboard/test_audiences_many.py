"""The audience page with sixty groups, with what the press says, and with a contact that is half written."""

from datetime import datetime

import pytest

from dashboard.components.audience_picture import DRAWN, foremost
from dashboard.components.show import plain_md
from stakeholders.plan import Move
from storage import audiences, content
from storage.database import Engine, reading, writing
from tests.dashboard.conftest import Open, calm, shown
from tests.fixtures.incidents import STOVE, crew
from tests.fixtures.press import add_item
from workflows.add_audience import add_audience
from workflows.propose_audiences import propose_audiences
from workflows.record_contact import record_contact, save_contact_draft
from workflows.save_intake_answer import save_intake_answer

MANY = 60


@pytest.fixture
def board(desk_engine: Engine, on_screen: int, hour: datetime):
    """{slug: group} of the stove's incident; `board(60)` adds groups until there are so many."""
    with writing(desk_engine) as connection:
        for field, value in (STOVE | {"happened_at": hour.isoformat(), "next_update": None}).items():
            save_intake_answer(connection, on_screen, field, value=value, now=hour, actor="王敏")
        crew(connection, hour, on_screen)
        propose_audiences(connection, on_screen, catalogue=content.catalogue(), now=hour)

    def now(count: int = 0) -> dict:
        with writing(desk_engine) as connection:
            for number in range(count - len(audiences.of_incident(connection, on_screen))):
                add_audience(connection, on_screen, catalogue=content.catalogue(), name=f"第 {number + 1} 片商户", now=hour)
            return {one.slug: one for one in audiences.of_incident(connection, on_screen)}

    return now


def rows(app) -> list:
    return [one for one in app.button if str(one.key).startswith("open_")]


def test_a_long_list_folds_and_unfolds(opened: Open, board) -> None:
    board(MANY)
    app = opened("audiences")
    assert len(rows(app)) == 20
    calm(next(one for one in app.button if one.label == "再看 40 类").click().run())
    assert len(rows(app)) == MANY


def test_a_group_is_found_by_name_or_owner_and_by_what_is_open(desk_engine, opened: Open, board, hour) -> None:
    found = board(MANY)
    with writing(desk_engine) as connection:
        record_contact(connection, found["owners"].id, channel="phone", now=hour)
    app = opened("audiences")
    search = lambda text: calm(next(one for one in app.text_input if one.label == "找一类人").set_value(text).run())  # noqa: E731
    search("陆以衡")
    assert f"open_{found['insurers_counsel'].id}" in {one.key for one in rows(app)}
    search("第 7 片")
    assert len(rows(app)) == 1
    search("没有这样的人")
    assert "没有这样的受众" in shown(app)
    assert len(rows(opened("audiences", audience_show="open"))) == 20
    assert f"open_{found['owners'].id}" not in {one.key for one in rows(opened("audiences", audience_show="open"))}


def test_a_short_list_asks_for_no_search(opened: Open, board) -> None:
    board()
    assert "找一类人" not in {one.label for one in opened("audiences").text_input}


def test_the_pictures_hold_sixty_groups(opened: Open, board) -> None:
    found = board(MANY)
    text = shown(opened("audiences", audience_view="picture"))
    assert all(one.name_zh in text for one in found.values() if one.custom or one.influence >= 4)
    moves = [Move(one, "neutral", one.stance) for one in found.values()]
    drawn = foremost(moves)
    assert len(drawn) == DRAWN
    assert {one.audience.id for one in moves if one.moved} <= {one.audience.id for one in drawn}


def test_headlines_in_which_a_group_speaks_are_evidence_with_outlet_and_link(desk_engine, opened: Open, board, on_screen, hour) -> None:
    with writing(desk_engine) as connection:
        add_item(connection, on_screen, hour, title="邻居说不敢开火<b>", outlet="南湖晚报", link="https://press.example/7")
        add_item(connection, on_screen, hour, title="邻居家玻璃全碎", outlet="云州都市报")
    text = shown(opened("audiences", audience=str(board()["neighbours"].id)))
    assert "“邻居说不敢开火&lt;b&gt;”" in text
    assert "报道 南湖晚报" in text
    assert "https://press.example/7" in text
    assert "邻居家玻璃全碎" not in text, "nobody speaks in it"
    assert "推测" in text, "what is only assumed is still called so"


def test_an_item_put_aside_is_no_evidence_any_more(desk_engine, opened: Open, board, on_screen, hour) -> None:
    with writing(desk_engine) as connection:
        add_item(connection, on_screen, hour, title="邻居说不敢开火", relevant=False)
    assert "邻居说不敢开火" not in shown(opened("audiences", audience=str(board()["neighbours"].id)))


def test_what_was_begun_is_there_when_the_page_is_opened_again(desk_engine, opened: Open, board, hour) -> None:
    group = board()["owners"]
    app = opened("audiences", audience=str(group.id), audience_panel="contact")
    calm(next(one for one in app.text_area if "他们说了什么" in one.label).set_value("问能不能退").run())
    calm(next(one for one in app.checkbox if one.label == "是对方找来的").check().run())
    again = opened("audiences", audience=str(group.id), audience_panel="contact")
    assert next(one for one in again.text_area if "他们说了什么" in one.label).value == "问能不能退"
    assert next(one for one in again.checkbox if one.label == "是对方找来的").value is True
    calm(next(one for one in again.button if one.label == "记录已联系").click().run())
    assert next(one for one in again.text_area if "他们说了什么" in one.label).value == ""
    with reading(desk_engine) as connection:
        assert audiences.communications(connection, group.id)[0]["direction"] == "in"


def test_what_somebody_else_writes_is_not_mine(desk_engine, opened: Open, board, hour) -> None:
    group = board()["owners"]
    with writing(desk_engine) as connection:
        save_contact_draft(connection, group.id, "said", "贺工听到的", now=hour, actor="贺工")
    app = opened("audiences", audience=str(group.id), audience_panel="contact")
    assert next(one for one in app.text_area if "他们说了什么" in one.label).value == ""


@pytest.mark.parametrize(("language", "channel", "first"), [
    ("zh", "in_person", "当面：先做这几样"), ("zh", "phone", "电话：先做这几样"), ("zh", "letter", "书面：先做这几样"),
    ("en", "in_person", "In person: begin like this"), ("en", "letter", "In writing: begin like this"),
])  # fmt: skip
def test_the_cards_at_hand_follow_the_channel(desk_engine, opened: Open, board, language, channel, first) -> None:
    group = board()["injured_family"]
    with writing(desk_engine) as connection:
        audiences.set_plain(connection, group, channel=channel)
    app = opened("audiences", language, audience=str(group.id), audience_panel="contact")
    assert app.expander[0].label == plain_md(first)
