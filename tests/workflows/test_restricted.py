"""An incident that is kept from those who do not take part: to them it does not exist, whichever way they come."""

from datetime import timedelta

import pytest

from accounts.models import Caller, acting
from documents.timeline import as_csv
from errors import NotAllowed, NotFound
from storage import alerts, content, events, facts, incidents, links, scopes
from storage.database import reading, writing
from tests.fixtures.incidents import crew
from tests.fixtures.press import add_item
from tests.fixtures.released import drafted
from workflows.acknowledge_alert import acknowledge_alert
from workflows.add_fact import add_fact
from workflows.correct_item import set_relevance
from workflows.deed import may_see
from workflows.edit_statement import edit_sentence
from workflows.read_log import read_log
from workflows.record_note import record_note
from workflows.run_alerts import run_alerts
from workflows.search_everything import search_everything
from workflows.settle_fact import settle_fact
from workflows.take_part import restrict_incident, take_in, take_out

SECRET = "患者家属的律师来电"


@pytest.fixture
def kept(engine, stove, now):
    """The stove incident with a text and an alert, restricted to 陆以衡; as (incident, people, outsider, insider, item, text)."""
    with writing(engine) as connection:
        people = crew(connection, now)
        item = add_item(connection, stove, now - timedelta(minutes=9), title="青禾灶具爆炸")
    text = drafted(engine, stove, now)
    with writing(engine) as connection:
        run_alerts(connection, book=content.alert_book(), endings=content.company_endings(), now=now)
        take_in(connection, stove, people["legal"], ("legal",), now=now)
        restrict_incident(connection, stove, True, now=now)
    inside = Caller(people["legal"], "陆以衡", frozenset())
    outside = Caller(people["head"], "沈知远", frozenset({"head", "pr", "legal", "administrator"}))
    return stove, people, outside, inside, item, text


def test_every_deed_on_it_is_told_that_there_is_no_such_incident(engine, kept, now):
    stove, _, outside, inside, item, text = kept
    with reading(engine) as connection:
        fact = facts.of_incident(connection, stove)[0]
        link = links.of_item(connection, item, stove)
        alert = alerts.of_incident(connection, stove)[0]
        before = len(events.of_incident(connection, stove))
    tries = [
        lambda c, **o: record_note(c, stove, "x", **o),
        lambda c, **o: add_fact(c, stove, slot="detail", kind="text", value="x", **o),
        lambda c, **o: settle_fact(c, fact.id, "disputed", version=fact.version, **o),
        lambda c, **o: edit_sentence(c, text, "zh", "care", "x", seen=1, **o),
        lambda c, **o: restrict_incident(c, stove, False, **o),
        lambda c, **o: set_relevance(c, link.id, False, version=1, **o),
        lambda c, **o: acknowledge_alert(c, alert.id, version=alert.version, **o),
    ]
    for one in tries:
        with pytest.raises(NotFound) as told, acting(outside), writing(engine) as connection:
            one(connection, now=now, actor="沈知远")
        assert told.value.facts == {"what": "incident"}
    with reading(engine) as connection:
        assert len(events.of_incident(connection, stove)) == before
    with acting(inside), writing(engine) as connection:
        record_note(connection, stove, SECRET, now=now, actor="陆以衡")


def test_it_is_in_no_list_and_no_search(engine, kept, now):
    stove, people, outside, inside, *_ = kept
    with reading(engine) as connection:
        seen = {who: [one.id for one in incidents.all_of(connection) if may_see(connection, who, one.id)] for who in (outside, inside)}
        assert seen == {outside: [], inside: [stove]}
        assert scopes.hidden_incidents(connection, people["head"]) == {stove}
        assert scopes.hidden_incidents(connection, people["legal"]) == frozenset()
        for words in ("青禾厨电", "爆炸"):
            assert search_everything(connection, words, among=(), who=outside).n == 0
            assert search_everything(connection, words, among=(), on_the_desk=stove, who=outside).n == 0
            assert search_everything(connection, words, among=(stove,), on_the_desk=stove, who=inside).n > 0


def test_its_alerts_go_to_the_addresses_of_who_takes_part_alone(engine, kept, now):
    stove, people, *_ = kept
    with reading(engine) as connection:
        assert scopes.may_be_told(connection, stove, people["legal"])
        assert not scopes.may_be_told(connection, stove, people["head"])
        assert not scopes.may_be_told(connection, stove, None)


def test_opened_up_again_everybody_sees_it_and_the_last_one_cannot_leave_before(engine, kept, now):
    stove, people, outside, *_ = kept
    with pytest.raises(NotAllowed, match="last_member"), writing(engine) as connection:
        take_out(connection, stove, people["legal"], now=now)
    with writing(engine) as connection:
        restrict_incident(connection, stove, False, now=now)
        take_out(connection, stove, people["legal"], now=now)
        assert may_see(connection, outside, stove)


# --- notes for legal alone -----------------------------------------------------------------------------------------

@pytest.fixture
def noted(engine, stove, now):
    with writing(engine) as connection:
        record_note(connection, stove, SECRET, now=now, actor="顾曼", legal_only=True)
    return stove


READERS = [("legal", "陆以衡", True), ("head", "沈知远", True), ("pr", "顾曼", True), ("pr", "别人", False), ("executive", "董事", False),
           ("administrator", "管理员", False)]  # fmt: skip


@pytest.mark.parametrize(("role", "name", "reads"), READERS)
def test_a_note_for_legal_is_read_by_legal_the_head_and_whoever_wrote_it(engine, noted, role, name, reads):
    who = Caller(None, name, frozenset({role}))
    with reading(engine) as connection:
        log = read_log(connection, noted, who)
        found = search_everything(connection, SECRET, among=(noted,), who=who, tell=lambda event: str(dict(event.facts)))
        exported = as_csv(["what"], [(str(dict(one.facts)),) for one in log])
    assert any(SECRET in str(dict(one.facts)) for one in log) == reads
    assert (found.n > 0) == reads
    assert (SECRET.encode() in exported) == reads
    assert any(one.deed == "noted_for_legal" for one in log) == reads


def test_nobody_in_particular_reads_no_note_for_legal(engine, noted):
    with reading(engine) as connection:
        assert search_everything(connection, SECRET, among=(noted,), tell=lambda event: str(dict(event.facts))).n == 0
        assert SECRET not in str(events.of_incident(connection, noted))
