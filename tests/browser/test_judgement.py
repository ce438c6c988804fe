"""Types and audiences in a browser: the board of groups, the question that decides a type, the proposal to change it, the sheets."""

import zipfile
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from docx import Document

from incidents.types import TYPES
from storage import audiences, content, database, events, incidents, judgements
from tests.browser.steps import Person, reading, until
from tests.fixtures.incidents import STOVE, ZONE, crew, on_the_desk
from workflows.add_fact import add_fact
from workflows.judge_type import judge_type
from workflows.open_incident import open_incident
from workflows.propose_audiences import propose_audiences

pytestmark = pytest.mark.browser

FINDING = "市场监督管理局查实：公司明知阀门不合格仍继续生产销售两年，已立案处罚"


@pytest.fixture(scope="module")
def night(running_desk):
    """Incidents on the file's desk: the stove with its groups, two whose type a finding puts in doubt, one hardly known."""
    from accounts.models import DESK, acting

    engine, now, model = database.make_engine(f"sqlite:///{(running_desk.home / 'desk.sqlite3').as_posix()}"), datetime.now(UTC), content.type_model()
    with acting(DESK), database.writing(engine) as connection:
        people = crew(connection, now)
        stove = on_the_desk(connection, now)
        propose_audiences(connection, stove, catalogue=content.catalogue(), now=now)
        doubted = [on_the_desk(connection, now), on_the_desk(connection, now)]
        for number in doubted:
            judge_type(connection, number, model=model, now=now)
            add_fact(connection, number, slot="finding", kind="finding", status="official", source="市场监督管理局通报",
                     actor="贺工", value=FINDING, now=now)  # fmt: skip
            judge_type(connection, number, model=model, now=now)
        vague = open_incident(connection, now=now, zone=ZONE, language="zh")
        judge_type(connection, vague, model=model, now=now)
    engine.dispose()
    return SimpleNamespace(people=people, stove=stove, doubted=doubted, vague=vague)


@pytest.fixture
def head(page, running_desk, night):
    """The head of the office at a screen; `head.at("audiences", incident)` goes there."""
    person = Person(page, running_desk, "zh")

    def at(name, incident, **more):
        query = "".join(f"&{key}={value}" for key, value in more.items())
        page.goto(f"{running_desk.url}/{name}?lang=zh&me={night.people['head']}&incident={incident}{query}")
        person.settled()

    person.at = at
    return person


def group(person, incident, slug):
    found = reading(person.database, lambda connection: audiences.of_incident(connection, incident))
    return next(one for one in found if one.slug == slug)


def panel(person, name):
    person.page.get_by_test_id("stButtonGroup").get_by_text(person.w(name), exact=True).first.click()
    person.settled()


def test_a_group_is_opened_answered_judged_and_given_to_somebody(head, night):
    owners = group(head, night.stove, "owners")
    head.at("audiences", night.stove)
    head.sees("伤者及家属")
    head.page.locator(f".st-key-open_{owners.id} button").click()
    head.sees(head.w("audiences.question.who"))

    head.page.locator("summary").filter(has_text=head.w("audiences.edit")).nth(2).click()
    field = head.page.locator(f"[class*='st-key-audience-{owners.id}-feel-zh'] textarea")
    field.fill("热线里多在问：今晚还能不能开火")
    field.blur()
    until(head.page, lambda: answer(head, owners, "feel").edited, "the answer is stored")
    head.sees("热线里多在问")

    panel(head, "audiences.panel.stance")
    head.page.get_by_text(head.w("stance.negative_critic")).last.click()
    head.writes("audiences.stance.reason", "热线 12 通都在问停售")
    head.press("audiences.stance.button")
    until(head.page, lambda: group(head, night.stove, "owners").stance == "negative_critic", "the stance is set")

    panel(head, "audiences.panel.contact")
    head.page.get_by_role("combobox", name=head.w("audiences.owner")).first.click()
    head.page.get_by_role("option", name="贺工", exact=True).click()
    mine = night.people["operations"]
    until(head.page, lambda: group(head, night.stove, "owners").owner_id == mine, "the owner is stored")


def answer(person, one, question):
    return reading(person.database, lambda connection: audiences.answers(connection, one.id))[question]


def test_a_contact_half_written_is_there_after_a_reload(head, night):
    one = group(head, night.stove, "neighbours")
    head.at("audiences", night.stove, audience=one.id)
    panel(head, "audiences.panel.contact")
    head.writes("audiences.contact.said", "问能不能回家住")
    kept = lambda: reading(head.database, lambda connection: audiences.contact_draft_of(connection, one.id, "沈知远"))  # noqa: E731
    until(head.page, lambda: kept().get("said") == "问能不能回家住", "the field is stored")
    head.page.reload()
    head.settled()
    panel(head, "audiences.panel.contact")
    assert head.page.get_by_label(head.w("audiences.contact.said"), exact=True).input_value() == "问能不能回家住"


def test_the_question_that_decides_is_answered_on_the_spot(head, night):
    def now():
        return reading(head.database, lambda connection: judgements.current(connection, night.vague))

    before = now()
    assert before.provisional
    head.at("type", night.vague)
    head.sees(head.w("type.provisional"))
    head.sees(head.w("types.deciding_question"))
    other = before.runner_up
    option = 0 if TYPES.index(other) < TYPES.index(before.crisis_type) else 1  # the two stand in the types' own order
    head.page.locator("[class*='st-key-answer_'] button").nth(option).click()
    until(head.page, lambda: not now().provisional, "it is judged again")
    assert now().crisis_type == other
    head.sees(head.w(f"type.{other}"))


@pytest.mark.parametrize(("number", "key", "becomes", "deed"), [
    (0, "types.accept_change", "credit", "type_change_accepted"), (1, "types.refuse_change", "linear", "type_change_refused"),
])  # fmt: skip
def test_a_proposed_type_is_decided_with_a_name(head, night, number, key, becomes, deed):
    incident = night.doubted[number]
    head.at("type", incident)
    head.sees("公司明知阀门不合格")
    head.press(key)
    proposed = lambda: reading(head.database, lambda connection: judgements.proposed(connection, incident))  # noqa: E731
    until(head.page, lambda: proposed() is None, "the proposal is decided")
    assert reading(head.database, lambda connection: judgements.current(connection, incident)).crisis_type == becomes
    told = reading(head.database, lambda connection: [(one.deed, one.actor) for one in events.of_incident(connection, incident)])
    assert (deed, "沈知远") in told
    head.at("timeline", incident)
    head.sees(head.w(f"timeline.{deed}", type=head.w("type.credit")))


def test_the_sheets_open_and_carry_every_group(head, night, tmp_path):
    names = {one.name_zh for one in reading(head.database, lambda connection: audiences.of_incident(connection, night.stove))}
    head.at("audiences", night.stove)
    panel(head, "audiences.view.plan")
    head.sees(head.w("plan.conflicts"))
    word = head.downloads(head.page.get_by_role("button", name=head.w("plan.docx"), exact=True), tmp_path / "plan.docx")
    assert names <= {cell.text for cell in Document(word).tables[0].columns[1].cells}
    excel = head.downloads(head.page.get_by_role("button", name=head.w("plan.xlsx"), exact=True), tmp_path / "plan.xlsx")
    with zipfile.ZipFile(excel) as whole:
        strings = whole.read("xl/sharedStrings.xml").decode()
    assert all(name in strings for name in names)
    assert STOVE["contact"] in strings


def test_the_look_again_is_asked_for_on_the_command_page_and_one_press_leads_there(head, night):
    from sqlalchemy import update

    from storage.schema import incident

    engine = database.make_engine(head.database)
    with database.writing(engine) as connection:
        connection.execute(update(incident).where(incident.c.id == night.stove).values(known_at=datetime(2026, 3, 14, tzinfo=UTC)))
    engine.dispose()
    head.at("", night.stove)
    head.page.get_by_role("button", name=head.w("agenda.review.do"), exact=True).first.click()
    head.settled()
    head.sees(head.w("audiences.picture.power"))
    head.press("audiences.review.done")
    made = lambda: reading(head.database, lambda connection: incidents.clocks(connection, night.stove))  # noqa: E731
    until(head.page, lambda: any(one.rule == "stance_review" for one in made()), "the look is noted")
    assert head.page.get_by_text(head.w("audiences.review", hours=24)).count() == 0
