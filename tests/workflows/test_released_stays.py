"""What went out is never changed: by no deed, and by no line of code; an overdue clearance is never consent."""

import ast
from contextlib import suppress
from datetime import timedelta

import pytest

from errors import NotAllowed
from storage import content, incidents, statements
from storage.database import reading
from tests.clearing import Text, check, drafted
from tests.conftest import ROOT
from workflows.clear_statement import decide_clearance, send_to_clear
from workflows.correct_statement import correct_statement
from workflows.decide_warning import watch_for_knowledge
from workflows.draft_statement import redraft
from workflows.edit_statement import add_sentence, edit_sentence, restore_version
from workflows.release_statement import release_statement
from workflows.situation import situation


@pytest.fixture
def text(engine, do, stove) -> Text:
    return drafted(engine, do, stove)


def published(text):
    with reading(text.engine) as connection:
        return statements.publications(connection, text.incident_id)


def test_no_deed_changes_what_went_out(text, do):
    text.clear()
    clearance = text.asked["legal"]
    text.release()
    before, said, number = published(text), text.read(), text.version.number
    kit = content.statement_kit()
    mine = {"seen": number, "actor": "顾曼"}
    for deed in (
        lambda: do(edit_sentence, text.id, "zh", "care", "改了。", **mine),
        lambda: do(add_sentence, text.id, "zh", "lead", "加一句。", **mine),
        lambda: do(restore_version, text.id, 1, **mine),
        lambda: do(redraft, text.id, kit=kit, check=check),
        lambda: do(send_to_clear, text.id, language="zh", check=check, **mine),
        lambda: do(decide_clearance, clearance.id, given=False, person_id=text.people["legal"], note="反悔"),
        lambda: do(release_statement, text.id, seen=number, languages=["en"], check=check, person_id=text.people["head"]),
        lambda: do(watch_for_knowledge, text.id, check=check),
        lambda: do(correct_statement, text.incident_id, 1, wrong={"zh": "甲"}, right={"zh": "乙"}, kit=kit, check=check),
    ):
        with suppress(NotAllowed):  # refused, or done elsewhere: what counts is what stands afterwards
            deed()
    assert published(text) == before
    assert (text.read(), text.version.number, text.state) == (said, number, "released")


def test_no_line_of_code_updates_or_deletes_a_publication():
    """Only an example is ever removed, with all that hangs on it, and that goes by table, not by name."""
    offences = []
    for path in sorted((ROOT / "storage").glob("*.py")) + sorted((ROOT / "workflows").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
            if called in ("update", "delete") and any(isinstance(one, ast.Name) and one.id == "publication" for one in node.args):
                offences.append(f"{path.name}:{node.lineno}")
    assert offences == []


def test_an_overdue_clearance_is_never_taken_for_given(text, now):
    text.send()
    text.give("operations")
    later = now + timedelta(days=3)
    with reading(text.engine) as connection:
        stands = situation(connection, text.incident_id, language="zh", now=later)
    assert [(one.roles, one.late) for one in stands.waiting] == [(("legal",), True)]
    assert (text.asked["legal"].state, text.state) == ("asked", "review")
    assert "head" not in text.asked
    with pytest.raises(NotAllowed, match="not_cleared"):
        text.release(at=later)


def test_what_was_asked_of_an_earlier_version_clears_nothing(text, do):
    text.send()
    old = text.asked["legal"]
    do(edit_sentence, text.id, "zh", "care", "我们牵挂伤者。", seen=text.version.number, actor="顾曼")
    with pytest.raises(NotAllowed, match="clearance_void"):
        do(decide_clearance, old.id, given=True, person_id=text.people["legal"])
    assert text.asked == {}


def test_a_note_to_staff_keeps_no_promise_made_to_everybody(text, engine, do, stove):
    text.clear()
    text.release()
    staff = drafted(engine, do, stove, "staff")
    staff.clear()
    staff.release()
    with reading(engine) as connection:
        promise = next(one for one in incidents.clocks(connection, stove) if one.rule == "next_update")
    assert promise.stopped_at is None
