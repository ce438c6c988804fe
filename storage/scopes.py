"""Which incident a row belongs to, and whether that incident is kept from those who do not take part in it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, select

from storage import schema

# The arguments by which deeds name what they work on → the query for its incident.
_OF: dict[str, tuple[Any, ...]] = {
    "fact_id": (schema.fact,),
    "statement_id": (schema.statement,),
    "audience_id": (schema.audience,),
    "judgement_id": (schema.type_judgement,),
    "clearance_id": (schema.clearance, schema.statement),
    "publication_id": (schema.publication,),
    "communication_id": (schema.communication,),
    "clock_id": (schema.clock,),
    "proposal_id": (schema.type_judgement,),
    "link_id": (schema.item_incident,),
}


def incident_of(connection: Connection, given: Mapping[str, Any]) -> int | None:
    """The incident that the arguments of a deed name, directly or by what belongs to it; None where they name none."""
    if isinstance(given.get("incident_id"), int):
        return int(given["incident_id"])
    for name, tables in {**_OF, **_more()}.items():
        if isinstance(given.get(name), int):
            found = connection.execute(_query(tables, given[name])).scalar_one_or_none()
            if found is not None:
                return int(found)
    return None


def _more() -> dict[str, tuple[Any, ...]]:
    """Tables that hang on an incident directly and are named after themselves."""
    tables = schema.metadata.tables
    own = {f"{name}_id": (table,) for name, table in tables.items() if "incident_id" in table.c and f"{name}_id" not in _OF}
    return {name: table for name, table in own.items() if name != "person_id"}  # who decides, not what about


def names_an_incident(argument: str) -> bool:
    """Whether `incident_of` knows the incident by an argument of this name."""
    return argument == "incident_id" or argument in _OF or argument in _more()


def may_be_told(connection: Connection, incident_id: int, person_id: int | None) -> bool:
    """Whether a message about an incident may go to somebody's address: a restricted one is told to who takes part alone."""
    if not is_restricted(connection, incident_id):
        return True
    mine = (schema.membership.c.incident_id == incident_id, schema.membership.c.person_id == person_id)
    return person_id is not None and connection.execute(select(schema.membership.c.id).where(*mine)).first() is not None


def _query(tables: tuple[Any, ...], number: int) -> Select[Any]:
    first = tables[0]
    if len(tables) == 1:
        return select(first.c.incident_id).where(first.c.id == number)
    parent = tables[1]
    return select(parent.c.incident_id).join(first, first.c[f"{parent.name}_id"] == parent.c.id).where(first.c.id == number)


def is_restricted(connection: Connection, incident_id: int) -> bool:
    query = select(schema.incident.c.restricted).where(schema.incident.c.id == incident_id)
    return bool(connection.execute(query).scalar_one_or_none())


def hidden_incidents(connection: Connection, person_id: int | None) -> frozenset[int]:
    """Restricted incidents in which this person does not take part."""
    mine = select(schema.membership.c.incident_id).where(schema.membership.c.person_id == person_id)
    query = select(schema.incident.c.id).where(schema.incident.c.restricted, schema.incident.c.id.not_in(mine))
    return frozenset(connection.execute(query).scalars())
