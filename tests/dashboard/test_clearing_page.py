"""What waits for somebody is answered where they see it; a danger that was known stands above everything."""

from datetime import UTC, datetime

import pytest

from storage import clearing, content, incidents, statements
from storage.database import Engine, reading, writing
from tests.clearing import KNEW
from tests.dashboard.conftest import Open, calm, press, read, shown
from tests.fixtures.worked import WORKED
from workflows.clear_statement import send_to_clear
from workflows.edit_statement import add_sentence, edit_sentence

AT = WORKED["zh"]
W = content.words("zh")


@pytest.fixture
def sent(worked_engine: Engine) -> int:
    """The worked case's statement, sent to be cleared; its words are nobody's business here."""
    with writing(worked_engine) as connection:
        stands = statements.of_incident(connection, AT)[0]
        number = statements.latest(connection, stands.id).number
        send_to_clear(
            connection, stands.id, seen=number, language="zh", check=lambda text, language: _Nothing(), now=datetime.now(UTC),
            actor="顾曼",
        )  # fmt: skip
    return stands.id


class _Nothing:
    severity, findings = "none", ()


def asked(engine: Engine, statement_id: int) -> dict:
    return read(
        engine,
        lambda c: {one.role: one for one in statements.clearances(c, statements.latest(c, statement_id).id)},
    )


def test_who_has_to_clear_reads_the_text_on_the_command_page_and_gives_it_in_one_press(worked_engine, opened_page: Open, sent):
    app = opened_page("command", AT, me="陆以衡")
    assert W("approve.title") in shown(app)
    assert read(worked_engine, lambda c: statements.sentences(c, statements.latest(c, sent).id))[0].text in shown(app)
    press(app, W("clearing.give"))
    assert (asked(worked_engine, sent)["legal"].state, asked(worked_engine, sent)["legal"].decided_by) == ("given", "陆以衡")


def test_returning_it_there_takes_a_reason(worked_engine, opened_page: Open, sent):
    app = opened_page("command", AT, me="贺工")
    note = f"note_{asked(worked_engine, sent)['operations'].id}"
    app.text_input(key=note).input("型号还没有核对").run()
    press(app, W("clearing.refuse"))
    one = asked(worked_engine, sent)["operations"]
    assert (one.state, one.note) == ("refused", "型号还没有核对")


def test_nobody_else_sees_the_card(opened_page: Open, sent):
    assert W("approve.title") not in shown(opened_page("command", AT, me="顾曼"))


@pytest.fixture
def knew(worked_engine: Engine) -> int:
    with writing(worked_engine) as connection:
        stands = statements.of_incident(connection, AT)[0]
        add_sentence(
            connection, stands.id, "zh", "lead", KNEW, seen=statements.latest(connection, stands.id).number,
            now=datetime.now(UTC), actor="顾曼",
        )  # fmt: skip
    return stands.id


def test_looking_at_the_words_opens_the_decision_and_it_stays_on_both_pages_when_they_go(worked_engine, opened_page: Open, knew):
    assert W("duty.title") in shown(opened_page("statement", AT, me="顾曼"))
    (duty,) = read(worked_engine, lambda c: clearing.duties(c, AT))
    with writing(worked_engine) as connection:
        number = statements.latest(connection, knew).number
        edit_sentence(connection, knew, "zh", "own.1", "", seen=number, now=datetime.now(UTC), actor="顾曼")
    assert W("duty.title") in shown(opened_page("statement", AT, me="顾曼"))
    page = opened_page("command", AT, me="沈知远")
    assert any(one.label == W("agenda.duty.do") for one in page.button)
    assert [one.id for one in read(worked_engine, lambda c: clearing.duties(c, AT))] == [duty.id]


def test_the_head_decides_on_the_page_with_a_reason(worked_engine, opened_page: Open, knew):
    app = opened_page("statement", AT, me="沈知远")
    (duty,) = read(worked_engine, lambda c: clearing.duties(c, AT))
    app.text_input(key=f"duty_{duty.id}_reason").input("同批次尚有库存").run()
    press(app, W("duty.decide", role=W("role.head")))
    (after,) = read(worked_engine, lambda c: clearing.duties(c, AT))
    assert (after.head["by"], after.head["reason"], after.state) == ("沈知远", "同批次尚有库存", "open")


def test_a_deputy_is_named_on_the_page(worked_engine, opened_page: Open):
    app = opened_page("statement", AT, me="沈知远")
    people = {one.name: one.id for one in read(worked_engine, lambda c: incidents.people(c, AT))}
    app.selectbox(key="deputy_principal").select(people["陆以衡"])
    app.selectbox(key="deputy_who").select(people["顾曼"])
    calm(app.button(key="deputy_name").click().run())
    with reading(worked_engine) as connection:
        assert incidents.get_person(connection, people["顾曼"]).deputy_of == people["陆以衡"]
