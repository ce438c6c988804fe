"""The audience page: who is next, one group opened, what is written is stored, what others wrote is not lost."""

from datetime import datetime

import pytest

from dashboard.components.audience_picture import quadrants, stance_figure
from storage import audiences, content, incidents
from storage.database import Engine, reading, writing
from tests.dashboard.conftest import Open, shown
from tests.fixtures.incidents import STOVE, crew
from workflows.propose_audiences import propose_audiences
from workflows.save_audience_answer import save_audience_answer
from workflows.save_intake_answer import save_intake_answer
from workflows.set_stance import set_stance


@pytest.fixture
def board(desk_engine: Engine, on_screen: int, hour: datetime):
    """The stove's groups on the screen's incident: {slug: group} as it stands."""
    moments = {"happened_at": hour.isoformat(), "next_update": None}
    with writing(desk_engine) as connection:
        for field, value in (STOVE | moments).items():
            save_intake_answer(connection, on_screen, field, value=value, now=hour, actor="王敏")
        crew(connection, hour, on_screen)
        propose_audiences(connection, on_screen, catalogue=content.catalogue(), now=hour)

    def now():
        with reading(desk_engine) as connection:
            return {one.slug: one for one in audiences.of_incident(connection, on_screen)}

    return now


def answer(desk_engine, group, question):
    with reading(desk_engine) as connection:
        return audiences.answers(connection, group.id)[question]


def test_an_empty_page_says_what_to_do_next_and_does_it(opened: Open) -> None:
    app = opened("audiences")
    assert "还没有列出受众" in shown(app)
    next(one for one in app.button if one.label == "按现在所知列出受众").click().run()
    assert not app.exception
    assert "主管部门" in shown(app)


@pytest.mark.parametrize(("language", "first"), [("zh", "伤者及家属"), ("en", "The injured and their families")])
def test_the_most_harmed_whom_nobody_has_spoken_with_is_next(opened: Open, board, language, first) -> None:
    text = shown(opened("audiences", language))
    assert f"<div class='cd-big'>{first}</div>" in text
    assert "沈知远" in text


def test_opening_a_group_shows_four_questions_with_their_evidence(opened: Open, board) -> None:
    text = shown(opened("audiences", audience=str(board()["injured_family"].id)))
    for question in ("他们是谁", "他们知道或需要什么", "他们感受如何", "如何激励或满足他们"):
        assert question in text
    assert "目前所知：受伤 1 人。" in text
    assert "待确认" in text
    assert "推测" in text
    assert "修复：先让他们接受事实、回到中立" in text


def test_what_is_written_is_stored_when_the_field_is_left(desk_engine, opened: Open, board) -> None:
    group = board()["staff"]
    app = opened("audiences", audience=str(group.id))
    field = next(one for one in app.text_area if one.key.startswith(f"audience:{group.id}:feel:zh"))
    field.set_value("大家问明天要不要来上班 <b>").run()
    assert not app.exception
    assert answer(desk_engine, group, "feel").text_zh == "大家问明天要不要来上班 <b>"
    assert "大家问明天要不要来上班 &lt;b&gt;" in shown(app)


def test_somebody_elses_save_is_told_and_both_texts_stay(desk_engine, opened: Open, board, hour) -> None:
    group = board()["staff"]
    app = opened("audiences", audience=str(group.id))
    field = next(one for one in app.text_area if one.key.startswith(f"audience:{group.id}:feel:zh"))
    with writing(desk_engine) as connection:
        save_audience_answer(connection, group.id, "feel", "zh", "她先写了", version=1, now=hour, actor="顾曼")
    field.set_value("我后写的").run()
    assert "有人先保存了" in app.warning[0].value
    assert [one.value for one in app.code] == ["她先写了", "我后写的"]
    assert answer(desk_engine, group, "feel").text_zh == "她先写了"


def test_an_owner_is_stored_when_chosen(opened: Open, board, desk_engine, on_screen) -> None:
    group = board()["owners"]
    app = opened("audiences", audience=str(group.id), audience_panel="contact")
    with reading(desk_engine) as connection:
        head = next(one for one in incidents.people(connection, on_screen) if "head" in one.roles)
    next(one for one in app.selectbox if one.label == "负责人").set_value(head.id).run()
    assert not app.exception
    assert board()["owners"].owner_id == head.id


def test_a_contact_is_recorded_with_the_cards_at_hand(opened: Open, board) -> None:
    group = board()["injured_family"]
    app = opened("audiences", audience=str(group.id), audience_panel="contact")
    assert any("七步" in one.label for one in app.expander)
    next(one for one in app.text_area if "他们说了什么" in one.label).set_value("今晚的费用谁出")
    next(one for one in app.button if one.label == "记录已联系").click().run()
    assert not app.exception
    assert board()["injured_family"].contacted_at is not None
    assert "今晚的费用谁出" in shown(app)
    app.session_state["audience_panel"] = "four"
    assert "联系时的原话" in shown(app.run())


def test_a_message_shows_what_is_still_to_be_filled(opened: Open, board) -> None:
    app = opened("audiences", audience=str(board()["injured_family"].id), audience_panel="say")
    assert "<span class='cd-hole'>【待填：联络人姓名、电话】</span>" in shown(app)
    assert "他们会先问什么" in shown(app)
    assert not app.code, "nothing to copy while a hole is open"


def test_a_stance_needs_what_shows_it(opened: Open, board) -> None:
    group = board()["owners"]
    app = opened("audiences", audience=str(group.id), audience_panel="stance")
    app.radio[0].set_value("negative_critic")
    next(one for one in app.button if one.label == "改定态度").click().run()
    assert "请写一句理由" in app.warning[0].value
    next(one for one in app.text_input if one.label == "凭什么这样判断").set_value("热线 12 通都在问停售")
    next(one for one in app.button if one.label == "改定态度").click().run()
    assert board()["owners"].stance == "negative_critic"
    assert "热线 12 通都在问停售" in shown(app)


def test_a_group_of_ones_own_takes_one_field_and_one_button(opened: Open, board) -> None:
    app = opened("audiences")
    next(one for one in app.text_input if one.label == "叫什么").set_value("**夜市摊主**")
    next(one for one in app.button if one.label == "加入").click().run()
    assert not app.exception
    assert "**夜市摊主**" in {one.name_zh for one in board().values()}


def test_taking_off_can_be_undone(opened: Open, board) -> None:
    group = board()["prospective"]
    app = opened("audiences", audience=str(group.id), audience_panel="stance")
    next(one for one in app.button if one.label == "移出名单").click().run()
    assert "prospective" not in board()
    next(one for one in app.button if one.label == "放回").click().run()
    assert "prospective" in board()


def test_speaking_with_the_press_before_the_family_is_warned_of(opened: Open, board) -> None:
    text = shown(opened("audiences", audience=str(board()["media_on_story"].id)))
    assert "先联系：伤者及家属" in text
    assert "员工先于媒体知道" in text


def test_the_plan_names_order_conflicts_and_unknowns(opened: Open, board) -> None:
    app = opened("audiences", audience_view="plan")
    text = shown(app)
    assert "家属要隐私，媒体要细节" in text
    assert "<li>起因；以主管部门的认定为准。（" in text
    assert {one.label for one in app.get("download_button")} == {"下载 Word", "下载 Excel"}


def test_the_pictures_show_everybody_and_who_moved(desk_engine, opened: Open, board, hour) -> None:
    group = board()["owners"]
    with writing(desk_engine) as connection:
        set_stance(connection, group.id, "positive", reason="转发原文", version=group.version, now=hour)
    text = shown(opened("audiences", audience_view="picture"))
    assert "使用同款灶具的顾客：中立 → 积极" in text
    assert "随时沟通" in text
    found = quadrants(tuple(board().values()))
    assert sum(len(mine) for mine in found.values()) == len(board())
    assert "headquarters" in {one.slug for one in found[(True, True)]}


def test_outside_names_are_only_text_in_the_picture(board) -> None:
    from dataclasses import replace

    from stakeholders.plan import Move

    bad = replace(board()["owners"], name_zh="<b>x</b>")
    figure = stance_figure([Move(bad, "neutral", "positive")], content.words("zh"), "light", "zh")
    assert "<b>" not in str(figure.layout.yaxis.ticktext) + str([trace.hovertext for trace in figure.data])
    assert len(figure.layout.annotations) == 1


def test_a_stale_address_opens_the_list(opened: Open, board) -> None:
    assert "下一个联系谁？" in shown(opened("audiences", audience="987654"))
