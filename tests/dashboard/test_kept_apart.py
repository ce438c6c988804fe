"""On the screen: personal data covered and opened with a reason; files brought in, listed, handed out; who takes part."""

import io

from PIL import Image
from sqlalchemy import event

from dashboard import session
from storage import content, events, personal, uploads
from storage.database import writing
from tests.dashboard.conftest import calm, press, read, shown
from tests.fixtures.worked import WORKED
from workflows.keep_personal import keep_personal


def by_key(app, key):
    return calm(app.button(key=key).click().run())


WORDS = {"name": "周晓芸", "contact": "138 0013 8000"}


def test_personal_data_is_covered_until_somebody_gives_a_reason_and_covered_again(worked_engine, opened_page, hour):
    w = content.words("zh")
    with writing(worked_engine) as connection:
        number = keep_personal(connection, WORKED["zh"], "injured", WORDS, now=hour, actor="顾曼")
    app = opened_page("audiences", WORKED["zh"], me="陆以衡")
    assert "周晓芸" not in shown(app)
    assert "周＊＊" in shown(app)
    by_key(app, f"personal_open_{number}")
    assert w("error.reason_needed") in "".join(one.value.replace("\\", "") for one in app.warning)
    app.text_input(key=f"personal_reason_{number}").input("联系家属")
    by_key(app, f"personal_open_{number}")
    assert "周晓芸" in shown(app)
    by_key(app, f"personal_close_{number}")
    assert "周晓芸" not in shown(app)
    assert read(worked_engine, lambda c: events.of_incident(c, WORKED["zh"]))[-1].facts["reason"] == "联系家属"


def test_personal_data_is_written_down_on_the_page(worked_engine, opened_page):
    app = opened_page("audiences", WORKED["zh"], me="贺工")
    app.text_input(key="personal_new_name").input("Zhou Xiaoyun")
    by_key(app, "personal_add")
    (kept,) = read(worked_engine, lambda c: personal.of_incident(c, WORKED["zh"]))
    assert kept.shown == {"name": "Z＊＊"}
    assert app.text_input(key="personal_new_name").value == ""


def test_a_file_is_kept_for_the_incident_and_nothing_of_it_is_shown(worked_engine, opened_page):
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    app = opened_page("facts", WORKED["zh"], me="贺工")
    app.file_uploader[-1].set_value(("<b>现场</b>.png", out.getvalue(), "text/html")).run()
    app.text_input(key="evidence_note_0").input("<img src=x onerror=alert(1)>")
    by_key(app, "evidence_add")
    (kept,) = read(worked_engine, lambda c: uploads.of_incident(c, WORKED["zh"]))
    assert (kept.name, kept.media_type) == ("b.png", "image/png")
    assert "<img src=x" not in shown(app)
    by_key(app, f"evidence_get_{kept.id}")
    assert len(app.get("download_button")) == 1


def test_a_file_that_is_not_what_it_says_is_refused_in_words(worked_engine, opened_page):
    app = opened_page("facts", WORKED["zh"], me="贺工")
    app.file_uploader[-1].set_value(("x.png", b"<svg onload=alert(1)>", "image/png")).run()
    by_key(app, "evidence_add")
    assert content.words("zh")("error.upload.kind") in "".join(one.value.replace("\\", "") for one in app.warning)
    assert read(worked_engine, lambda c: uploads.of_incident(c, WORKED["zh"])) == ()


# --- failing databases -------------------------------------------------------------------------------------------

def test_a_database_that_can_only_be_read_refuses_and_keeps_what_was_typed(worked_engine, opened_page):
    w = content.words("zh")
    app = opened_page("timeline", WORKED["zh"], me="贺工")
    before = read(worked_engine, lambda c: len(events.of_incident(c, WORKED["zh"])))

    def only_read(raw, *_):
        raw.cursor().execute("PRAGMA query_only = ON")

    engine = session.desk().engine
    engine.dispose()
    event.listen(engine, "connect", only_read)
    app.text_input(key="note_text").input("22:05 家属到医院")
    press(app, w("timeline.note.button"))
    assert w("error.database.read_only") in "".join(one.value.replace("\\", "") for one in app.warning)
    assert app.text_input(key="note_text").value == "22:05 家属到医院"
    event.remove(engine, "connect", only_read)
    engine.dispose()
    press(app, w("timeline.note.button"))
    assert read(worked_engine, lambda c: len(events.of_incident(c, WORKED["zh"]))) == before + 1
