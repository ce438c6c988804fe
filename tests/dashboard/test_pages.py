"""Every page of the desk as Streamlit runs it: on an incident with nothing in it, on the worked case, in both languages."""

import re
from html import unescape

import pytest

from storage import content
from tests.dashboard.conftest import Open, heads, shown
from tests.fixtures.worked import EMPTY, WORKED
from tests.pages import MAIN, PAGES

# The page's answer or question, in the largest type. Those that watch the news answer with what it says.
HEADS = {
    "command": "command.now", "intake": "intake.title", "facts": "facts.title", "type": "typepage.title",
    "audiences": "audiences.title", "statement": "statement.title", "timeline": "timeline.title", "alerts": "alerts.title",
    "incidents": "start.title", "templates": "templates.title", "search": "search.title", "people": "people.title",
}  # fmt: skip
ANSWERS = {"monitor", "executive"}
OF_NO_INCIDENT = {"incidents", "templates", "people", "search"}
# What a page says while there is nothing on it, and the way on that it offers; None: it is never empty, or is a form.
EMPTY_STATES = {
    "command": ("command.confirmed.none", "agenda.intake.do"),
    "facts": ("facts.empty", "facts.to_intake"),
    "type": ("typepage.empty", "typepage.judge"),
    "audiences": ("audiences.empty", "audiences.empty.do"),
    "monitor": ("monitor.empty.feeds", "feeds.read_now"),
    "alerts": ("alerts.none", "alerts.try"),
    "statement": ("statement.empty", "statement.draft"),
    "people": ("people.none", "people.add"),
    "intake": None, "timeline": None, "incidents": None, "templates": None, "search": None, "executive": None,
}  # fmt: skip


def text_of(app) -> str:
    return unescape(shown(app))


def test_every_page_of_the_desk_is_opened_here():
    assert set(HEADS) | ANSWERS == set(PAGES)
    assert set(EMPTY_STATES) == set(PAGES)
    assert {path.stem for path in (MAIN.parent / "screens").glob("*.py")} - {"__init__"} == set(PAGES)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_with_one_heading_empty_and_on_the_worked_case(opened_page: Open, name: str, language: str):
    w = content.words(language)
    empty, full = opened_page(name, EMPTY, language), opened_page(name, WORKED[language], language)
    for app in (empty, full):
        assert len(heads(app)) == 1
        assert name in ANSWERS or heads(app) == [w(HEADS[name])]
    assert w("kind.example.band") in text_of(full)
    assert w("kind.example.band") not in text_of(empty)
    assert not re.search(r"\{\w*\}|\bNone\b|</?\w+ ?class", re.sub("<[^>]+>", "", text_of(full)))
    if state := EMPTY_STATES[name]:
        offered = {one.label for one in (*empty.button, *empty.page_link)}
        assert w(state[0]) in text_of(empty)
        assert w(state[1]) in offered


@pytest.mark.parametrize("name", sorted(set(PAGES) - OF_NO_INCIDENT))
def test_without_an_incident_a_page_leads_to_the_two_doors(opened_page: Open, name: str):
    app = opened_page(name, None)
    assert heads(app) == [content.words("zh")("start.title")]
    assert {one.key for one in app.button} >= {"start.new", "start.sample"}


def test_an_incident_that_is_gone_leads_to_the_two_doors(opened_page: Open):
    assert heads(opened_page("command", 99)) == [content.words("zh")("start.title")]
