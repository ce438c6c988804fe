"""What a template says: the text, what the guard objects to, the four principles, what is still to be filled, what is broken."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import streamlit as st

from dashboard import session
from dashboard.components.show import h, html
from dashboard.components.text import marked
from statements.editing import Preview, Problem, problems, slots
from statements.gates import HOLE
from statements.records import LANGUAGES
from storage import content

PRINCIPLES = ("candid", "fast", "proactive", "comprehensive")


@lru_cache(maxsize=64)
def problems_of(slug: str, *texts: str) -> tuple[Problem, ...]:
    """What keeps a template with these texts, one a language, from being used. The same texts are looked at once a process:
    a screen's own functions are made anew at every run, and so would be what they remember."""
    return problems(content.statement_kit(), slug, dict(zip(LANGUAGES, texts, strict=True)), session.checker())


def previewed(made: Preview, slug: str) -> None:
    w = session.words()
    html(f"<h3 class='cd-h2'>{h(w(f'statement.view.{made.language}'))}</h3>")
    if made.problem:
        html(f"<ul class='cd-list'>{problem_lines([made.problem])}</ul>")
        return
    verdict = session.checker()(made.text, made.language)
    html(f"<div class='cd-card'><div class='cd-text'>{marked(made.text, list(verdict.findings), 0)}</div></div>")
    html(f"<ul class='cd-list'>{''.join(_finding(made.text, one) for one in verdict.findings)}</ul>")
    html(f"<ul class='cd-list'>{''.join(_principle(verdict, name) for name in PRINCIPLES)}{_measures(made, slug)}</ul>")


def _finding(text: str, found: Any) -> str:
    w = session.words()
    name = "cd-act" if found.severity == "block" else "cd-tone-negative"
    said = text[found.start : found.end]
    return (
        f"<li><span class='{name}'>{h(w(f'severity.{found.severity}'))} · {h(w(f'label.{found.label}'))}</span> "
        f"{h(said)} <span class='cd-quiet'>{h(found.why)}</span></li>"
    )


def _principle(verdict: Any, name: str) -> str:
    w = session.words()
    found = getattr(verdict.principles, name)
    mark = "<span class='cd-fact-confirmed'>✓</span>" if found.ok else "<span class='cd-quiet'>○</span>"
    return f"<li>{mark} <b>{h(w(f'principle.{name}'))}</b> <span class='cd-quiet'>{h(found.why)}</span></li>"


def _measures(made: Preview, slug: str) -> str:
    """How long it is beside what this kind of text is meant to be, and what is still to be filled in."""
    w = session.words()
    least, most = content.statement_kit().templates[slug].about["length"][made.language]
    size = len(made.text) if made.language == "zh" else len(made.text.split())
    mark = "<span class='cd-fact-confirmed'>✓</span>" if least <= size <= most else "<span class='cd-quiet'>○</span>"
    holes = HOLE.findall(made.text)
    filled = f"<span class='cd-quiet'>○</span> {h(w('templates.holes', count=len(holes), what=holes[0]))}" if holes else (
        f"<span class='cd-fact-confirmed'>✓</span> {h(w('templates.holes.none'))}"
    )
    unit = w(f"templates.unit.{made.language}")
    return f"<li>{mark} {h(w('templates.length', size=size, least=least, most=most, unit=unit))}</li><li>{filled}</li>"


def problem_lines(found: Iterable[Problem]) -> str:
    """Each problem as a sentence that says where it is and what to do."""
    return "".join(f"<li>{h(_sentence(one))}</li>" for one in found)


def _sentence(one: Problem) -> str:
    w = session.words()
    where = w(f"statement.view.{one.language}")
    where = w("templates.at", language=where, line=one.line) if one.line else w("templates.in", language=where)
    what = w(f"label.{one.what}") if one.kind == "blocked" else one.what
    return where + w(f"templates.problem.{one.kind}", what=what, said=one.said)


def slot_help(slug: str) -> None:
    """What may stand in a template, in plain words."""
    w = session.words()
    names = slots(content.statement_kit(), slug, session.language())
    with st.expander(w("templates.help")):
        lines = "".join(f"<li>{h(line)}</li>" for line in w("templates.help.how").split("|"))
        rows = "".join(f"<li><code>{{{{ {h(name)} }}}}</code> {h(_meaning(name))}</li>" for name in names)
        html(f"<ul class='cd-list'>{lines}</ul><h3 class='cd-h2'>{h(w('templates.help.slots'))}</h3>")
        html(f"<ul class='cd-list'>{rows}</ul>")


def _meaning(name: str) -> str:
    w = session.words()
    key = f"templates.slot.{name}"
    return w(key) if w.has(key) else ""
