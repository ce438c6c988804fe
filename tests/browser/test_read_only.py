"""A database that can only be read, in the middle of somebody's work: a calm line, and nothing of what was typed is lost."""

import pytest

from storage.database import make_engine
from tests.browser.steps import Person
from tests.storage.test_failing_disks import shut

pytestmark = [pytest.mark.browser, pytest.mark.postgres]


def test_what_is_typed_stays_in_the_field_until_the_database_takes_it_again(start_desk, postgres_url, page):
    desk = start_desk(DESK_DATABASE_URL=postgres_url)
    person = Person(page, desk, "zh")
    person.opens_a_new_incident()
    person.go("timeline")
    field = page.get_by_label(person.w("timeline.note"), exact=True)
    engine = make_engine(postgres_url)
    shut(engine, postgres_url, True)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    field.fill("22:05 家属到医院")
    person.press("timeline.note.button")
    person.sees(person.w("error.database.read_only"))
    assert field.input_value() == "22:05 家属到医院"
    shut(engine, postgres_url, False)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    engine.dispose()
    person.press("timeline.note.button")
    page.locator("li", has_text="22:05 家属到医院").first.wait_for()
    assert field.input_value() == ""
