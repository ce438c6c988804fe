"""Deeds that run beside the page: rescoring, learning, deciding relevance anew; stopped, killed and carried on."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from errors import BadInput, Conflict
from monitoring.watch import WatchTerm
from storage import jobs, readings, tone_models, watching
from storage.content import tone_corpus
from storage.database import Engine, reading, writing
from storage.schema import item_incident
from tests.fixtures.press import add_feed, add_item
from tests.workflows.working import scoring, worker
from workflows import rescore_items
from workflows.correct_item import correct_item
from workflows.edit_watch import preview_watch, save_watch, undo_watch
from workflows.rescore_items import request_rescore
from workflows.retrain_tone import request_retraining, undo_retraining


def _tones(engine: Engine) -> list[str | None]:
    with reading(engine) as connection:
        return list(connection.execute(select(item_incident.c.tone).order_by(item_incident.c.id)).scalars())


def test_rescoring_judges_every_stored_item_and_leaves_corrections_alone(engine: Engine, stove: int, now, do) -> None:
    with writing(engine) as connection:
        feed = add_feed(connection, "云州都市报", now)
        for number in range(5):
            add_item(connection, stove, now, "positive", title=f"青禾厨电灶具爆炸致 {number + 1} 人受伤", feed_id=feed)
        add_item(connection, stove, now, "positive", title="青禾厨电灶具爆炸", corrected_tone="neutral", feed_id=feed)
    job = do(request_rescore, why="asked")
    assert do(request_rescore, why="asked", at=now + timedelta(seconds=1)) == job
    assert worker(engine, now).run_one()
    assert _tones(engine) == ["negative"] * 6
    with reading(engine) as connection:
        assert readings.how_many(connection, stove, tone="neutral") == 1
        done = jobs.get(connection, job)
    assert (done.state, done.done, done.total) == ("done", 6, 6)
    assert not worker(engine, now).run_one()


def test_rescoring_with_the_same_outcome_writes_nothing_again(engine: Engine, stove: int, now, do) -> None:
    with writing(engine) as connection:
        feed = add_feed(connection, "云州都市报", now)
        for number in range(3):
            add_item(connection, stove, now, "positive", title=f"青禾厨电灶具爆炸致 {number + 1} 人受伤", feed_id=feed)
    do(request_rescore, why="asked")
    worker(engine, now).run_one()
    do(request_rescore, why="asked")
    with writing(engine) as connection:
        job = jobs.claim(connection, (rescore_items.KIND,), now=now, lease=rescore_items.LEASE)
        assert job is not None
        batch = rescore_items.decide_batch(connection, job, scoring())
    assert (batch.count, batch.renewed, batch.explained, batch.new) == (3, (), (), ())


def test_a_job_that_is_killed_between_two_batches_is_carried_on_and_loses_nothing(engine: Engine, stove: int, now, do) -> None:
    with writing(engine) as connection:
        feed = add_feed(connection, "云州都市报", now)
        for number in range(9):
            add_item(connection, stove, now, "positive", title=f"青禾厨电灶具爆炸致 {number + 1} 人受伤", feed_id=feed)
    do(request_rescore, why="asked")
    with writing(engine) as connection:
        job = jobs.claim(connection, (rescore_items.KIND,), now=now, lease=rescore_items.LEASE)
        assert job is not None
        assert jobs.claim(connection, (rescore_items.KIND,), now=now, lease=rescore_items.LEASE) is None
        batch = rescore_items.decide_batch(connection, job, scoring(), most=4)
        rescore_items.save_batch(connection, job, batch, now)
    assert _tones(engine).count("negative") == 4
    later = now + rescore_items.LEASE + timedelta(seconds=1)
    assert worker(engine, later).run_one()
    assert _tones(engine) == ["negative"] * 9
    with reading(engine) as connection:
        assert (jobs.get(connection, job.id).done, jobs.get(connection, job.id).attempts) == (9, 2)


def test_a_job_can_be_stopped_and_goes_on_where_it_was(engine: Engine, stove: int, now, do) -> None:
    with writing(engine) as connection:
        add_item(connection, stove, now, "positive", title="青禾厨电灶具爆炸", feed_id=add_feed(connection, "甲", now))
    job = do(request_rescore, why="asked")
    with writing(engine) as connection:
        assert jobs.turn(connection, job, "stopped", now)
    assert not worker(engine, now).run_one()
    with writing(engine) as connection:
        assert jobs.turn(connection, job, "waiting", now)
    assert worker(engine, now).run_one()
    assert _tones(engine) == ["negative"]


def test_terms_are_tried_saved_and_taken_back(engine: Engine, stove: int, now, do) -> None:
    with writing(engine) as connection:
        feed = add_feed(connection, "云州都市报", now)
        add_item(connection, stove, now, title="青禾厨电灶具爆炸", feed_id=feed)
        add_item(connection, stove, now, title="南湖区一小区起火", relevant=False, feed_id=feed)
        add_item(connection, stove, now, title="Qinghe stove explodes", relevant=False, feed_id=feed, language="en")
    wanted = [("brand", "青禾 | Qinghe"), ("place", "南湖区 -天气"), ("exclude", "招聘"), ("brand", "  ")]
    with reading(engine) as connection:
        found = preview_watch(connection, stove, wanted, endings=scoring().company_endings, now=now)
        assert watching.terms(connection, stove) == ()
    assert (found.looked_at, found.standing, found.matching, found.came, found.went) == (3, 1, 3, 2, 0)
    do(save_watch, stove, wanted, seen=(), actor="王敏")
    assert worker(engine, now).run_one()
    with reading(engine) as connection:
        assert readings.how_many(connection, stove) == 3
        assert {one.attribution for one in readings.items(connection, stove) if "Qinghe" in one.title} == {"us"}
    with pytest.raises(Conflict):
        do(save_watch, stove, wanted, seen=())
    with pytest.raises(BadInput):
        do(save_watch, stove, [("brand", "(青禾")], seen=(WatchTerm("brand", "青禾 | Qinghe"),))
    do(undo_watch, stove, actor="王敏", at=now + timedelta(seconds=1))
    assert worker(engine, now + timedelta(seconds=1)).run_one()
    with reading(engine) as connection:
        assert watching.terms(connection, stove) == ()
        assert readings.how_many(connection, stove) == 1


def test_the_desk_learns_on_request_says_what_it_gained_and_forgets_in_one_step(engine: Engine, stove: int, now, do) -> None:
    with pytest.raises(BadInput, match="nothing_to_learn"):
        do(request_retraining)
    with writing(engine) as connection:
        feed = add_feed(connection, "云州都市报", now)
        numbers = [add_item(connection, stove, now, "neutral", title=f"第{n}店今日开张，掌柜发糖", feed_id=feed) for n in range(12)]
    for number in numbers:
        with reading(engine) as connection:
            link = next(one for one in readings.items(connection, stove) if one.id == number)
        do(correct_item, link.link_id, version=link.version, tone="negative", actor="王敏")
    do(request_retraining, actor="王敏")
    at_work = worker(engine, now)
    while at_work.run_one():
        pass
    with reading(engine) as connection:
        learnt = tone_models.in_force(connection)
    assert (learnt.number, learnt.corrections, learnt.saved_by) == (1, 12, "王敏")
    figures = learnt.figures
    assert figures["corrections_after"] > figures["corrections_before"]
    assert figures["corpus_after"] > figures["corpus_before"] - 0.02
    assert figures["corpus_n"] == sum(row["lang"] == "zh" for row in tone_corpus())
    assert set(_tones(engine)) == {"negative"}
    do(undo_retraining, number=1, actor="王敏")
    while at_work.run_one():
        pass
    with reading(engine) as connection:
        assert tone_models.in_force(connection).weights is None
    assert "negative" not in _tones(engine)
    with pytest.raises(BadInput, match="not_in_force"):
        do(undo_retraining, number=1)
