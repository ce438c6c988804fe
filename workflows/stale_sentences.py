"""Which sentences rest on facts that have changed since: a read."""

from statements.staleness import Name, changed_facts
from storage import facts, statements
from storage.database import Connection


def stale_sentences(connection: Connection, statement_id: int) -> dict[Name, tuple[int, ...]]:
    """(language, sid) of each sentence of the newest version whose facts say something else now, with those facts: a read."""
    stands = statements.get(connection, statement_id)
    mine = statements.sentences(connection, statements.latest(connection, statement_id).id)
    uses = facts.uses(connection, "sentence", [one.id for one in mine])
    return changed_facts(uses, facts.of_incident(connection, stands.incident_id), mine)
