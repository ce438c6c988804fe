"""Words that say a danger was known open a decision that stays when the words go."""

from datetime import UTC, datetime, timedelta

import pytest

from errors import BadInput, NotAllowed
from incidents.agenda import agenda
from statements.guard import check as guard
from storage import clearing, content, events, incidents
from storage.database import reading
from tests.clearing import KNEW, Text, check, drafted
from workflows.decide_warning import decide_warning, record_report, watch_for_knowledge
from workflows.edit_statement import edit_sentence
from workflows.situation import situation


@pytest.fixture
def text(engine, do, stove) -> Text:
    return drafted(engine, do, stove)


def watch(text, check=check):
    return text.do(watch_for_knowledge, text.id, check=check, actor="顾曼")


@pytest.fixture
def duty(text):
    text.says(KNEW)
    return watch(text)[0]


def decide(text, duty, role, choices=("warn", "report"), person=None, reason="同批次已卖出两千台", **more):
    return text.do(
        decide_warning, duty.id, role=role, choices=choices, reason=reason, person_id=text.people[person or role], **more
    )


def clocks(text):
    with reading(text.engine) as connection:
        return {one.rule: one for one in incidents.clocks(connection, text.incident_id)}


def tasks(text, roles, now):
    with reading(text.engine) as connection:
        return agenda(situation(connection, text.incident_id, language="zh", now=now), roles)


def test_the_words_open_a_decision_with_its_deadline_and_the_legal_clock(text, duty, now):
    assert (duty.state, duty.quotes[0]["text"], duty.due_at) == ("open", KNEW, now + timedelta(minutes=30))
    assert clocks(text)["duty_decision"].due_at == duty.due_at
    # Saturday evening: Monday and Tuesday are the two working days, and Tuesday's end is midnight in Shanghai
    assert clocks(text)["recall_report"].due_at == datetime(2026, 3, 17, 16, tzinfo=UTC)


def test_it_is_opened_once_and_stays_when_the_sentence_is_deleted(text, duty):
    assert [one.id for one in watch(text)] == [duty.id]
    text.do(edit_sentence, text.id, "zh", "own.1", "", seen=text.version.number, actor="顾曼")
    assert KNEW not in text.read()
    assert [(one.id, one.state) for one in watch(text)] == [(duty.id, "open")]


def test_other_words_in_the_same_sentence_are_added_to_it(text, duty):
    text.do(edit_sentence, text.id, "zh", "own.1", f"说实话，{KNEW}", seen=text.version.number, actor="顾曼")
    (still,) = watch(text)
    assert [quote["text"] for quote in still.quotes] == [KNEW, f"说实话，{KNEW}"]


def test_it_is_first_on_the_command_page_for_everybody(text, duty, now):
    first = tasks(text, ("pr",), now)[0]
    assert (first.key, first.urgent, first.mine) == ("duty", True, False)
    assert tasks(text, ("legal",), now)[0].mine


def test_something_else_may_be_released_while_it_is_open(text, duty):
    text.do(edit_sentence, text.id, "zh", "own.1", "", seen=text.version.number, actor="顾曼")
    text.clear()
    assert text.release() == 1
    with reading(text.engine) as connection:
        assert clearing.duties(connection, text.incident_id)[0].state == "open"


def test_head_and_legal_decide_and_the_report_stays_due_until_it_is_made(text, duty, now):
    assert decide(text, duty, "head").state == "open"
    done = decide(text, duty, "legal")
    assert (done.state, done.choices) == ("decided", ("warn", "report"))
    assert clocks(text)["duty_decision"].kept is True
    assert clocks(text)["recall_report"].stopped_at is None
    assert tasks(text, ("head",), now)[0].key == "report"
    text.do(record_report, duty.id, to="省市场监督管理局", actor="陆以衡")
    assert clocks(text)["recall_report"].kept is True
    assert "report" not in {task.key for task in tasks(text, ("head",), now)}


def test_deciding_against_all_of_it_is_a_decision_too_and_needs_its_reason(text, duty):
    with pytest.raises(BadInput, match="reason_needed"):
        decide(text, duty, "head", choices=(), reason="")
    decide(text, duty, "head", choices=())
    assert decide(text, duty, "legal", choices=()).choices == ()
    assert clocks(text)["recall_report"].stopped_at is not None


def test_where_they_differ_it_stays_open_until_they_agree(text, duty):
    decide(text, duty, "head", choices=("warn",))
    assert decide(text, duty, "legal", choices=()).state == "open"
    assert decide(text, duty, "legal", choices=("warn",)).state == "decided"


def test_it_takes_two_people_who_hold_the_roles(text, duty):
    with pytest.raises(NotAllowed, match="not_your_role"):
        decide(text, duty, "legal", person="pr")
    decide(text, duty, "legal")
    text.do(_also_head, text.people["legal"])
    with pytest.raises(NotAllowed, match="two_people"):
        decide(text, duty, "head", person="legal")


def _also_head(connection, person_id, now):
    incidents.save_person(connection, person_id, incidents.get_person(connection, person_id).version, roles=["legal", "head"])


def test_the_whole_of_it_is_in_the_log(text, duty):
    decide(text, duty, "head")
    decide(text, duty, "legal")
    with reading(text.engine) as connection:
        told = [one for one in events.of_incident(connection, text.incident_id) if one.deed.startswith("duty")]
    assert [(one.deed, one.actor) for one in told] == [
        ("duty_opened", "顾曼"), ("duty_voted", "沈知远"), ("duty_voted", "陆以衡"), ("duty_decided", "陆以衡"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "我们早就知道这批阀门有问题。"), ("en", "We had received complaints about this batch before.")],
)
def test_the_real_guard_opens_it_in_both_languages(text, language, words):
    text.says(words, language=language)
    assert [one.quotes[0]["text"] for one in watch(text, lambda said, tongue: guard(said, tongue, content.guard()))] == [words]
