"""The desk learns from people's corrections: on request, with figures before and after, and taken back in one step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from errors import BadInput
from monitoring.sentiment import SnowTables, cut, item_text, score
from monitoring.tone import ToneInput, ToneModel, judge
from monitoring.tone.learn import Retrained, retrain
from storage import jobs, tone_models
from storage.database import Connection
from storage.jobs import Job
from workflows.deed import deed
from workflows.rescore_items import request_rescore
from workflows.use_tone_model import tone_model_in_force

KIND = "retrain"
LEASE = timedelta(minutes=3)

Labelled = Sequence[Mapping[str, Any]]


@deed
def request_retraining(connection: Connection, *, now: datetime, actor: str | None = None) -> int:
    """Queue it; returns the job's id. Raises BadInput("tone.nothing_to_learn") where nobody has corrected anything."""
    if not tone_models.corrected(connection):
        raise BadInput("tone.nothing_to_learn")
    for one in jobs.latest(connection, KIND):
        if one.lasting:
            return one.id
    return jobs.add(connection, KIND, {"actor": actor}, now)


@dataclass(frozen=True)
class Lesson:
    """What was learnt, with the shares that were right before and after: `corpus` of the desk's own sentences, `corrections`
    of those (each after by a model that has not seen it; None where there are too few)."""

    learnt: Retrained
    figures: Mapping[str, float | None]


def learn(connection: Connection, base: ToneModel, tables: SnowTables | None, corpus: Iterable[Mapping[str, Any]]) -> Lesson:
    """Learn anew from every correction there is. Reads only; `corpus` are rows with title, summary and tone."""
    taught = tone_models.corrections(connection, tables)
    standing = tone_model_in_force(connection, base)
    learnt = retrain(base, taught)
    rows = [row for row in corpus if row.get("lang", "zh") == "zh"]
    before, after = _corpus_right(rows, tables, (standing, learnt.model))
    figures = {"corpus_before": before, "corpus_after": after, "corpus_n": float(len(rows))}
    return Lesson(learnt, figures | {"corrections_before": learnt.before, "corrections_after": learnt.after})


def _corpus_right(rows: Labelled, tables: SnowTables | None, models: Sequence[ToneModel]) -> list[float]:
    asked = [ToneInput(row["title"], row.get("summary") or "") for row in rows]
    texts = [item_text(one.title, one.summary) or "" for one in asked]
    snow, words = [float(number) for number in score(texts, tables)], cut(texts, tables)
    return [
        sum(told.tone == row["tone"] for told, row in zip(judge(asked, snow, words, model, reasons=False), rows, strict=True))
        / max(1, len(rows))
        for model in models
    ]


def save_lesson(connection: Connection, job: Job, lesson: Lesson, now: datetime) -> int | None:
    """Put what was learnt in force and queue the rescoring; None where somebody stopped the job meanwhile."""
    if not jobs.finish(connection, job.id, done=1, total=1):
        return None
    actor = job.payload.get("actor")
    number = tone_models.save(
        connection, lesson.learnt.model.corrected, corrections=lesson.learnt.corrections, figures=lesson.figures, now=now,
        actor=actor,
    )  # fmt: skip
    request_rescore(connection, now=now, why="model", actor=actor)
    return number


@deed
def undo_retraining(connection: Connection, *, number: int, now: datetime, actor: str | None = None) -> int:
    """What was in force before version `number` is in force again, as a new version; returns its number.

    Raises BadInput("tone.not_in_force") where another version has come meanwhile.
    """
    if not number or tone_models.number_in_force(connection) != number:
        raise BadInput("tone.not_in_force")
    before = tone_models.version(connection, number - 1)
    made = tone_models.save(
        connection, before.weights, corrections=before.corrections, figures=before.figures, now=now, actor=actor, undone=number
    )
    request_rescore(connection, now=now, why="model", actor=actor)
    return made
