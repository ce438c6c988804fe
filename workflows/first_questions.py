"""What people have asked us in contacts opens the sheet of agreed lines. A read: nothing is stored."""

from statements.questions import Asked
from storage import audiences
from storage.database import Connection

MOST = 12  # before those about one matter are put together


def first_questions(connection: Connection, incident_id: int, language: str) -> tuple[Asked, ...]:
    """What was said in contacts, by whom, as `language` names them: of the most harmed first, then the newest."""
    rank = {one.id: one for one in audiences.of_incident(connection, incident_id)}
    heard = [one for one in audiences.asked(connection, incident_id) if one["audience_id"] in rank]
    heard.sort(key=lambda one: rank[one["audience_id"]].position)
    return tuple(
        Asked(str(one["id"]), rank[one["audience_id"]].name(language), " ".join(str(one["question"]).split())[:90])
        for one in heard[:MOST]
    )
