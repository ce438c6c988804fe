"""How a group feels rests on what it said: headlines by who speaks and in what tone, no copies, nobody else's words."""

from datetime import timedelta

import pytest

from stakeholders.evidence import voices
from storage.content import catalogue
from tests.stakeholders.rubric import Headline


def said(slug, *headlines, **more):
    return [one.title for one in voices(catalogue(), slug, headlines, **more)]


@pytest.mark.parametrize(("slug", "title"), [
    ("neighbours", "邻居说整栋楼都不敢开火"),
    ("neighbours", "Neighbours say they are afraid to cook"),
    ("injured_family", "伤者家属质疑灶具质量"),
    ("owners", "不少用户担心家里那台会不会也出事"),
    ("staff", "青禾厨电员工说公司还没有通知"),
])  # fmt: skip
def test_a_group_that_speaks_in_a_headline_is_quoted(slug, title):
    assert said(slug, Headline("消防已到场"), Headline(title)) == [title]


@pytest.mark.parametrize("title", ["消防部门通报一起燃气事故", "邻居家厨房发生爆炸", "厨电公司回应"])
def test_nobody_is_quoted_who_does_not_speak(title):
    assert said("neighbours", Headline(title)) == []


def test_the_press_is_heard_in_its_own_headlines_and_the_public_on_small_outlets():
    paper, forum = Headline("灶具爆炸致一人受伤"), Headline("求求别再卖了", outlet="同城论坛", tier=3)
    assert said("media_on_story", paper, forum, outlets="云州都市报") == [paper.title]
    assert said("online_public", paper, forum) == [forum.title]


def test_two_at_most_with_a_tone_first_then_grave_then_new():
    at = Headline("").at
    found = said(
        "neighbours", Headline("邻居说消防来过", tone="neutral"), Headline("邻居怒骂没人管", gravity=2),
        Headline("邻居哭诉回不了家", at=at + timedelta(hours=1)), Headline("邻居担心再来一次"),
    )  # fmt: skip
    assert found == ["邻居怒骂没人管", "邻居哭诉回不了家"]


def test_a_copy_is_no_second_witness():
    assert len(said("neighbours", Headline("邻居说不敢开火", story_id=1), Headline("街坊说不敢开火", story_id=1))) == 1
    assert len(said("neighbours", Headline("邻居说不敢开火 1"), Headline("邻居说不敢开火 2"))) == 1


def test_a_group_of_ones_own_is_quoted_from_contacts_alone():
    assert said("own_1234", Headline("邻居说不敢开火")) == []
