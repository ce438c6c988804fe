"""What is shown as reported is confirmed in one deed, by name, and nothing that was not shown."""

import pytest

from errors import BadInput, Conflict
from storage import facts
from storage.database import reading
from workflows.confirm_reported import confirm_reported
from workflows.edit_fact import edit_fact
from workflows.save_intake_answer import save_intake_answer


@pytest.fixture
def told(do, incident_id):
    """Three answers, merely reported."""
    for field, value in (("place", "云州市南湖区"), ("injured", 1), ("company", "青禾厨电")):
        do(save_intake_answer, incident_id, field, value=value, actor="王敏")
    return incident_id


def known(engine, incident_id):
    with reading(engine) as connection:
        return {one.slot: one for one in facts.of_incident(connection, incident_id)}


def seen(engine, incident_id, *slots):
    return {one.id: one.version for slot, one in known(engine, incident_id).items() if not slots or slot in slots}


def test_all_that_is_shown_is_confirmed_and_nothing_else(engine, do, told):
    do(confirm_reported, told, seen=seen(engine, told, "where", "company"), actor="顾曼")
    after = known(engine, told)
    assert {slot: (one.status, one.confirmed_by) for slot, one in after.items()} == {
        "where": ("confirmed", "顾曼"), "company": ("confirmed", "顾曼"), "injured": ("reported", None),
    }  # fmt: skip


def test_casualties_whose_authority_is_named_are_official_and_no_other_fact_is(engine, do, told):
    do(confirm_reported, told, seen=seen(engine, told), actor="顾曼", casualty_source="南湖消防救援大队电话通报")
    after = known(engine, told)
    assert (after["injured"].status, after["injured"].source) == ("official", "南湖消防救援大队电话通报")
    assert (after["where"].status, after["where"].source) == ("confirmed", None)


def test_one_that_was_changed_meanwhile_stops_all_of_it(engine, do, told):
    shown = seen(engine, told)
    do(edit_fact, known(engine, told)["company"].id, version=1, value="青禾", actor="王敏")
    with pytest.raises(Conflict):
        do(confirm_reported, told, seen=shown, actor="顾曼")
    assert {one.status for one in known(engine, told).values()} == {"reported"}


def test_it_takes_a_name(engine, do, told):
    with pytest.raises(BadInput, match="name_needed"):
        do(confirm_reported, told, seen=seen(engine, told), actor=None)
