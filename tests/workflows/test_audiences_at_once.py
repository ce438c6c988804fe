"""Several people at one group: what does not touch is no conflict, what does is told; and the look again at 4 and 24 hours."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from accounts.models import DESK, acting
from errors import BadInput, Conflict
from incidents.agenda import agenda
from storage import audiences, content
from storage.database import reading, writing
from tests.fixtures.incidents import crew
from workflows.assign_audience import assign_audience
from workflows.propose_audiences import propose_audiences
from workflows.record_contact import record_contact, save_contact_draft
from workflows.set_stance import review_stances, set_stance
from workflows.situation import situation


@pytest.fixture
def group(engine, do, stove):
    do(propose_audiences, stove, catalogue=content.catalogue())
    with reading(engine) as connection:
        return next(one for one in audiences.of_incident(connection, stove) if one.slug == "owners")


@pytest.fixture
def people(engine, stove, now):
    with writing(engine) as connection:
        return crew(connection, now, stove)


def test_owner_and_stance_at_once_are_no_conflict(do, group, people):
    do(set_stance, group.id, "positive", reason="转发原文", version=group.version, seen=group, actor="顾曼")
    do(assign_audience, group.id, version=group.version, seen=group, owner_id=people["operations"], actor="贺工")
    made = do(assign_audience, group.id, version=group.version, seen=group, channel="letter", actor="沈知远")
    assert (made.stance, made.owner_id, made.channel) == ("positive", people["operations"], "letter")


def test_two_owners_at_once_are_told_and_the_first_stays(do, group, people):
    seen = do(assign_audience, group.id, version=group.version, owner_id=people["head"])
    do(assign_audience, group.id, version=seen.version, seen=seen, owner_id=people["operations"])
    with pytest.raises(Conflict) as told:
        do(assign_audience, group.id, version=seen.version, seen=seen, owner_id=people["legal"])
    assert (told.value.facts["theirs"]["owner"], told.value.facts["mine"]["owner"]) == ("贺工", "陆以衡")


def test_two_stances_at_once_are_told_with_both_reasons(do, group):
    do(set_stance, group.id, "positive", reason="转发原文", version=group.version, seen=group)
    with pytest.raises(Conflict) as told:
        do(set_stance, group.id, "negative_critic", reason="热线 12 通", version=group.version, seen=group)
    assert told.value.facts == {"theirs": {"reason": "转发原文"}, "mine": {"reason": "热线 12 通"}}


def test_many_at_once_lose_nothing(engine, group, now):
    """Three people in three fields of one group, at the same moment, each on a connection of their own."""
    def save(what):
        with acting(DESK), writing(engine) as connection:
            deed, args, more = what
            deed(connection, group.id, *args, version=group.version, seen=group, now=now, **more)

    planned = now + timedelta(hours=3)
    deeds = [
        (set_stance, ("positive",), {"reason": "转发原文"}), (assign_audience, (), {"channel": "letter"}),
        (assign_audience, (), {"next_contact_at": planned}),
    ]  # fmt: skip
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(save, deeds))
    with reading(engine) as connection:
        made = audiences.get(connection, group.id)
    assert (made.stance, made.channel, made.next_contact_at) == ("positive", "letter", planned)


def test_a_review_is_asked_for_until_it_is_made(engine, do, stove, group, now):
    def asked(hours):
        with reading(engine) as connection:
            found = agenda(situation(connection, stove, language="zh", now=now + timedelta(hours=hours)))
        return [(task.page, task.facts["hours"]) for task in found if task.key == "review"]

    assert (asked(3), asked(5), asked(25)) == ([], [("audiences", 4)], [("audiences", 24)])
    do(review_stances, stove, 4, at=now + timedelta(hours=5))
    assert (asked(5), asked(25)) == ([], [("audiences", 24)])
    do(review_stances, stove, 24, at=now + timedelta(hours=25))
    assert asked(30) == []


def test_a_contact_that_is_being_written_is_kept_for_its_writer_until_it_is_recorded(engine, do, group):
    for value in ("问能不能", "问能不能继续用"):
        do(save_contact_draft, group.id, "said", value, actor="顾曼")
    do(save_contact_draft, group.id, "who", "热线来电", actor="贺工")

    def kept(name):
        with reading(engine) as connection:
            return audiences.contact_draft_of(connection, group.id, name)

    assert kept("顾曼") == {"said": "问能不能继续用"}
    do(record_contact, group.id, channel="phone", heard="问能不能继续用", actor="顾曼")
    assert kept("顾曼") == {}
    assert kept("贺工") == {"who": "热线来电"}
    with pytest.raises(BadInput, match="not_a_choice"):
        do(save_contact_draft, group.id, "name", "x")
