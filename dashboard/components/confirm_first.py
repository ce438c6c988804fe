"""Before the first draft: what is not confirmed yet would not be in it; one press confirms what is shown, by name."""

from collections.abc import Callable

import streamlit as st

from dashboard import session
from dashboard.components import facts as shown
from dashboard.components import show
from dashboard.components.show import h, html
from dashboard.tools import with_stock
from incidents.models import Incident
from storage import facts
from workflows.confirm_reported import CASUALTIES, confirm_reported


def confirm_first(at: Incident, draft: Callable[[Incident, str], None]) -> None:
    """The facts that wait, and the way on: confirm exactly these and draft, or draft without them."""
    w = session.words()
    with session.reading() as connection:
        waiting = [
            one for one in facts.of_incident(connection, at.id)
            if one.status == "reported" and one.value is not None and one.public
        ]  # fmt: skip
    if not waiting:
        st.button(w("statement.draft"), type="primary", on_click=draft, args=(at, "holding"))
        return
    with st.container(border=True):
        html(f"<h2 class='cd-h2'>{h(w('confirm.waiting', count=len(waiting)))}</h2>")
        html(f"<ul class='cd-list'>{''.join(shown.line(one, at) for one in waiting)}</ul>")
        if session.me() is None:
            html(f"<p class='cd-quiet'>{h(w('confirm.who'))}</p>")
        if any(one.slot in CASUALTIES and one.value for one in waiting):
            st.text_input(w("confirm.casualties"), key="confirm_casualties", help=w("confirm.casualties.help"))
        seen = {one.id: one.version for one in waiting}
        st.button(
            w("confirm.all", count=len(waiting)), key="confirm_all", type="primary", on_click=_confirm, args=(at, seen, draft)
        )
        st.button(w("statement.draft"), help=w("confirm.only_draft"), on_click=draft, args=(at, "holding"))
        error = session.notice("confirm")
        if error is not None:
            show.problem(error)


def _confirm(at: Incident, seen: dict[int, int], draft: Callable[[Incident, str], None]) -> None:
    done = session.do(
        with_stock(confirm_reported, at.id), at.id, seen=seen, actor=session.my_name(), field="confirm",
        casualty_source=st.session_state.get("confirm_casualties"),
    )  # fmt: skip
    if done is not None:
        draft(at, "holding")
