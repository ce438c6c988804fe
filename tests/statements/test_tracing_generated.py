"""Whatever is drafted passes; whatever figure, hour, day or place of it is changed is caught."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statements.basis import Basis, Said
from statements.records import Sentence
from statements.tracing import Clock, Code, Count, Day, Place, Truth, mentions, truth, untraced
from storage import content
from tests.statements.drafting import drafted
from tests.statements.test_draft_generated import intakes
from tests.statements.tracing_cases import basis_of

KINDS = sorted(content.statement_kit().templates)
ODD = "731"  # a figure that no fragment of the tests holds


def sentences_of(raw: dict[str, Any], lang: str, slug: str) -> list[Sentence]:
    made, _ = drafted(raw, lang, slug=slug)
    return [Sentence(0, one.slot, lang, n, one.text, one.principle) for n, one in enumerate(made.sentences)]


def marked(sentences: list[Sentence], known: Truth) -> list[tuple[str, str]]:
    return [(one.text, found.text) for one in sentences for found in untraced(one.text, one.language, known)]


def wrong(one: Any, lang: str, known: Truth) -> str | None:
    """The mention with another figure, hour, day or name; None where it cannot be put otherwise."""
    if isinstance(one, Count) and one.number is not None and re.search(r"\d", one.text):
        return re.sub(r"\d[\d,.]*", ODD, one.text, count=1)
    if isinstance(one, Clock) and one.minute is not None and re.search(r"\d:\d\d", one.text):
        return re.sub(r"\d\d?:\d\d", another_hour(one, known), one.text, count=1)
    if isinstance(one, Day) and one.day and re.search(r"\d", one.text):
        return re.sub(r"(?<!\d)\d{1,2}(?=日)|(?<!\d)\d{1,2}(?= )", str((one.day + 13) % 28 + 1), one.text, count=1)
    if isinstance(one, Code) and "@" not in one.text:
        return re.sub(r"\d", lambda digit: str((int(digit[0]) + 5) % 10), one.text)
    return f"云岫{one.text[2:]}" if isinstance(one, Place) and lang == "zh" else None


def another_hour(one: Clock, known: Truth) -> str:
    taken = {(at.hour, at.minute or 0) for at in known.moments}
    hours = (((one.hours[0] + step) % 24, ((one.minute or 0) + 31 * step) % 60) for step in range(5, 23))
    return next(f"{hour:02d}:{minute:02d}" for hour, minute in hours if (hour, minute) not in taken)


def spoiled(sentences: list[Sentence], known: Truth) -> list[tuple[Sentence, str]]:
    """Every sentence with one of its mentions wrong, and the wrong words."""
    made = []
    for one in sentences:
        for found in mentions(one.text, one.language):
            words = wrong(found, one.language, known)
            if words and words != found.text:
                made.append((replace(one, text=one.text[: found.start] + words + one.text[found.end :]), words))
    return made


def caught(one: Sentence, known: Truth) -> bool:
    return bool(untraced(one.text, one.language, known))


@pytest.mark.parametrize("slug", KINDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_of_text_traces_to_its_example(slug, lang):
    raw = content.statement_kit().templates[slug].example[lang]
    earlier = tuple(Said("1", "1", lang, text) for text in (str(raw.get("corrects") or ""),) if text)
    known = truth(basis_of({**raw, "confirmed": [*raw["confirmed"], str(raw.get("corrected") or "")]}, earlier=earlier))
    assert marked(sentences_of(raw, lang, slug), known) == []


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(intakes(), st.sampled_from(KINDS))
def test_no_drafted_text_is_stopped_and_no_wrong_figure_passes(case, slug):
    holds(case, slug)


@pytest.mark.long
@settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(intakes(), st.sampled_from(KINDS))
def test_thousands_of_drafted_texts_hold_the_same(case, slug):
    holds(case, slug)


def holds(case: tuple[str, dict[str, Any], set[str]], slug: str) -> None:
    lang, raw, _ = case
    known = truth(basis_of(raw))
    sentences = sentences_of(raw, lang, slug)
    assert marked(sentences, known) == []
    missed = [(one.text, words) for one, words in spoiled(sentences, known) if not caught(one, known)]
    assert missed == []


def test_the_wordings_of_ours_hold_nothing_that_needs_a_source():
    """A number or a named place in a template would be said of every incident."""
    known = truth(Basis())
    kit = content.statement_kit()
    texts = [(lang, line) for lang in ("zh", "en") for template in kit.templates.values() for line in template.sources[lang].splitlines()]
    texts += [(row, text) for row in ("zh", "en") for advice in kit.tables["advice"] for text in [advice.get(row) or ""]]
    bare = [(lang, re.sub(r"\{[{%][^}]*[}%]\}|^@\S+ \w+:", "", text)) for lang, text in texts]
    assert [(text, found.text) for lang, text in bare for found in untraced(text, lang, known)] == []
