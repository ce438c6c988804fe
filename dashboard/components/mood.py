"""The direction of tone in one line and one small curve: is it turning?"""

from dashboard import session
from dashboard.components.show import h, html
from incidents.models import Incident


def mood(at: Incident) -> None:
    w = session.words()
    html(f"<div class='cd-card'><h2>{h(w('page.monitor'))}</h2></div>")
