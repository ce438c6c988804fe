"""The groups an incident touches are put on the board, each with the four questions prefilled from what is known."""

from datetime import datetime

from stakeholders.catalogue import Catalogue

from storage.database import Connection


def propose_audiences(connection: Connection, incident_id: int, *, catalogue: Catalogue, now: datetime) -> None:
    raise NotImplementedError
