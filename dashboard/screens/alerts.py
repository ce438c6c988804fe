"""Alerts 预警: what needs somebody now? Those that wait, then the rules, who is told, and what was sent."""

import streamlit as st

from dashboard import session
from dashboard.components import alert_record, alert_rules, alert_targets, alerts, show

PARTS = ("rules", "targets", "record")


def page() -> None:
    at = session.incident()
    if at is None:
        st.switch_page("screens/incidents.py")
    w = session.words()
    alerts.style()
    show.title("alerts.title", "alerts.question")
    alerts.waiting(at)
    st.segmented_control(
        w("alerts.part"), PARTS, key="alerts_part", default="rules", format_func=lambda one: w(f"alerts.part.{one}"),
        label_visibility="collapsed", required=True,
    )  # fmt: skip
    chosen = st.session_state.alerts_part
    if chosen == "rules":
        alert_rules.rules(at)
    elif chosen == "targets":
        alert_targets.listed(at)
        alert_targets.add()
        alert_rules.policy(at)
    else:
        alert_record.record(at)


page()
