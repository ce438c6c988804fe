"""Whatever somebody types, a deed stores it cleaned or refuses it in words; the database never has to say no."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select

from errors import DeskError
from incidents.intake import FIELDS
from incidents.trail import first_break
from stakeholders.models import QUESTIONS
from storage import audiences, content, events, facts, incidents
from storage.database import reading, writing
from storage.schema import metadata
from workflows.add_audience import add_audience
from workflows.add_fact import add_fact
from workflows.add_feed import add_feed
from workflows.add_person import add_person
from workflows.edit_fact import edit_fact
from workflows.judge_type import overrule_type
from workflows.record_contact import record_contact
from workflows.record_note import record_note
from workflows.save_audience_answer import save_audience_answer
from workflows.save_intake_answer import save_intake_answer
from workflows.set_stance import set_stance
from workflows.settle_fact import settle_fact

TEXTS = {
    "longer than any field": "灶" * 20_001,
    "as long as the longest": "灶" * 20_000,
    "just over a line": "a" * 501,
    "a whole line": "灶" * 500,
    "longer than some columns": "灶" * 301,
    "controls": "a\x00b\x01c\x1b[31md\x7f\x85",
    "hidden marks": "\u202e倒写\u2066隔\u200b零\ufeff\u00ad",
    "half a character": "半\ud83d个",
    "emoji": "🔥🇨🇳",
    "markup": "<script>alert(1)</script><h1>x</h1>",
    "a template": "{{ 7 * 7 }}{% for a in b %}{{ config }}",
    "a database's own": "'; drop table incident; --",
    "only white space": " \t\r\n\u3000",
}
HIDDEN = set("\x00\x01\x1b\x7f\x85\u202e\u2066\u200b\ufeff\u00ad\ud83d")
Deed = Callable[..., Any]


def of_incident(incident_id: int, fact_id: int) -> Iterator[tuple[str, Deed]]:
    """(name, deed(connection, text, now=…)) for everything that is written about the incident itself."""
    for field in FIELDS:
        yield f"intake.{field.name}", lambda c, text, now, name=field.name: save_intake_answer(
            c, incident_id, name, value=text, version=answered(c, incident_id, name), now=now
        )
    said: dict[str, Any] = {"incident_id": incident_id, "actor": "王敏"}
    yield "fact", lambda c, text, now: add_fact(c, slot="detail", kind="text", value=text, now=now, **said)
    yield "fact.source", lambda c, text, now: add_fact(c, slot="deed", kind="deed", value="到场", source=text, now=now, **said)
    yield "fact.number", lambda c, text, now: add_fact(
        c, slot="finding", kind="finding", value="认定", document_number=text, wording_en=text, now=now, **said
    )
    yield "fact.wording", lambda c, text, now: edit_fact(
        c, fact_id, version=facts.get(c, fact_id).version, wording_zh=text, wording_en=text, now=now
    )
    yield "fact.official", lambda c, text, now: settle_fact(
        c, fact_id, "official", version=facts.get(c, fact_id).version, source=text, actor="王敏", now=now
    )
    yield "note", lambda c, text, now: record_note(c, text=text, now=now, **said)
    yield "overrule", lambda c, text, now: overrule_type(c, crisis_type="media", reason=text, now=now, **said)


def of_people(incident_id: int, group: int) -> Iterator[tuple[str, Deed]]:
    """The same for groups, people and feeds."""
    catalogue = content.catalogue()
    yield "person", lambda c, text, now: add_person(c, name=text, roles=("pr",), now=now)
    yield "audience", lambda c, text, now: add_audience(c, incident_id, catalogue=catalogue, name=text, now=now)
    yield "stance", lambda c, text, now: set_stance(
        c, group, "neutral", reason=text, version=audiences.get(c, group).version, now=now
    )
    yield "contact", lambda c, text, now: record_contact(
        c, group, channel="phone", heard=text, answered=text, counterpart=text, actor="王敏", now=now
    )
    yield "feed", lambda c, text, now: add_feed(c, url=f"https://feeds.example/{text}", title=text, outlet=text, now=now)
    for question in QUESTIONS:
        yield f"answer.{question}", lambda c, text, now, question=question: save_audience_answer(
            c, group, question, "zh", text, version=audiences.answers(c, group)[question].version, now=now
        )


def answered(connection, incident_id: int, field: str) -> int:
    stands = incidents.answers(connection, incident_id).get(field)
    return stands.version if stands else 0


@pytest.fixture
def refused(engine, now, stove) -> dict[str, set[str]]:
    """Which deeds refused which text, after every deed has been given every text. {deed: {kind of text}}"""
    with writing(engine) as connection:
        group = add_audience(connection, stove, catalogue=content.catalogue(), name="楼上的邻居", now=now)
        fact = next(one for one in facts.of_incident(connection, stove) if one.slot == "what")
    found: dict[str, set[str]] = {}
    for name, deed in (*of_incident(stove, fact.id), *of_people(stove, group.id)):
        found[name] = {kind for kind, text in TEXTS.items() if not goes_through(engine, deed, text, now)}
    return found


def goes_through(engine, deed: Deed, text: str, now) -> bool:
    try:
        with writing(engine) as connection:
            deed(connection, text, now=now)
    except DeskError as error:
        key = error.key
    else:
        return True
    assert content.words("zh").has(f"error.{key}"), key
    return False


def test_each_deed_cleans_what_it_is_given_or_says_why_not(engine, stove, refused):
    assert all("longer than any field" in kinds for name, kinds in refused.items() if name != "feed"), refused
    for name in ("note", "fact", "person", "audience", "contact", "overrule", "answer.know", "intake.place", "intake.narrative"):
        assert not refused[name] & {"controls", "hidden marks", "half a character", "emoji", "markup", "a template"}, name
    with reading(engine) as connection:
        assert first_break(events.of_incident(connection, stove)) is None
        for table in metadata.sorted_tables:
            stored = "".join(str(value) for row in connection.execute(select(table)) for value in row)
            assert not HIDDEN & set(stored), table.name
