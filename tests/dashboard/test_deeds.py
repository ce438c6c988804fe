"""What a person does on a page changes the database, or is refused in words."""

from incidents.trail import first_break
from statements.records import body
from storage import content, events, facts, incidents, judgements, statements
from storage.database import Connection, Engine
from tests.dashboard.conftest import Open, calm, heads, press, read, shown
from tests.fixtures.worked import EMPTY, WORKED


def test_a_fact_is_confirmed_with_one_press_and_a_name(worked_engine: Engine, opened_page: Open):
    w = content.words("zh")
    app = press(opened_page("facts", WORKED["zh"]), w("facts.confirm"))
    assert any(w("error.name_needed") in one.value.replace("\\", "") for one in app.warning)
    before = [one.id for one in read(worked_engine, lambda c: facts.of_incident(c, WORKED["zh"])) if one.status == "reported"]
    press(opened_page("facts", WORKED["zh"], me="贺工"), w("facts.confirm"))
    known = {one.id: one for one in read(worked_engine, lambda c: facts.of_incident(c, WORKED["zh"]))}
    assert (known[before[0]].status, known[before[0]].confirmed_by) == ("confirmed", "贺工")
    assert [number for number in before if known[number].status == "reported"] == before[1:]


def test_a_type_is_overruled_with_a_reason_and_not_without(worked_engine: Engine, opened_page: Open):
    w = content.words("zh")
    app = opened_page("type", WORKED["zh"], me="沈知远")
    app.selectbox(key="overrule_type").select("media").run()
    press(app, w("typepage.overrule.button"))
    assert app.warning
    assert read(worked_engine, lambda c: judgements.current(c, WORKED["zh"])).crisis_type == "linear"
    app.text_area(key="overrule_reason").input("两家已刊发，事实未动").run()
    press(app, w("typepage.overrule.button"))
    stands = read(worked_engine, lambda c: judgements.current(c, WORKED["zh"]))
    assert (stands.crisis_type, stands.made_by, stands.reason) == ("media", "沈知远", "两家已刊发，事实未动")
    assert "两家已刊发，事实未动" in shown(app)


def test_a_sentence_is_put_in_other_words_as_a_version_of_its_own(worked_engine: Engine, opened_page: Open):
    w = content.words("zh")
    app = opened_page("statement", WORKED["zh"], me="顾曼")
    own = next(one for one in app.text_input if one.label == w("statement.edit") and ":care:" in str(one.key))
    own.input("我们牵挂伤者和他的家人。").run()
    calm(app.button(key=f"{own.key}:save").click().run())
    number, text = read(worked_engine, lambda c: latest_text(c, WORKED["zh"]))
    assert (number, "我们牵挂伤者和他的家人。" in text) == (2, True)
    assert "我们牵挂伤者和他的家人。" in shown(app)


def latest_text(connection: Connection, incident_id: int) -> tuple[int, str]:
    stands = statements.of_incident(connection, incident_id)[0]
    version = statements.latest(connection, stands.id)
    return version.number, body(statements.sentences(connection, version.id), "zh")


def test_a_note_is_written_once_and_the_field_is_free_again(worked_engine: Engine, opened_page: Open):
    app = opened_page("timeline", EMPTY)
    app.text_input(key="note_text").input("22:05 家属到医院")
    press(app, content.words("zh")("timeline.note.button"))
    log = read(worked_engine, lambda c: events.of_incident(c, EMPTY))
    assert [one.facts.get("text") for one in log if one.deed == "noted"] == ["22:05 家属到医院"]
    assert first_break(log) is None
    assert app.text_input(key="note_text").value == ""
    assert "22:05 家属到医院" in shown(app)


def test_an_empty_note_is_refused_in_words_and_stores_nothing(worked_engine: Engine, opened_page: Open):
    w = content.words("zh")
    app = press(opened_page("timeline", EMPTY), w("timeline.note.button"))
    assert [one.value.replace("\\", "") for one in app.warning] == [w("error.nothing_written")]
    assert [one.deed for one in read(worked_engine, lambda c: events.of_incident(c, EMPTY))] == ["incident_opened"]


def test_a_field_of_the_intake_is_stored_when_it_is_left(worked_engine: Engine, opened_page: Open):
    app = opened_page("intake", EMPTY)
    calm(app.text_input(key=f"intake:{EMPTY}:place").input("云州市南湖区一住宅小区").run())
    known = read(worked_engine, lambda c: facts.of_incident(c, EMPTY))
    assert [(one.slot, one.value, one.status) for one in known if one.slot == "where"] == [
        ("where", "云州市南湖区一住宅小区", "reported")
    ]


def test_a_number_that_is_not_known_is_said_to_be_unknown(worked_engine: Engine, opened_page: Open):
    app = opened_page("intake", EMPTY)
    calm(app.checkbox(key=f"intake:{EMPTY}:deaths:unknown").check().run())
    known = read(worked_engine, lambda c: facts.of_incident(c, EMPTY))
    assert [(one.slot, one.value, one.status) for one in known if one.slot == "deaths"] == [("deaths", None, "unknown")]
    assert app.number_input(key=f"intake:{EMPTY}:deaths").disabled


def test_a_statement_is_drafted_from_an_empty_incident_with_visible_holes(worked_engine: Engine, opened_page: Open):
    w = content.words("zh")
    app = press(opened_page("statement", EMPTY), w("statement.draft"))
    number, text = read(worked_engine, lambda c: latest_text(c, EMPTY))
    assert number == 1
    assert "【待填" in text
    assert "cd-hole" in "".join(str(each.value) for each in app.html)
    assert not app.get("download_button")
    press(app, w("clearing.send"))
    assert app.warning


def test_the_language_is_switched_on_the_page(opened_page: Open):
    app = opened_page("facts", WORKED["zh"])
    calm(app.segmented_control(key="language_choice").set_value("en").run())
    assert heads(app) == [content.words("en")("facts.title")]
    assert app.query_params["lang"] == "en"


def test_an_example_is_put_away_and_a_real_incident_offers_no_such_thing(worked_engine: Engine, opened_page: Open):
    app = opened_page("incidents", WORKED["en"])
    keys = {one.key for one in app.button}
    assert f"remove_{EMPTY}" not in keys
    calm(app.button(key=f"remove_{WORKED['en']}").click().run())
    assert [one.id for one in read(worked_engine, incidents.all_of)] == [WORKED["zh"], EMPTY]
    assert "incident" not in app.query_params
