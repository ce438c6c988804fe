"""Whether we keep the hours we promise, counted."""

from dashboard import session
from dashboard.components.show import h, html
from incidents.models import Incident
from incidents.promises import promises
from storage import incidents


def kept(at: Incident) -> None:
    w = session.words()
    with session.reading() as connection:
        found = promises(incidents.clocks(connection, at.id), session.here_now(at))
    if not found.promised and not found.running:
        html(f"<p class='cd-quiet'>{h(w('promise.none'))}</p>")
        return
    said = w("promise.line", promised=found.promised, on_time=found.on_time, late=found.late, broken=found.broken)
    more = f" · {w('promise.running', running=found.running)}" if found.running else ""
    name = "cd-late" if found.broken else "cd-quiet"
    html(f"<p class='{name}'>{h(said + more)}</p>")
