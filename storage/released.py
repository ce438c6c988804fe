"""What went out and what did not, over all incidents: for telling whether a text is one of ours."""

from sqlalchemy import Connection, select

from statements.records import Publication, body
from statements.verifying import Release, Unreleased
from storage import rows, statements
from storage.schema import incident, publication, statement, statement_version

MOST_DRAFTS = 2_000  # versions looked through, the newest first


def releases(connection: Connection) -> tuple[Release, ...]:
    """Every publication, the newest first, without its forms."""
    query = (
        select(publication, statement.c.kind, statement_version.c.number.label("drafted"), incident.c.title)
        .join(statement, statement.c.id == publication.c.statement_id)
        .join(statement_version, statement_version.c.id == publication.c.statement_version_id)
        .join(incident, incident.c.id == publication.c.incident_id)
        .order_by(publication.c.id.desc())
    )
    return tuple(
        Release(rows.as_value(row, Publication), row.kind, row.drafted, row.title) for row in connection.execute(query)
    )


def unreleased(connection: Connection) -> tuple[Unreleased, ...]:
    """Versions that have not gone out, in each language in which they say something."""
    out = select(publication.c.statement_version_id, publication.c.language)
    gone = {(row[0], row[1]) for row in connection.execute(out)}
    query = (
        select(statement_version.c.id, statement_version.c.number, statement.c.id, statement.c.kind)
        .add_columns(incident.c.title, incident.c.id)
        .join(statement, statement.c.id == statement_version.c.statement_id)
        .join(incident, incident.c.id == statement.c.incident_id)
        .order_by(statement_version.c.id.desc()).limit(MOST_DRAFTS)
    )  # fmt: skip
    made = []
    for version_id, number, statement_id, kind, title, incident_id in connection.execute(query).all():
        said = statements.sentences(connection, version_id)
        gone_in = {name for of, name in gone if of == version_id}
        for language in sorted({one.language for one in said} - gone_in):
            text = body(said, language)
            made.append(Unreleased(statement_id, kind, number, language, text, title, incident_id))
    return tuple(made)
