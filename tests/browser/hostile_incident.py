"""An incident that carries the same text wherever somebody can write: intake, facts, notes, names, answers, news."""

from datetime import datetime
from typing import Any

from incidents.intake import FIELDS
from stakeholders.models import QUESTIONS
from statements.guard import check
from storage import audiences, content, facts, statements
from storage.database import Connection
from tests.fixtures.press import add_feed, add_item, add_story
from workflows.add_audience import add_audience
from workflows.add_fact import add_fact
from workflows.add_person import add_person
from workflows.draft_statement import draft_statement
from workflows.edit_statement import add_sentence
from workflows.judge_type import overrule_type
from workflows.open_incident import open_incident
from workflows.record_contact import record_contact
from workflows.record_note import record_note
from workflows.save_audience_answer import save_audience_answer
from workflows.save_intake_answer import save_intake_answer
from workflows.set_stance import set_stance
from workflows.settle_fact import settle_fact
from workflows.take_stock import take_stock
from workflows.tools import Tools


def put_on_the_desk(connection: Connection, text: str, now: datetime, language: str = "zh") -> int:
    """Each field takes as much of the text as it holds. Returns the incident's id."""
    number = open_incident(connection, now=now, zone="Asia/Shanghai", language=language)
    me = add_person(connection, name=text[:200], roles=("head", "pr"), now=now).name
    for field in FIELDS:
        if field.kind in ("text", "lines"):
            limit = 20_000 if field.long else field.limit
            save_intake_answer(connection, number, field.name, value=text[:limit], now=now, actor=me)
    add_fact(connection, number, slot="detail", kind="text", value=text[:500], source=text[:500], now=now, actor=me)
    for fact in facts.of_incident(connection, number)[::2]:
        settle_fact(connection, fact.id, "confirmed", version=fact.version, actor=me, source=text[:500], now=now)
    record_note(connection, number, text[:2_000], now=now, actor=me)
    guard = content.guard()
    tools = Tools(content.type_model(), content.catalogue(), content.statement_kit(), lambda said, lang: check(said, lang, guard))
    take_stock(connection, number, tools=tools, now=now)
    overrule_type(connection, number, "media", reason=text[:2_000], actor=me, now=now)
    _groups(connection, number, text, me, tools, now)
    _text(connection, number, text, me, tools, now)
    _news(connection, number, text, now)
    return number


def _groups(connection: Connection, number: int, text: str, me: str, tools: Tools, now: datetime) -> None:
    group = add_audience(connection, number, catalogue=tools.catalogue, name=text[:60], now=now, actor=me)
    set_stance(connection, group.id, "neutral", reason=text[:500], version=group.version, now=now, actor=me)
    said: dict[str, Any] = {"heard": text[:2_000], "answered": text[:2_000], "counterpart": text[:300]}
    record_contact(connection, group.id, channel="phone", **said, now=now, actor=me)
    for question in QUESTIONS:
        version = audiences.answers(connection, group.id)[question].version
        save_audience_answer(connection, group.id, question, "zh", text[:4_000], version=version, now=now, actor=me)


def _text(connection: Connection, number: int, text: str, me: str, tools: Tools, now: datetime) -> None:
    made = draft_statement(connection, number, kit=tools.kit, check=tools.check, now=now, actor=me)
    version = statements.latest(connection, made)
    last = [one for one in statements.sentences(connection, version.id) if one.language == "zh"][-1]
    add_sentence(connection, made, "zh", last.sid, text[:1_000], seen=version.number, now=now, actor=me)


def _news(connection: Connection, number: int, text: str, now: datetime) -> None:
    story = add_story(connection, text[:2_000])
    add_feed(connection, text[:300], now)
    for outlet in (text[:300], "云州都市报"):
        add_item(connection, number, now, title=text[:2_000], summary=text[:8_000], outlet=outlet, story_id=story)
