"""Earlier versions of a template, what changed in each, and the way back."""

from collections.abc import Mapping
from difflib import unified_diff

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.show import h, html
from statements.records import LANGUAGES
from storage import content
from storage.content_versions import TemplateVersion
from workflows.restore_template import SHIPPED, restore_template


def versions_of(slug: str, known: tuple[TemplateVersion, ...], used: TemplateVersion | None) -> None:
    w = session.words()
    shipped = content.statement_kit().templates[slug].sources
    with st.expander(w("templates.versions", count=len(known))):
        if not known:
            html(f"<p class='cd-quiet'>{h(w('templates.versions.none'))}</p>")
        earlier = [*(version.sources for version in known[1:]), shipped]
        for one, before in zip(known, earlier, strict=False):
            _version(slug, one, before, used, known[0].number)
        if used is not None or (known and known[0].state == "draft"):
            st.button(
                w("templates.shipped"), key="template_shipped", on_click=_restored, args=(slug, SHIPPED, known[0].number)
            )


def _version(slug: str, one: TemplateVersion, before: Mapping[str, str], used: TemplateVersion | None, newest: int) -> None:
    w = session.words()
    with st.container(key=f"cd_row_template_{one.number}"):
        hour = show.moment(one.saved_at, session.desk().settings.zone)
        state = "used" if used and used.number == one.number else one.state
        facts = {"number": one.number, "name": one.saved_by or "", "at": hour, "state": w(f"templates.state.{state}")}
        html(f"<p>{h(w('templates.version', **facts))}</p>")
        changed = "".join(_changed(w(f"statement.view.{name}"), before[name], one.sources[name]) for name in LANGUAGES)
        html(f"<div class='cd-quote'>{changed or h(w('templates.same'))}</div>")
        if state != "used" and one.state != "draft":
            st.button(
                w("templates.restore", number=one.number), key=f"template_restore_{one.number}", on_click=_restored,
                args=(slug, one.number, newest),
            )  # fmt: skip


def _changed(language: str, before: str, after: str) -> str:
    """Lines taken out and put in since the version before."""
    lines = list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))[2:]
    told = "".join(f"<div><code>{h(line)}</code></div>" for line in lines if not line.startswith("@@"))
    return f"<p><b>{h(language)}</b></p>{told}" if told else ""


def _restored(slug: str, number: int, seen: int) -> None:
    made = session.do(
        restore_template, slug, number, seen=seen, shipped=content.statement_kit(), check=session.checker(), actor=session.my_name()
    )
    if made:
        st.session_state["done"] = f"templates.saved.{made.state}"
