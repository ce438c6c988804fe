"""Long deeds as a person sees them: how far they are, a way to stop and to go on; they run whether anybody looks or not."""

import streamlit as st

from dashboard import session
from dashboard.components.show import h, html
from errors import DeskError
from storage import jobs
from storage.jobs import Job
from workflows.turn_job import turn_job

KINDS = ("rescore", "retrain", "take_in")


def progress(incident_id: int) -> None:
    """The jobs that last, of this incident and of the whole office; nothing where there are none."""
    with session.reading() as connection:
        found = [one for one in jobs.latest(connection, *KINDS) if _mine(one, incident_id)]
    lasting = [one for one in found if one.lasting or one.state in ("stopped", "failed")][:3]
    st.session_state.setdefault("jobs_seen", set()).update(one.id for one in lasting if one.lasting)
    _live(incident_id) if any(one.lasting for one in lasting) else _tell(found)


@st.fragment(run_every=2)
def _live(incident_id: int) -> None:
    with session.reading() as connection:
        found = [one for one in jobs.latest(connection, *KINDS) if _mine(one, incident_id)]
    if not any(one.lasting for one in found):
        st.rerun()  # the whole page: what they have changed is to be seen
    _tell(found)


def _tell(found: list[Job]) -> None:
    for one in found[:6]:
        if one.lasting or one.state in ("stopped", "failed"):
            _row(one)
        elif one.id in st.session_state.get("jobs_seen", ()):
            html(f"<p class='cd-saved' style='margin:0' role='status'>✓ {h(_said(one, 'done'))}</p>")


def _mine(one: Job, incident_id: int) -> bool:
    asked = one.payload.get("incidents", one.payload.get("incident"))
    return asked is None or asked == incident_id or (isinstance(asked, list) and incident_id in asked)


def _row(one: Job) -> None:
    w = session.words()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if one.lasting:
            st.progress(one.share, text=_said(one, one.state))
            if one.kind == "rescore":
                st.button(w("jobs.stop"), key=f"job_stop_{one.id}", on_click=_turned, args=(one.id, "stopped"))
        else:
            html(f"<div class='cd-quote'>{h(_said(one, one.state))}</div>")
            st.button(w("jobs.resume"), key=f"job_on_{one.id}", on_click=_turned, args=(one.id, "waiting"))


def _said(one: Job, state: str) -> str:
    w = session.words()
    name = w(f"jobs.{one.kind}")
    if state == "failed":
        return w("jobs.failed", name=name, why=w.error(DeskError(one.problem_key or "unknown", **(one.problem_facts or {}))))
    return w(f"jobs.{state}", name=name, done=f"{one.done:,}", total=f"{one.total or 0:,}")


def _turned(job_id: int, state: str) -> None:
    session.do(turn_job, job_id, state)
