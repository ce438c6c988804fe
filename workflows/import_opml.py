"""A list of feeds comes in, or goes out, as OPML."""

from datetime import datetime

from monitoring.opml import read_opml, write_opml
from storage import feeds
from storage.database import Connection
from workflows.add_feed import Imported, add_many
from workflows.deed import deed


@deed
def import_opml(
    connection: Connection, body: bytes, *, now: datetime, zone: str = "Asia/Shanghai", actor: str | None = None
) -> Imported:
    """How many were added and how many known already. Raises BadInput (opml.*) for what is no list: nothing is stored."""
    return add_many(connection, read_opml(body), now=now, zone=zone, actor=actor)


def export_opml(connection: Connection, title: str) -> str:
    return write_opml(feeds.sources(connection), title)
