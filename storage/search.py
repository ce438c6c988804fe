"""Search over everything that is kept. What is found is decided by one comparison of folded text, the same on every
database; an index of pairs of characters only narrows which items are looked at, so Chinese words of two characters are found.

The index is made and kept up beside the pages (`index_more`); items that it does not hold yet are looked at one by one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, column, func, inspect, literal_column, or_, select, table, text

from monitoring.watch import folded
from storage.schema import (
    audience,
    audience_answer,
    communication,
    heartbeat,
    incident,
    item,
    item_incident,
    publication,
    statement,
    statement_version,
)
from storage.schema import sentence as sentence_table

INDEX = "item_grams"
PROCESS = "search"  # the row of `heartbeat` that says up to which item the index goes
BATCH = 1_000
MOST_PAIRS = 8
"""So many pairs of a query narrow enough; the comparison does the rest."""


@dataclass(frozen=True)
class Hit:
    """Something found. `kind` is item | answer | text | contact; `text` is where the words stand."""

    kind: str
    incident_id: int
    id: int
    title: str
    text: str
    at: datetime | None
    link: str | None = None


def readable(connection: Connection, on_the_desk: int | None = None, among: Sequence[int] | None = None) -> tuple[int, ...]:
    """The incidents whose content a search may show. The only place that decides it: of those that the asker may know of
    (None: all), restricted ones are left out, but the one that lies open on the desk is not."""
    query = select(incident.c.id).where(or_(incident.c.restricted.is_(False), incident.c.id == (on_the_desk or 0)))
    found = connection.execute(query.order_by(incident.c.id)).scalars()
    return tuple(one for one in found if among is None or one in among)


def pairs(words: str) -> tuple[str, ...]:
    """Each pair of neighbouring characters of folded text, once, in order; blanks part words."""
    found = (part[at : at + 2] for part in words.split() for at in range(len(part) - 1))
    return tuple(dict.fromkeys(found))


# --- items -------------------------------------------------------------------------------------------------------

def items(connection: Connection, terms: Sequence[str], incidents: Sequence[int], most: int) -> list[Hit]:
    """The newest items that hold every term (folded text), at most `most`; one that matters to several incidents once each."""
    columns = (item.c.id, item.c.title, item.c.summary, item.c.outlet, item.c.link, item_incident.c.incident_id, item.c.at)
    query = select(*columns).join(item_incident, item_incident.c.item_id == item.c.id)
    query = query.where(item_incident.c.incident_id.in_(list(incidents)), item_incident.c.relevant)
    query = query.where(_narrowed(connection, terms)).order_by(item.c.at.desc(), item.c.id.desc())
    found: list[Hit] = []
    for row in connection.execute(query.execution_options(yield_per=500)):
        if matches(terms, row.title, row.summary, row.outlet):
            found.append(Hit("item", row.incident_id, row.id, row.title, f"{row.outlet} · {row.summary}", row.at, row.link))
            if len(found) >= most:
                break
    return found


def matches(terms: Sequence[str], *texts: str | None) -> bool:
    whole = folded("\n".join(one for one in texts if one))
    return all(term in whole for term in terms)


def _narrowed(connection: Connection, terms: Sequence[str]) -> ColumnElement[bool]:
    """Items that may match: those the index names, and those that came after it."""
    upto = indexed_upto(connection)
    asked = [pair for term in terms for pair in pairs(term)][:MOST_PAIRS]
    if not upto or not asked:
        return literal_column("1") == literal_column("1")
    return or_(item.c.id > upto, and_(item.c.id <= upto, item.c.id.in_(_named(connection, asked))))


def _named(connection: Connection, asked: Sequence[str]) -> Any:
    if connection.dialect.name == "postgresql":
        wanted = text("grams @> CAST(:numbers AS integer[])").bindparams(numbers=[_number(pair) for pair in asked])
        return select(column("item_id")).select_from(table(INDEX)).where(wanted)
    said = " AND ".join(_token(pair) for pair in asked)
    return select(column("rowid")).select_from(table(INDEX)).where(text(f"{INDEX} MATCH :said").bindparams(said=said))


# --- the index ---------------------------------------------------------------------------------------------------

def indexed_upto(connection: Connection) -> int:
    """The last item the index holds; 0 where there is no index yet."""
    note = connection.execute(select(heartbeat.c.note).where(heartbeat.c.process == PROCESS)).scalar_one_or_none()
    return int((note or {}).get("upto", 0))


def behind(connection: Connection) -> bool:
    newest = connection.execute(select(func.max(item.c.id))).scalar_one() or 0
    return newest > indexed_upto(connection)


def index_more(connection: Connection, most: int = BATCH) -> int:
    """Take the next items into the index; returns how many."""
    upto = indexed_upto(connection)
    query = select(item.c.id, item.c.title, item.c.summary, item.c.outlet).where(item.c.id > upto).order_by(item.c.id)
    found = connection.execute(query.limit(most)).all()
    if found:
        _make_index(connection)
        _take_in(connection, [(row.id, folded(f"{row.title}\n{row.summary}\n{row.outlet}")) for row in found])
        _remember(connection, found[-1].id)
    return len(found)


def set_back(connection: Connection, before: int) -> None:
    """Items from `before` on are going, and SQLite gives their numbers anew: they will be indexed again."""
    if before <= indexed_upto(connection):
        _remember(connection, max(0, before - 1))


def reindex(connection: Connection, item_id: int) -> None:
    """An item has other words now: its new pairs are added. Old ones only cost a look."""
    if item_id <= indexed_upto(connection):
        row = connection.execute(select(item.c.title, item.c.summary, item.c.outlet).where(item.c.id == item_id)).one()
        _take_in(connection, [(item_id, folded(f"{row.title}\n{row.summary}\n{row.outlet}"))])


def _make_index(connection: Connection) -> None:
    if inspect(connection).has_table(INDEX):
        return
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"CREATE TABLE IF NOT EXISTS {INDEX} (item_id bigint PRIMARY KEY, grams integer[] NOT NULL)"))
        connection.execute(text(f"CREATE INDEX IF NOT EXISTS ix_{INDEX} ON {INDEX} USING gin (grams)"))
    else:
        connection.execute(text(f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(grams, content='', detail='none')"))


def _take_in(connection: Connection, texts: Iterable[tuple[int, str]]) -> None:
    if connection.dialect.name == "postgresql":
        keep = text(
            f"INSERT INTO {INDEX} (item_id, grams) VALUES (:id, :grams)"
            " ON CONFLICT (item_id) DO UPDATE SET grams = excluded.grams"
        )
        connection.execute(keep, [{"id": n, "grams": sorted({_number(pair) for pair in pairs(said)})} for n, said in texts])
    else:
        keep = text(f"INSERT INTO {INDEX} (rowid, grams) VALUES (:id, :grams)")
        connection.execute(keep, [{"id": n, "grams": " ".join(_token(pair) for pair in pairs(said))} for n, said in texts])


def _remember(connection: Connection, upto: int) -> None:
    values = {"note": {"upto": upto}, "at": datetime.now(UTC)}
    if not connection.execute(heartbeat.update().where(heartbeat.c.process == PROCESS).values(**values)).rowcount:
        connection.execute(heartbeat.insert().values(process=PROCESS, **values))


def _token(pair: str) -> str:
    """A pair as one word of letters and digits, whatever it is made of."""
    return f"{ord(pair[0]):x}g{ord(pair[1]):x}"


def _number(pair: str) -> int:
    return (ord(pair[0]) * 0x110000 + ord(pair[1])) % 0x7FFFFFFF


# --- everything else: hundreds of rows an incident, looked at one by one -------------------------------------------

def others(connection: Connection, terms: Sequence[str], incidents: Sequence[int]) -> Iterator[Hit]:
    """Answers for the groups, statements as they stand and as they went out, and whom we spoke with."""
    wanted = list(incidents)
    for hit in (*_answers(connection, wanted), *_sentences(connection, wanted), *_published(connection, wanted),
                *_contacts(connection, wanted)):  # fmt: skip
        if matches(terms, hit.title, hit.text):
            yield hit


def _answers(connection: Connection, wanted: list[int]) -> Iterator[Hit]:
    query = select(audience_answer, audience.c.incident_id, audience.c.slug, audience.c.name_zh, audience.c.name_en)
    query = query.join(audience, audience.c.id == audience_answer.c.audience_id)
    for row in connection.execute(query.where(audience.c.incident_id.in_(wanted), audience.c.removed.is_(False))):
        for name, said in ((row.name_zh, row.text_zh), (row.name_en, row.text_en)):
            if said:
                yield Hit("answer", row.incident_id, row.id, name or row.slug, said, row.saved_at)


def _sentences(connection: Connection, wanted: list[int]) -> Iterator[Hit]:
    """Of each statement the newest version."""
    newest = select(func.max(statement_version.c.id)).group_by(statement_version.c.statement_id)
    query = select(sentence_table, statement.c.incident_id, statement.c.kind, statement_version.c.saved_at)
    query = query.join(statement_version, statement_version.c.id == sentence_table.c.statement_version_id)
    query = query.join(statement, statement.c.id == statement_version.c.statement_id)
    query = query.where(statement.c.incident_id.in_(wanted), statement_version.c.id.in_(newest))
    for row in connection.execute(query.order_by(sentence_table.c.id)):
        yield Hit("text", row.incident_id, row.id, row.kind, row.text, row.saved_at)


def _published(connection: Connection, wanted: list[int]) -> Iterator[Hit]:
    for row in connection.execute(select(publication).where(publication.c.incident_id.in_(wanted))):
        yield Hit("published", row.incident_id, row.id, str(row.number), row.body, row.released_at)


def _contacts(connection: Connection, wanted: list[int]) -> Iterator[Hit]:
    query = select(communication, audience.c.name_zh, audience.c.name_en, audience.c.slug)
    query = query.outerjoin(audience, audience.c.id == communication.c.audience_id)
    for row in connection.execute(query.where(communication.c.incident_id.in_(wanted))):
        names = [one for one in (row.counterpart, row.name_zh, row.name_en) if one]
        said = "\n".join(one for one in (row.question, row.answer) if one)
        yield Hit("contact", row.incident_id, row.id, " · ".join(names) or row.slug or "", said, row.at)
