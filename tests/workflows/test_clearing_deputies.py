"""A named deputy decides while the period runs, and is on record as such."""

from datetime import timedelta

import pytest

from errors import BadInput, Conflict, NotAllowed
from storage import events, incidents, statements
from storage.database import reading, writing
from tests.clearing import Text, drafted
from workflows.add_person import add_person
from workflows.name_deputy import end_deputy, name_deputy


@pytest.fixture
def text(engine, do, stove) -> Text:
    return drafted(engine, do, stove)


@pytest.fixture
def named(text, do, now):
    """顾曼 stands in for 陆以衡 (legal) from now for two hours."""
    return do(
        name_deputy, text.people["legal"], text.people["pr"], since=now, until=now + timedelta(hours=2), actor="沈知远",
        incident_id=text.incident_id,
    )  # fmt: skip


def test_a_deputy_clears_in_the_others_place_and_both_names_are_on_record(text, named, engine):
    text.send()
    made = text.give("legal", "pr")
    assert (made.decided_by, made.decided_for) == ("顾曼", "陆以衡")
    with reading(engine) as connection:
        told = events.of_incident(connection, text.incident_id)[-1]
    assert (told.deed, told.actor, told.facts["principal"]) == ("clearance_given_for", "顾曼", "陆以衡")


def test_the_person_themselves_still_clears_in_their_own_name(text, named):
    text.send()
    made = text.give("legal")
    assert (made.decided_by, made.decided_for) == ("陆以衡", None)


@pytest.mark.parametrize("minutes", [-1, 120, 300])
def test_outside_the_period_the_deputy_decides_nothing(text, named, now, minutes):
    text.send()
    with pytest.raises(NotAllowed, match="not_your_role"):
        text.give("legal", "pr", at=now + timedelta(minutes=minutes))


def test_a_deputy_holds_only_what_the_other_holds(text, named):
    text.send()
    with pytest.raises(NotAllowed, match="not_your_role"):
        text.give("operations", "pr")


def test_a_deputy_that_was_ended_decides_nothing_any_more(text, named, do):
    do(end_deputy, text.people["pr"], actor="沈知远", incident_id=text.incident_id)
    text.send()
    with pytest.raises(NotAllowed, match="not_your_role"):
        text.give("legal", "pr")


def test_a_deputy_of_the_head_releases_and_both_names_go_with_the_text(text, do, now, engine):
    do(name_deputy, text.people["head"], text.people["pr"], since=now, until=now + timedelta(hours=1), actor="沈知远")
    text.clear()
    text.people["head"] = text.people["pr"]
    text.release()
    with reading(engine) as connection:
        out = statements.publications(connection, text.incident_id)[0]
    assert (out.released_by, out.released_for) == ("顾曼", "沈知远")


def test_a_period_has_to_end_after_it_begins_and_after_now(text, do, now):
    for since, until in ((now, now), (now - timedelta(hours=2), now - timedelta(hours=1))):
        with pytest.raises(BadInput, match="deputy_period"):
            do(name_deputy, text.people["legal"], text.people["pr"], since=since, until=until, actor="沈知远")


def test_nobody_stands_in_for_themselves_or_without_a_name(text, do, now):
    mine = {"since": now, "until": now + timedelta(hours=1)}
    with pytest.raises(BadInput, match="deputy_of_oneself"):
        do(name_deputy, text.people["legal"], text.people["legal"], actor="沈知远", **mine)
    with pytest.raises(BadInput, match="name_needed"):
        do(name_deputy, text.people["legal"], text.people["pr"], actor=None, **mine)


def test_an_invented_person_does_not_stand_in_for_a_real_one(text, do, now, stove):
    invented = do(add_person, name="示例法务", roles=("legal",), incident_id=stove)
    with pytest.raises(BadInput, match="deputy_elsewhere"):
        do(name_deputy, text.people["legal"], invented.id, since=now, until=now + timedelta(hours=1), actor="沈知远")


def test_two_who_name_the_same_deputy_at_once_the_second_is_told(text, engine, now):
    with reading(engine) as connection:
        seen = incidents.get_person(connection, text.people["pr"])
    with writing(engine) as connection:
        name_deputy(
            connection, text.people["legal"], seen.id, since=now, until=now + timedelta(hours=1), now=now, actor="沈知远"
        )
    with pytest.raises(Conflict), writing(engine) as connection:
        incidents.save_person(connection, seen.id, seen.version, deputy_of=text.people["head"])
