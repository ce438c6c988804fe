"""Who is who: a name and what it may clear. Names are outside text like any other."""

import pytest

from errors import BadInput
from storage import incidents
from storage.database import reading
from workflows.add_person import add_person


def everybody(engine, incident_id=None):
    with reading(engine) as connection:
        return {one.name: one.roles for one in incidents.people(connection, incident_id)}


def test_somebody_takes_a_part(engine, do):
    made = do(add_person, name=" 沈知远 ", roles=("head", "executive"))
    assert (made.name, made.roles, made.incident_id) == ("沈知远", ("head", "executive"), None)
    assert everybody(engine) == {"沈知远": ("head", "executive")}


def test_the_same_name_again_is_the_same_person_with_what_is_new(engine, do):
    first = do(add_person, name="顾曼", roles=("pr",))
    again = do(add_person, name="顾曼\u200b", roles=("legal", "pr"))
    assert again.id == first.id
    assert everybody(engine) == {"顾曼": ("pr", "legal")}


def test_nothing_new_leaves_the_row_as_it_was(do):
    first = do(add_person, name="顾曼", roles=("pr",))
    assert do(add_person, name="顾曼", roles=()) == first


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u202e", "\n"])
def test_without_a_visible_name_nobody_is_added(engine, do, name):
    with pytest.raises(BadInput, match="name_needed"):
        do(add_person, name=name, roles=("pr",))
    assert everybody(engine) == {}


def test_a_role_that_does_not_exist_is_refused(engine, do):
    with pytest.raises(BadInput, match="not_a_choice"):
        do(add_person, name="顾曼", roles=("pr", "king"))
    assert everybody(engine) == {}


def test_a_name_longer_than_a_line_is_refused_in_words(engine, do):
    with pytest.raises(BadInput, match="too_long"):
        do(add_person, name="王" * 20_000, roles=("pr",))
    assert everybody(engine) == {}


def test_a_name_that_fills_the_longest_line_is_kept_or_refused_but_never_cut(engine, do):
    long = "王" * 200
    assert do(add_person, name=long, roles=("pr",)).name == long
    with pytest.raises(BadInput, match="too_long"):
        do(add_person, name="王" * 201, roles=("pr",))


def test_the_people_of_an_example_are_seen_at_the_example_only(engine, do, incident_id):
    do(add_person, name="贺工", roles=("operations",))
    mine = do(add_person, name="陆以衡", roles=("legal",), incident_id=incident_id)
    assert mine.incident_id == incident_id
    assert set(everybody(engine)) == {"贺工"}
    assert set(everybody(engine, incident_id)) == {"贺工", "陆以衡"}
