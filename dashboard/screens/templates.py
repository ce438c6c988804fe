"""Templates: how is each kind of text written? As it stands, what it says of an example or this incident, its versions."""

from collections.abc import Mapping

import streamlit as st

from dashboard import session
from dashboard.components import show
from dashboard.components.kinds import kind_name, kinds
from dashboard.components.show import h, html
from dashboard.components.template_preview import previewed, problem_lines, problems_of, slot_help
from dashboard.components.template_versions import versions_of
from statements.editing import Problem
from statements.records import LANGUAGES
from storage import content, content_versions
from storage.content_versions import TemplateVersion
from workflows.preview_template import preview_template
from workflows.save_template import save_template

HEIGHT = 460
LONGEST = 20_000


def page() -> None:
    w = session.words()
    show.title("templates.title", "templates.question")
    if session.incident() is None:
        st.page_link("screens/incidents.py", label=w("page.incidents"))
    with session.reading() as connection:
        used = content_versions.in_use(connection)
    slug = st.selectbox(
        w("templates.kind"), kinds(), key="template_slug",
        format_func=lambda kind: kind_name(kind) + (w("templates.edited") if kind in used else ""),
    )  # fmt: skip
    with session.reading() as connection:
        known = content_versions.versions(connection, slug)
    _state(known, used.get(slug))
    sources = _editor(slug, known)
    found = problems_of(slug, *(sources[name] for name in LANGUAGES)) if all(sources.values()) else ()
    _save(slug, sources, known, found)
    _preview(slug, sources)
    versions_of(slug, known, used.get(slug))


def _state(known: tuple[TemplateVersion, ...], used: TemplateVersion | None) -> None:
    """Which text is used now, in one line."""
    w = session.words()
    said = w("templates.used", number=used.number) if used else w("templates.used.shipped")
    if known and known[0].state == "draft":
        said += w("templates.draft.above", number=known[0].number)
    html(f"<p class='cd-quiet'>{h(said)}</p>")


def _editor(slug: str, known: tuple[TemplateVersion, ...]) -> dict[str, str]:
    """What is written in both fields. A new version gives new fields, so that they show what was saved."""
    w = session.words()
    stands = known[0].sources if known else content.statement_kit().templates[slug].sources
    number = known[0].number if known else 0
    slot_help(slug)
    sources = {}
    for column, name in zip(st.columns(2, gap="medium"), LANGUAGES, strict=True):
        with column:
            sources[name] = st.text_area(
                w(f"statement.view.{name}"), value=stands[name], key=f"template:{slug}:{number}:{name}", height=HEIGHT,
                max_chars=LONGEST,
            )  # fmt: skip
    return sources


def _save(slug: str, sources: Mapping[str, str], known: tuple[TemplateVersion, ...], found: tuple[Problem, ...]) -> None:
    w = session.words()
    if found:
        html(f"<p class='cd-act'>{h(w('templates.refused'))}</p><ul class='cd-list'>{problem_lines(found)}</ul>")
    label = w("templates.save.draft" if found else "templates.save")
    seen = known[0].number if known else 0
    st.button(
        label, type="secondary" if found else "primary", key="template_save", on_click=_saved, args=(slug, dict(sources), seen)
    )


def _saved(slug: str, sources: dict[str, str], seen: int) -> None:
    made = session.do(
        save_template, slug, sources, seen=seen, shipped=content.statement_kit(), check=session.checker(), actor=session.my_name()
    )
    if made:
        st.session_state["done"] = f"templates.saved.{made.state}"


def _preview(slug: str, sources: Mapping[str, str]) -> None:
    w = session.words()
    at = session.incident()
    html(f"<h2 class='cd-h2' style='margin-top:1.2rem'>{h(w('templates.preview'))}</h2>")
    of = "example"
    if at is not None:
        of = st.segmented_control(
            w("templates.preview"), ("example", "incident"), default="example", key="template_of", label_visibility="collapsed",
            format_func=lambda name: w(f"templates.preview.{name}"), required=True,
        )  # fmt: skip
    with session.reading() as connection:
        made = preview_template(
            connection, slug, sources, kit=content.statement_kit(), incident_id=at.id if at and of == "incident" else None,
            now=session.now(),
        )  # fmt: skip
    for column, name in zip(st.columns(2, gap="medium"), LANGUAGES, strict=True):
        with column:
            previewed(made[name], slug)


page()
