"""Two processes on one database: neither sees what the other has not finished."""

import subprocess
import sys

import pytest

from storage import events, facts
from storage.database import make_engine, reading
from tests.conftest import ROOT

OTHER = """
import sys
from datetime import datetime
from accounts.models import DESK, act_as
from storage.database import make_engine, writing
from workflows.add_fact import add_fact
from workflows.record_note import record_note
act_as(DESK)
now, incident_id = datetime.fromisoformat(sys.argv[2]), int(sys.argv[3])
try:
    with writing(make_engine(sys.argv[1])) as connection:
        add_fact(connection, incident_id, slot="detail", kind="text", value="已断气", now=now, actor="贺工")
        record_note(connection, incident_id, "写到一半", now=now, actor="贺工")
        print("half done", flush=True)
        if sys.stdin.readline().strip() == "give up":
            raise KeyboardInterrupt
except KeyboardInterrupt:
    pass
print("over", flush=True)
"""


@pytest.fixture
def other(database_url, incident_id, now):
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER, database_url, now.isoformat(), str(incident_id)], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout.readline() == "half done\n"
    yield process
    process.kill()
    process.wait(30)


def seen(database_url, incident_id):
    engine = make_engine(database_url)
    with reading(engine) as connection:
        told = [str(one.facts.get("text") or one.deed) for one in events.of_incident(connection, incident_id)]
        found = [fact.value for fact in facts.of_incident(connection, incident_id)]
    engine.dispose()
    return told, found


@pytest.mark.parametrize(("ending", "comes"), [("go on", True), pytest.param("give up", False, marks=pytest.mark.long)])
def test_what_is_half_done_is_seen_by_nobody_and_then_whole_or_not_at_all(other, database_url, incident_id, ending, comes):
    before = seen(database_url, incident_id)
    assert "写到一半" not in before[0]
    assert before[1] == []
    other.stdin.write(f"{ending}\n")
    other.stdin.flush()
    assert other.stdout.readline() == "over\n"
    told, found = seen(database_url, incident_id)
    assert ("写到一半" in told, "已断气" in found) == (comes, comes)
