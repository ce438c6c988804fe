"""Two people who decide at the same moment both count, and nothing is asked, decided or released twice."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest

from errors import DeskError
from storage import clearing, events, statements
from storage.database import reading, writing
from tests.clearing import KNEW, SAFE, Text, check, drafted
from workflows.clear_statement import decide_clearance
from workflows.decide_warning import decide_warning, watch_for_knowledge
from workflows.edit_statement import edit_sentence
from workflows.override_block import ask_override, decide_override
from workflows.release_statement import clear_and_release, release_statement
from workflows.ways import ways


@pytest.fixture
def text(engine, do, stove) -> Text:
    return drafted(engine, do, stove)


def at_once(engine, now, *deeds: Callable[..., Any]) -> list[Any]:
    """What each deed gave, or the error it met; all begin in the same moment, each in a transaction of its own."""
    gate, outcomes = Barrier(len(deeds)), [None] * len(deeds)

    def run(number: int) -> None:
        gate.wait()
        try:
            with writing(engine) as connection:
                outcomes[number] = deeds[number](connection, now=now)
        except DeskError as error:
            outcomes[number] = error

    threads = [Thread(target=run, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def giving(text, role):
    asked = text.asked[role]
    return lambda connection, now: decide_clearance(
        connection, asked.id, given=True, person_id=text.people[role], now=now
    )


def test_operations_and_legal_at_once_and_the_head_is_asked(text, now):
    text.send()
    made = at_once(text.engine, now, giving(text, "operations"), giving(text, "legal"))
    assert [one.state for one in made] == ["given", "given"]
    assert text.asked["head"].state == "asked"


def test_a_clearance_and_an_edit_at_once_never_leave_a_cleared_text_that_nobody_read(text, now):
    text.send()
    text.give("operations")
    text.give("legal")
    number = text.version.number

    def edit(connection, now):
        return edit_sentence(connection, text.id, "zh", "care", "我们牵挂伤者。", seen=number, now=now, actor="顾曼")

    at_once(text.engine, now, giving(text, "head"), edit)
    if text.version.number > number:
        assert text.state == "draft"
        assert text.asked == {}
    else:
        assert text.state == "cleared"


def test_two_heads_release_once(text, now):
    text.clear()
    number = text.version.number
    release = lambda connection, now: release_statement(  # noqa: E731
        connection, text.id, seen=number, languages=["zh"], check=check, person_id=text.people["head"], now=now
    )
    assert at_once(text.engine, now, release, release) == [1, 1]
    with reading(text.engine) as connection:
        assert len(statements.publications(connection, text.incident_id)) == 1


def test_the_heads_clearance_and_release_are_one_deed(text, do):
    text.send()
    text.give("operations")
    text.give("legal")
    made = do(
        clear_and_release, text.asked["head"].id, seen=text.version.number, languages=["zh"], check=check,
        person_id=text.people["head"],
    )  # fmt: skip
    assert (made, text.state) == (1, "released")


def test_legal_and_head_let_a_finding_through_at_once(text, do, now):
    text.says(SAFE)
    with reading(text.engine) as connection:
        key = ways(connection, text.id, ("zh",), check=check).left[0].key
    asked = do(ask_override, text.id, key, seen=text.version.number, reason="保单原文", check=check, actor="顾曼")

    def votes(role):
        return lambda connection, now: decide_override(
            connection, asked.id, role=role, given=True, person_id=text.people[role], now=now
        )

    at_once(text.engine, now, votes("legal"), votes("head"))
    with reading(text.engine) as connection:
        assert clearing.get_override(connection, asked.id).state == "standing"


def test_two_screens_that_see_the_same_words_open_one_decision_and_two_votes_decide_it(text, do, now):
    text.says(KNEW)
    watch = lambda connection, now: watch_for_knowledge(connection, text.id, check=check, now=now)  # noqa: E731
    at_once(text.engine, now, watch, watch)
    with reading(text.engine) as connection:
        (duty,) = clearing.duties(connection, text.incident_id)

    def votes(role):
        return lambda connection, now: decide_warning(
            connection, duty.id, role=role, choices=["warn"], reason="已有投诉", person_id=text.people[role], now=now
        )

    at_once(text.engine, now, votes("legal"), votes("head"))
    with reading(text.engine) as connection:
        assert clearing.duties(connection, text.incident_id)[0].state == "decided"
        deeds = [one.deed for one in events.of_incident(connection, text.incident_id)]
    assert deeds.count("duty_decided") == 1
