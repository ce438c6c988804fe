"""Stored items are judged anew, batch by batch: after watch terms have changed, or what the desk has learnt.

A batch and how far the job is are saved in one transaction, so a worker that is killed anywhere is carried on by the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from monitoring.models import Watched
from monitoring.sentiment import cut, item_text
from monitoring.tone import ToneJudgement, judge
from storage import items, jobs, rescoring
from storage.database import Connection
from storage.jobs import Job
from storage.rescoring import StoredLink, StoredText
from workflows.deed import deed
from workflows.score_items import Scoring, brings_in, tone_input

KIND = "rescore"
BATCH = 2_000
LEASE = timedelta(seconds=60)
"""Longer than a batch takes; a killed worker's job is free again after it."""

Pair = tuple[StoredText, Watched]


@deed
def request_rescore(
    connection: Connection, *, now: datetime, why: str, incidents: Sequence[int] | None = None, actor: str | None = None
) -> int:
    """Queue the rescoring of every stored item for these incidents (None: all that are open); returns the job's id.

    `why` is terms, model or asked. One that waits for the same incidents and has not begun is taken instead.
    """
    wanted = sorted(incidents) if incidents is not None else None
    for one in jobs.latest(connection, KIND):
        if one.state == "waiting" and not one.done and one.payload["incidents"] == wanted:
            return one.id
    payload = {"incidents": wanted, "why": why, "after": 0, "upto": None, "actor": actor}
    return jobs.add(connection, KIND, payload, now)


@dataclass(frozen=True)
class Batch:
    """One step of a job, decided but not yet stored."""

    after: int
    upto: int
    total: int
    count: int
    renewed: tuple[dict[str, Any], ...] = ()
    explained: tuple[dict[str, Any], ...] = ()
    new: tuple[dict[str, Any], ...] = ()


def decide_batch(connection: Connection, job: Job, scoring: Scoring, most: int = BATCH) -> Batch:
    """Judge the next items. Reads only."""
    upto = job.payload["upto"] or rescoring.newest(connection)
    total = job.total if job.total is not None else rescoring.how_many(connection, upto)
    found = rescoring.texts(connection, after=job.payload["after"], upto=upto, most=most)
    asked = job.payload["incidents"]
    watched = [one for one in items.watched(connection) if asked is None or one.incident_id in asked]
    stands = rescoring.links(connection, found[0].id, found[-1].id) if found else {}
    matters = {(text.id, one.incident_id): _matters(text, one, scoring) for text in found for one in watched}
    pairs = [(t, one) for t in found for one in watched if _asked(matters, stands, t, one)]
    after = found[-1].id if found else upto
    return _batch(Batch(after, upto, total, len(found)), pairs, matters, stands, scoring)


def _asked(matters: dict[tuple[int, int], bool], stands: dict[tuple[int, int], StoredLink], text: StoredText, one: Watched) -> bool:
    return matters[text.id, one.incident_id] or (text.id, one.incident_id) in stands


def _matters(text: StoredText, watched: Watched, scoring: Scoring) -> bool:
    """As for an entry that has just been read (workflows/score_items.py). What a person entered by hand matters where they
    entered it and nowhere else."""
    own = watched.incident_id if watched.kind == "example" else None
    if text.by_hand or text.sample_of != own:
        return False
    return (own is not None and not watched.terms) or brings_in(watched, scoring.company_endings, text.title, text.summary)


def _batch(
    batch: Batch, pairs: Sequence[Pair], matters: dict[tuple[int, int], bool], stands: dict[tuple[int, int], StoredLink],
    scoring: Scoring,
) -> Batch:  # fmt: skip
    renewed, explained, new = [], [], []
    for (text, one), judgement in zip(pairs, _judged(pairs, stands, scoring), strict=True):
        link = stands.get((text.id, one.incident_id))
        values = _values(judgement, scoring)
        matter = {"matters": matters[text.id, one.incident_id]}
        if link is None:
            which = {"item_id": text.id, "incident_id": one.incident_id, "at": text.at}
            new.append(values | _reasons(judgement) | which | {"relevant": True, "version": 1})
        elif _same(link, judgement):  # the reasons that stand are as good
            if any(getattr(link, name) != value for name, value in values.items()) or _turns(link, matter["matters"]):
                renewed.append(values | matter | {"link": link.id})
        else:
            explained.append(values | _reasons(judgement) | matter | {"link": link.id})
    return replace(batch, renewed=tuple(renewed), explained=tuple(explained), new=tuple(new))


def _same(link: StoredLink | None, judgement: ToneJudgement) -> bool:
    told = (judgement.tone, judgement.gravity, judgement.certain)
    return link is not None and (link.tone, link.gravity, link.certain) == told


def _turns(link: StoredLink, matters: bool) -> bool:
    """Whether the item comes in or falls out, where no person has decided."""
    return not link.decided and link.relevant != matters


def _judged(pairs: Sequence[Pair], stands: dict[tuple[int, int], StoredLink], scoring: Scoring) -> list[ToneJudgement]:
    """One judgement a pair; copies, of which there are many, are judged once. Reasons are told where any copy needs them."""
    asked = [tone_input(text.title, text.summary, one, scoring) for text, one in pairs]
    alike: dict[Any, list[int]] = {}
    for n, one in enumerate(asked):
        alike.setdefault(one, []).append(n)
    links = [[stands.get((pairs[n][0].id, pairs[n][1].incident_id)) for n in places] for places in alike.values()]
    chosen = [places[0] for places in alike.values()]
    snow = [pairs[n][0].snow for n in chosen]
    words = cut([item_text(asked[n].title, asked[n].summary) or "" for n in chosen], scoring.tables)
    wanted = lambda n, told: not all(_same(link, told) for link in links[n])  # noqa: E731
    told = judge(list(alike), snow, words, scoring.model, wanted) if chosen else []
    by_input = dict(zip(alike, told, strict=True))
    return [by_input[one] for one in asked]


def _values(judgement: ToneJudgement, scoring: Scoring) -> dict[str, Any]:
    return {
        "tone": judgement.tone, "tone_score": judgement.score, "certain": judgement.certain, "gravity": judgement.gravity,
        "attribution": judgement.attribution, "model": scoring.model.version[:64],
    }  # fmt: skip


def _reasons(judgement: ToneJudgement) -> dict[str, Any]:
    return {"reasons": [dict(vars(reason)) for reason in judgement.reasons]}


def save_batch(connection: Connection, job: Job, batch: Batch, now: datetime) -> Job | None:
    """Store a batch with how far the job is; the job as it stands, or None where it is done or somebody stopped it."""
    payload = dict(job.payload) | {"after": batch.after, "upto": batch.upto}
    done = job.done + batch.count
    if not jobs.carry_on(connection, job.id, lease_until=now + LEASE, payload=payload, done=done, total=batch.total):
        return None
    rescoring.renew(connection, batch.renewed)
    rescoring.renew(connection, batch.explained)
    rescoring.link_new(connection, batch.new)
    if batch.after >= batch.upto:
        jobs.finish(connection, job.id, done=done, total=max(done, batch.total))
        return None
    return jobs.get(connection, job.id)
