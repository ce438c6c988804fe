"""The guard answers while a sentence is being typed, before its field is left."""

import re

import pytest

from tests.browser.steps import Person

pytestmark = pytest.mark.browser
TYPED = {"zh": ("因阀门质量问题", "admission"), "en": ("We take full responsibility for the leak", "admission")}


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.long)])
def test_what_may_not_be_said_shows_while_it_is_typed(start_desk, open_page, language):
    person = Person(open_page(), start_desk(), language)
    person.go("incidents")
    person.press("start.sample.button")
    person.page.wait_for_url(re.compile("incident="))
    person.go("statement")
    person.page.get_by_test_id("stPopover").filter(has_text="✎").first.get_by_role("button").click()
    field = person.page.get_by_label(person.w("statement.edit"), exact=True).locator("visible=true").first
    words, label = TYPED[language]
    field.fill("")
    field.press_sequentially(words, delay=20)
    told = person.page.locator("[data-live]").filter(has_text=words).first
    told.wait_for()
    assert person.w(f"label.{label}") in told.inner_text()
    assert field.evaluate("field => field === document.activeElement")
    assert field.input_value() == words
