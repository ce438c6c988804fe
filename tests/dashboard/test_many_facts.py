"""The facts page with two hundred of them: the first few, a field to find the others, and one press for all."""

from storage import content
from storage.database import writing
from tests.dashboard.conftest import shown
from workflows.add_fact import add_fact


def rows(app):
    return sum((one.key or "").startswith("confirm_") for one in app.button)


def test_many_facts_are_found_by_a_word_and_shown_on_a_press(desk_engine, on_screen, opened, hour):
    with writing(desk_engine) as connection:
        for number in range(120):
            said = f"第 {number} 条记录：{'燃气公司称阀门已关' if number == 77 else '住户已撤离'}"
            add_fact(connection, on_screen, slot="detail", kind="text", value=said, now=hour, actor="顾曼")
    w = content.words("zh")
    app = opened("facts")
    assert rows(app) == 30
    assert "第 77 条" not in shown(app)
    app.text_input(key="facts_find").set_value("燃气公司 阀门").run()
    assert rows(app) == 1
    assert "第 77 条" in shown(app)
    app.text_input(key="facts_find").set_value("没有这个词").run()
    assert w("facts.find.none") in shown(app)
    app.text_input(key="facts_find").set_value("").run()
    app.button(key="facts_others_open").click().run()
    assert rows(app) == 120
