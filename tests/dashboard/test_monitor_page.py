"""The monitor page and the mood card: the answer, the pictures, the items behind them."""

from datetime import datetime

from storage.database import Engine, writing
from tests.dashboard.conftest import Open, shown
from tests.fixtures.press import add_feed, add_item, beat, evening


def test_an_empty_page_says_what_to_do_next(opened: Open) -> None:
    for language, said in (("zh", "还没有信源，所以没有报道"), ("en", "No feeds yet, so no items")):
        assert said in shown(opened("monitor", language))


def test_with_feeds_but_no_news_it_says_how_items_are_chosen(desk_engine: Engine, opened: Open, hour: datetime) -> None:
    with writing(desk_engine) as connection:
        add_feed(connection, "云州都市报", hour, last_good_at=hour)
        beat(connection, hour)
    text = shown(opened("monitor"))
    assert "还没有与本事件有关的报道" in text
    assert "1 个信源都读得到" in text


def test_the_answer_carries_its_n_and_its_hour(desk_engine: Engine, on_screen: int, opened: Open, hour: datetime) -> None:
    with writing(desk_engine) as connection:
        evening(connection, on_screen, hour)
        beat(connection, hour)
    text = shown(opened("monitor"))
    assert "正在转负" in text or "以负面为主" in text
    assert "24 条，其中负面 100\u00a0%（n=24）" in text
    assert "北京时间" in text
    assert "云州一住宅灶具爆炸致一人受伤」（3 条，3 家）" in text
    english = shown(opened("monitor", "en"))
    assert "24 items from 4 outlets, 100\u00a0% of them negative (n=24)" in english


def test_under_twenty_items_it_warns(desk_engine: Engine, on_screen: int, opened: Open, hour: datetime) -> None:
    with writing(desk_engine) as connection:
        evening(connection, on_screen, hour, negative=8)
    assert "只有 8 条，不到 20 条" in shown(opened("monitor"))


def test_outside_text_is_shown_and_never_obeyed(desk_engine: Engine, on_screen: int, opened: Open, hour: datetime) -> None:
    bad = "<img src=x onerror=alert(1)> **粗** [链](javascript:alert(1))"
    with writing(desk_engine) as connection:
        add_item(connection, on_screen, hour, title=bad, summary=bad, outlet=f"<b>{bad}", link="javascript:alert(1)")
        add_item(connection, on_screen, hour, title="好", outlet="甲", link="https://甲.example/?a='><script>")
        add_item(connection, on_screen, hour, title="坏", outlet="乙", link="http://[oops/")
        add_feed(connection, bad, hour, problem_key="<script>", problem_facts={"x": "<script>"})
    app = opened("monitor")
    text = shown(app)
    assert "<img" not in text
    assert "<script" not in text
    assert "&lt;img src=x" in text
    assert "href='javascript" not in text
    assert text.count("rel='noopener noreferrer nofollow'") == 1
    assert not [each.value for each in (*app.markdown, *app.caption) if "粗" in str(each.value)]


def test_snownlps_own_score_and_the_deciding_words_are_always_there(
    desk_engine: Engine, on_screen: int, opened: Open, hour: datetime
) -> None:
    why = [{"key": "hazard.plain", "words": ["爆炸", "的"], "weight": -2.0}]
    why += [{"key": "relief.plain", "words": ["平安"], "weight": 0.4}]
    with writing(desk_engine) as connection:
        add_item(connection, on_screen, hour, snow=0.9542, certain=False, gravity=2, reasons=why, date_note="missing")
        add_item(connection, on_screen, hour, snow=None, corrected_tone="neutral", corrected_by="王敏")
    text = shown(opened("monitor"))
    wanted = ("SnowNLP 原分 0.954", "SnowNLP 原分 —", "依据：「爆炸」<", "不确定", "严重度 2", "按首次读到", "由王敏改定")
    assert [said for said in wanted if said not in text] == []


def test_a_time_an_outlet_and_a_tone_can_be_chosen_without_a_mouse(
    desk_engine: Engine, on_screen: int, opened: Open, hour: datetime
) -> None:
    with writing(desk_engine) as connection:
        evening(connection, on_screen, hour)
    app = opened("monitor")
    assert "显示最新 10 条，共 30 条" in shown(app)
    app.selectbox(key="monitor_outlet").select("行业周刊").run()
    assert "显示最新 6 条，共 6 条" in shown(app)
    app.selectbox(key="monitor_tone").select("positive").run()
    assert "显示最新 3 条，共 3 条" in shown(app)
    app.selectbox(key="monitor_bin").select_index(0).run()
    assert "没有符合条件的报道" in shown(app)
    next(one for one in app.button if one.label == "清除筛选").click().run()
    assert "显示最新 10 条，共 30 条" in shown(app)
    next(one for one in app.button if one.label == "再看 10 条").click().run()
    assert "显示最新 20 条，共 30 条" in shown(app)
    app.button(key="story_0").click().run()
    assert "只看一个说法：云州一住宅灶具爆炸致一人受伤" in shown(app)
    assert "显示最新 3 条，共 3 条" in shown(app)


def test_the_wall_view_shows_the_answer_and_four_numbers_and_nothing_else(
    desk_engine: Engine, on_screen: int, opened: Open, hour: datetime
) -> None:
    with writing(desk_engine) as connection:
        evening(connection, on_screen, hour)
    app = opened("executive")
    text = shown(app)
    assert "2（3 条）" in text
    assert "4 / 22" in text
    assert "<li class='cd-item'>" not in text
    assert not app.expander


def test_the_card_on_the_command_page_says_where_it_goes_in_one_line(
    desk_engine: Engine, on_screen: int, hour: datetime
) -> None:
    from streamlit.testing.v1 import AppTest

    def card() -> None:
        from dashboard import session
        from dashboard.components.mood import mood

        at = session.incident()
        assert at is not None
        mood(at)

    app = AppTest.from_function(card, default_timeout=60)
    app.session_state["lang"], app.session_state["incident"] = "zh", str(on_screen)
    assert "还没有相关报道" in shown(app.run())
    with writing(desk_engine) as connection:
        evening(connection, on_screen, hour)
    text = shown(app.run())
    for said in ("n=24", "最近 2 小时", "严重度 2", "4 家", "22 稿", "role='img'", "▼"):
        assert said in text
