"""On the screen: a template is edited, refused, mended, used and undone; texts are copied and taken out and known again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from storage import content, content_versions, statements
from tests.browser.steps import Person, reading, until
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

LIABLE = "这次爆炸是我们的灶具质量问题造成的，我们承担全部责任。"
THANKS = "谢谢邻居们今晚的体谅和帮忙。"


def opened(desk, open_page, width=1440, height=900) -> Person:
    """Somebody with a worked case of their own."""
    person = Person(open_page(width=width, height=height), desk, "zh")
    person.go("incidents")
    person.press("start.sample.button")
    person.sees(person.w("command.now"))
    return person


def becomes(person: Person, name: str) -> None:
    person.page.get_by_test_id("stPopover").first.get_by_role("button").click()
    person.page.get_by_test_id("stRadio").get_by_text(name).first.click()
    person.settled()
    person.page.keyboard.press("Escape")


def writes_in(person: Person, words: str) -> None:
    """Puts a line before the signature of the Chinese text, and leaves the field."""
    ours = content.statement_kit().templates["holding"].sources["zh"]
    field = person.page.locator("textarea").first
    field.fill(f"{ours.rstrip()}\n@thanks2 comprehensive: {words}\n")
    field.blur()
    person.settled()


def versions(connection):
    return content_versions.versions(connection, "holding")


@pytest.mark.long
def test_a_template_is_edited_refused_mended_used_and_undone(start_desk, open_page):
    person = opened(start_desk(), open_page)
    w, page = person.w, person.page
    becomes(person, "顾曼")
    person.go("templates")
    person.sees(w("templates.used.shipped"))
    writes_in(person, LIABLE)
    person.sees(w("templates.refused"))
    person.sees(w("label.admission"))
    person.press("templates.save.draft")
    until(page, lambda: [one.state for one in reading(person.database, versions)] == ["draft"], "kept as a draft")
    writes_in(person, THANKS)
    person.press("templates.save")
    until(page, lambda: [one.state for one in reading(person.database, versions)] == ["active", "draft"], "in use")
    assert reading(person.database, versions)[0].saved_by == "顾曼"

    person.go("statement")
    redraft(person)
    until(page, lambda: THANKS in latest(person), "drafted with the edited template")
    person.go("templates")
    page.locator("summary").filter(has_text=w("templates.versions", count=2)).click()
    person.press("templates.shipped")
    until(page, lambda: reading(person.database, versions)[0].state == "shipped", "back to the shipped text")
    person.go("statement")
    redraft(person)
    until(page, lambda: THANKS not in latest(person), "drafted as shipped")


def redraft(person: Person) -> None:
    person.page.get_by_role("button", name=person.w("statement.refresh"), exact=True).click()
    person.press("statement.refresh.yes")


def latest(person: Person) -> str:
    def read(connection):
        stands = next(one for one in statements.of_incident(connection, 1) if one.kind == "holding")
        return "".join(one.text for one in statements.sentences(connection, statements.latest(connection, stands.id).id))

    return reading(person.database, read)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), pytest.param(390, 844, marks=pytest.mark.long)])
def test_a_text_is_copied_and_taken_out_and_the_desk_knows_its_draft(running_desk, open_page, tmp_path, width, height):
    person = opened(running_desk, open_page, width, height)
    page, w = person.page, person.w
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    person.go("statement")
    button = page.get_by_role("button", name=f"{w('out.copy')} {w('out.channel.weibo')}").first
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box["height"] >= 40
    assert box["x"] + box["width"] <= width
    button.click()
    page.wait_for_function("text => [...document.querySelectorAll('button')].some(one => one.textContent === text)", arg=w("out.copied"))
    assert w("out.watermark") in page.evaluate("navigator.clipboard.readText()")
    for ending in ("docx", "pdf", "html", "txt"):
        with page.expect_download() as download:
            page.get_by_role("button", name=w(f"out.{ending}"), exact=True).first.click()
        name = download.value.suggested_filename
        assert w("out.name.draft") in name
        assert name.endswith(f".{ending}")
        taken = tmp_path / f"taken.{ending}"
        download.value.save_as(taken)
        status, said = verified(person, taken)
        assert (status, w("verify.draft") in said) == (1, True), said


def verified(person: Person, file: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "desk.py"), "verify", str(file)], capture_output=True, text=True, timeout=120,
        env=os.environ | {"DESK_DATABASE_URL": person.database, "DESK_LANGUAGE": "zh"},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_a_pasted_text_is_told_apart_on_the_timeline(running_desk, open_page):
    person = opened(running_desk, open_page)
    person.go("timeline")
    person.opens("verify.title")
    person.writes("verify.paste", "今天天气很好。")
    person.press("verify.do")
    person.sees(person.w("verify.unknown"))
