"""A template is edited, refused, saved, undone; what is drafted follows; on both databases."""



import pytest

from errors import BadInput, Conflict, NotFound
from statements.guard import check
from statements.precleared import template_hash
from statements.records import LANGUAGES, body
from storage import content, content_versions, statements
from storage.content_versions import TemplateVersion
from storage.database import Connection, Engine, reading, writing
from workflows.draft_statement import draft_statement
from workflows.preview_template import preview_template
from workflows.restore_template import SHIPPED, restore_template
from workflows.save_template import Saved, save_template

KIT = content.statement_kit()
OURS = dict(KIT.templates["holding"].sources)
THANKS = {"zh": "谢谢邻居们今晚的体谅和帮忙。", "en": "Thank you to our neighbours for bearing with us tonight."}


def checker(text: str, language: str):
    return check(text, language, content.guard())


def with_line(words: dict[str, str], slot: str = "thanks2") -> dict[str, str]:
    return {name: OURS[name].rstrip("\n") + f"\n@{slot} comprehensive: {words[name]}\n" for name in LANGUAGES}


@pytest.fixture
def save(do):
    def one(sources: dict[str, str], seen: int, actor: str | None = "顾曼") -> Saved:
        return do(save_template, "holding", sources, seen=seen, shipped=KIT, check=checker, actor=actor)

    return one


@pytest.fixture
def restore(do):
    def one(number: int, seen: int) -> Saved:
        return do(restore_template, "holding", number, seen=seen, shipped=KIT, check=checker, actor="顾曼")

    return one


def now_used(engine: Engine) -> dict[str, str]:
    with reading(engine) as connection:
        return dict(content_versions.kit(connection).templates["holding"].sources)


def test_without_edits_the_kit_is_the_one_that_shipped(engine):
    with reading(engine) as connection:
        assert content_versions.kit(connection) is KIT


def test_a_saved_template_is_drafted_from_at_once_and_its_hash_is_kept(engine, do, save, stove):
    made = save(with_line(THANKS), 0)
    assert (made.number, made.state, made.problems) == (1, "active", ())
    with reading(engine) as connection:
        kit = content_versions.kit(connection)
    drafted = do(draft_statement, stove, kit=kit, check=checker)
    with reading(engine) as connection:
        version = statements.latest(connection, drafted)
        said = statements.sentences(connection, version.id)
    assert THANKS["zh"] in body(said, "zh")
    assert version.template_hash == template_hash(kit, "holding", LANGUAGES)
    assert version.template_hash != template_hash(KIT, "holding", LANGUAGES)


def test_the_same_text_again_saves_nothing(save):
    assert save(with_line(THANKS), 0).number == save(with_line(THANKS), 1).number == 1


LIABLE = {"zh": "这次爆炸是我们的责任，我们全部赔偿。", "en": "The explosion was our fault and we will pay for everything."}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (LIABLE, "blocked"),
        ({name: "{% if crisis_type == 'nobody' %}" + words + "{% endif %}" for name, words in LIABLE.items()}, "blocked"),
        ({name: "{{ '" + words[:6] + "' ~ '" + words[6:] + "' }}" for name, words in LIABLE.items()}, "blocked"),
        ({name: "{% if crisis_type == 'chain' %}{{ '" + words[:6] + "' ~ '" + words[6:] + "' }}{% endif %}" for name, words in LIABLE.items()},
         "blocked"),
        ({"zh": "请在【待填：时间】来电。", "en": "Please call at [to fill: the hour]."}, "hole"),
        ({"zh": "{{ nobody }}", "en": "{{ nobody }}"}, "unknown_slot"),
        ({"zh": "{% if false %}{{ nobody }}{% endif %}", "en": "x"}, "unknown_slot"),
        ({"zh": "{{ lead.__class__ }}", "en": "x"}, "not_allowed"),
        ({"zh": "{% for a in unknowns %}{% for b in unknowns %}甲{% endfor %}{% endfor %}", "en": "x"}, "not_allowed"),
        ({"zh": "{{ lead", "en": "x"}, "syntax"),
    ],
)  # fmt: skip
def test_what_blocks_or_fails_is_kept_as_a_draft_and_not_used(engine, save, words, kind):
    made = save(with_line(words), 0)
    assert made.state == "draft"
    assert kind in {one.kind for one in made.problems}
    assert now_used(engine) == OURS
    with reading(engine) as connection:
        kept = content_versions.versions(connection, "holding")[0]
    assert kept.problems[0]["kind"] in {one.kind for one in made.problems}
    assert kept.sources["zh"].splitlines()[-1].endswith(words["zh"])


def test_a_line_without_its_mark_is_named(save):
    made = save({**OURS, "zh": OURS["zh"] + "\n谢谢大家\n"}, 0)
    assert [(one.kind, one.language, one.what) for one in made.problems] == [("bad_line", "zh", "谢谢大家")]
    assert made.problems[0].line == len(OURS["zh"].splitlines()) + 2


def test_a_draft_after_a_good_version_leaves_the_good_one_in_use(engine, save):
    save(with_line(THANKS), 0)
    save(with_line(LIABLE), 1)
    assert THANKS["zh"] in now_used(engine)["zh"]


def test_an_earlier_version_and_the_shipped_text_come_back_as_versions_of_their_own(engine, save, restore):
    save(with_line(THANKS), 0)
    save(with_line({"zh": "谢谢各位。", "en": "Thank you all."}), 1)
    assert restore(1, 2).number == 3
    assert THANKS["zh"] in now_used(engine)["zh"]
    assert restore(SHIPPED, 3).state == "shipped"
    assert now_used(engine) == OURS
    assert restore(3, 4).state == "active"
    assert THANKS["zh"] in now_used(engine)["zh"]
    with reading(engine) as connection:
        assert [one.number for one in content_versions.versions(connection, "holding")] == [5, 4, 3, 2, 1]


def test_what_blocks_cannot_be_restored_into_use(engine, save, restore):
    save(with_line(LIABLE), 0)
    assert restore(1, 1).state == "draft"
    assert now_used(engine) == OURS


def test_two_people_at_one_template_the_second_is_told_and_keeps_the_words(save):
    save(with_line(THANKS), 0)
    with pytest.raises(Conflict) as told:
        save(with_line({"zh": "谢谢各位。", "en": "Thank you all."}), 0, actor="王敏")
    assert "谢谢各位。" in told.value.facts["mine"]["zh"]
    assert THANKS["zh"] in told.value.facts["theirs"]["zh"]


def test_saving_takes_a_name_words_and_a_kind_there_is(do, save, restore):
    with pytest.raises(BadInput, match="name_needed"):
        save(with_line(THANKS), 0, actor=None)
    with pytest.raises(BadInput, match="nothing_written"):
        save({"zh": " \n", "en": "x"}, 0)
    with pytest.raises(NotFound):
        restore(7, 0)
    with pytest.raises(BadInput, match="not_a_choice"):
        do(save_template, "../../etc", OURS, seen=0, shipped=KIT, check=checker, actor="顾曼")


def test_another_process_sees_a_version_as_soon_as_it_is_saved(engine, now):
    """Nothing but the database tells: the version is written past the functions that remember."""
    with reading(engine) as connection:
        content_versions.kit(connection)
    with writing(engine) as connection:
        content_versions.add(connection, "holding", with_line(THANKS), number=1, state="active", saved_by="顾曼", saved_at=now)
    assert THANKS["en"] in now_used(engine)["en"]


def test_two_databases_never_share_an_edited_kit(engine, sqlite_url, tmp_path, now):
    from storage.database import make_engine, upgrade

    other = make_engine(f"sqlite:///{(tmp_path / 'other.sqlite3').as_posix()}")
    upgrade(other)
    for which, words in ((engine, THANKS), (other, {"zh": "谢谢各位。", "en": "Thank you all."})):
        with writing(which) as connection:
            content_versions.add(connection, "holding", with_line(words), number=1, state="active", saved_by="顾曼", saved_at=now)
    assert THANKS["zh"] in now_used(engine)["zh"]
    assert THANKS["zh"] not in now_used(other)["zh"]
    other.dispose()


@pytest.mark.parametrize("of_incident", [False, True])
def test_a_preview_says_the_example_or_the_facts_and_stores_nothing(engine, stove, now, of_incident):
    with reading(engine) as connection:
        made = preview_template(
            connection, "holding", with_line(THANKS), kit=KIT, incident_id=stove if of_incident else None, now=now
        )
    assert ("青禾厨电" in made["zh"].text) is of_incident
    assert THANKS["zh"] in made["zh"].text
    assert stored(engine) == ()


def stored(engine: Engine) -> tuple[TemplateVersion, ...]:
    def read(connection: Connection) -> tuple[TemplateVersion, ...]:
        return content_versions.versions(connection, "holding")

    with reading(engine) as connection:
        return read(connection)
