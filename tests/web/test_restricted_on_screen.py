"""A restricted incident at a real desk: whoever does not take part sees it in no list and by no link."""

import os
import re
import subprocess
import sys

import pytest

from tests.browser.steps import Person
from tests.fixtures.desk import ROOT, start
from tests.web.test_signing_in import FIRST, settled

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(prepared_home):
    """A desk with two accounts: shen (head) and gu (PR)."""
    home = prepared_home()
    for login, roles in (("shen", "head"), ("gu", "pr")):
        add = [sys.executable, str(ROOT / "desk.py"), "account", login, "--name", login.upper(), "--roles", roles]
        subprocess.run(add, input=FIRST, text=True, check=True, env=os.environ | {"DESK_HOME": str(home)})
    running = start(home, DESK_SIGN_IN="local")
    yield running
    running.stop()


def signed_in(desk, open_page, login):
    page = open_page()
    name, value = settled(desk, login).split("=", 1)
    page.context.add_cookies([{"name": name, "value": value, "url": desk.url}])
    return Person(page, desk, "zh")


def start_page(person):
    """All that it says, once its last line is drawn."""
    person.page.get_by_test_id("stMain").get_by_role("link", name=person.w("page.templates")).wait_for()
    person.settled()
    return person.page.locator("body").inner_text()


def test_a_restricted_incident_is_invisible_by_list_and_by_link(desk, open_page):
    shen = signed_in(desk, open_page, "shen")
    shen.opens_a_new_incident()
    number = re.search(r"incident=(\d+)", shen.page.url)[1]
    shen.writes("intake.what_happened.label", "阳台灶具爆燃")
    gu = signed_in(desk, open_page, "gu")
    gu.page.goto(f"{desk.url}/facts?lang=zh&incident={number}")
    gu.sees("阳台灶具爆燃")

    shen.go("incidents")
    shen.page.get_by_role("button", name=shen.w("part.title")).click()
    shen.page.get_by_label(shen.w("part.person"), exact=True).click()
    shen.page.get_by_role("option", name="SHEN").click()
    shen.settled()
    shen.page.get_by_role("button", name=shen.w("part.add"), exact=True).click()
    shen.page.get_by_role("button", name=shen.w("part.remove"), exact=True).wait_for()
    shen.page.get_by_text(shen.w("part.restrict")).click()
    shen.page.get_by_role("button", name=shen.w("part.restricted")).wait_for()

    gu.page.goto(f"{desk.url}/incidents?lang=zh")
    gu.settled()
    assert gu.page.get_by_role("button", name=gu.w("start.open"), exact=True).count() == 0
    for screen in ("facts", "timeline", "command", "statement", "monitor"):
        gu.page.goto(f"{desk.url}/{screen}?lang=zh&incident={number}")
        said = start_page(gu)
        assert "阳台灶具爆燃" not in said
        assert gu.page.get_by_text(gu.w("start.title")).count()
        gu.page.goto(f"{desk.url}/{screen}?lang=zh&incident=987654")
        assert start_page(gu) == said

    shen.go("facts")
    shen.sees("阳台灶具爆燃")
