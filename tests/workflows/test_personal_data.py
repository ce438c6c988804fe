"""Personal data: apart, masked, opened with a reason, held, erased on time; the chain holds through all of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import Caller, acting
from commands.collect import Collector
from errors import BadInput, NotAllowed, NotFound
from incidents.personal import CLASSES, retention_until
from settings import Settings
from storage import content, events, personal
from storage.database import reading, writing
from storage.schema import event, event_value, personal_data
from workflows.keep_personal import erase_personal, erase_what_is_due, hold_personal, keep_personal, open_personal
from workflows.search_everything import search_everything
from workflows.verify_trail import verify_trail

INJURED = {"name": "周晓芸", "contact": "138 0013 8000", "details": "二度烧伤，住院"}
LATER = timedelta(days=3 * 366)


@pytest.fixture
def kept(do, incident_id):
    return do(keep_personal, incident_id, "injured", INJURED, actor="顾曼")


def record(engine, number):
    with reading(engine) as connection:
        return personal.get(connection, number)


def deeds(engine, incident_id):
    with reading(engine) as connection:
        assert verify_trail(connection).faults == ()
        return [(one.deed, one.facts.get("reason")) for one in events.of_incident(connection, incident_id)][1:]


def everything_written(engine):
    with reading(engine) as connection:
        log = [str(dict(row._mapping)) for row in connection.execute(select(event))]
        values = [str(row.value) for row in connection.execute(select(event_value))]
        rows = [str(row.value) for row in connection.execute(select(personal_data))]
    return "".join(log), "".join([*values, *rows])


def test_it_is_shown_masked_and_stands_in_no_search_and_no_log(engine, incident_id, kept):
    assert record(engine, kept).shown == {"name": "周＊＊", "contact": "＊＊＊＊00", "details": "＊＊＊＊"}
    log, _ = everything_written(engine)
    assert "周晓芸" not in log
    assert "138 0013" not in log
    with reading(engine) as connection:
        assert search_everything(connection, "周晓芸", among=(incident_id,)).n == 0


def test_it_is_opened_with_a_reason_that_stands_on_the_trail(engine, do, incident_id, kept):
    with pytest.raises(BadInput, match="reason_needed"):
        do(open_personal, kept, reason=" \u200b", actor="陆以衡")
    assert do(open_personal, kept, reason="联系家属", actor="陆以衡") == INJURED
    assert deeds(engine, incident_id) == [("personal_kept", None), ("personal_opened", "联系家属")]


def test_it_is_erased_when_its_time_is_up_and_leaves_a_tombstone_and_a_whole_chain(engine, do, incident_id, kept, now):
    assert do(erase_what_is_due, at=now + timedelta(days=3 * 365 - 1)) == 0
    assert do(erase_what_is_due, at=now + LATER) == 1
    assert do(erase_what_is_due, at=now + LATER) == 0
    stone = record(engine, kept)
    assert (stone.erased_at, stone.shown, stone.data_class) == (now + LATER, {}, "injured")
    assert "周晓芸" not in "".join(everything_written(engine))
    assert [deed for deed, _ in deeds(engine, incident_id)] == ["personal_kept", "personal_erased"]
    with pytest.raises(NotFound):
        do(open_personal, kept, reason="联系家属", actor="陆以衡")


def test_a_legal_hold_beats_erasure_until_it_is_lifted(engine, do, kept, now):
    do(hold_personal, kept, True, reason="诉讼", actor="陆以衡")
    assert do(erase_what_is_due, at=now + LATER) == 0
    with pytest.raises(NotAllowed, match="held"):
        do(erase_personal, kept, reason="本人要求", actor="陆以衡")
    do(hold_personal, kept, False, reason="结案", actor="陆以衡")
    assert do(erase_what_is_due, at=now + LATER) == 1


def test_a_complaint_is_kept_for_three_years_whatever_is_asked_and_others_go_at_a_wish(engine, do, incident_id, kept, now):
    complaint = do(keep_personal, incident_id, "complainant", INJURED, actor="顾曼")
    with pytest.raises(NotAllowed, match="policy"):
        do(erase_personal, complaint, reason="本人要求", actor="陆以衡")
    do(erase_personal, kept, reason="本人要求", actor="陆以衡")
    assert record(engine, kept).erased_at == now
    do(erase_personal, complaint, reason="到期", actor="陆以衡", at=now + LATER)
    assert record(engine, complaint).erased_at is not None


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_has_its_time_and_its_words_in_both_languages(name, now):
    assert retention_until(name, now) > now
    assert retention_until("complainant", now) >= now.replace(year=now.year + 3)
    assert retention_until(name, now.replace(month=2, day=28)) is not None
    assert all(content.words(language).has(f"personal.class.{name}") for language in ("zh", "en"))


@pytest.mark.parametrize(("role", "may"), [("legal", True), ("pr", False), ("executive", False), ("administrator", False)])
def test_only_the_head_and_legal_hold_and_erase(engine, kept, now, role, may):
    def held():
        with acting(Caller(None, "某人", frozenset({role}))), writing(engine) as connection:
            hold_personal(connection, kept, True, reason="诉讼", now=now, actor="某人")

    if may:
        held()
    else:
        with pytest.raises(NotAllowed, match="no_right"):
            held()
    assert record(engine, kept).legal_hold == may


def test_the_collectors_timer_erases_what_is_due(engine, kept, now, desk_home):
    settings = Settings.from_environment({"DESK_HOME": str(desk_home)})
    collector = Collector(engine, settings, None, clock=lambda: now + LATER)
    collector._claim()
    assert record(engine, kept).erased_at == now + LATER
