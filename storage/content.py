"""Reads what ships with the desk: WORDS from templates/, FACTS from data/. Values come out; nothing is decided here."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from errors import DeskError
from words import LANGUAGES, Words

if TYPE_CHECKING:
    from incidents.types.lexicon import Lexicon
    from incidents.types.model import TypeModel
    from incidents.types.posture import TypeGuide
    from monitoring.alerts.book import AlertBook
    from monitoring.tone.model import ToneModel
    from stakeholders.catalogue import Catalogue
    from stakeholders.guidance import Card
    from statements.guard import Guard
    from statements.models import StatementKit
    from statements.questions import Topic
    from statements.rules import ClearingRules

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
DATA = ROOT / "data"

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """The value in a YAML file. Raises DeskError("content.broken") naming the file where it is no YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 a safe loader either way
    except (OSError, yaml.YAMLError) as cause:
        raise DeskError("content.broken", file=path.name) from cause


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, in order; blank lines are skipped."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


@cache
def words(language: str) -> Words:
    """The interface in one language; an unknown language is answered in Chinese."""
    folder = TEMPLATES / "ui" / (language if language in LANGUAGES else LANGUAGES[0])
    sentences: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        sentences |= read_yaml(path) or {}
    return Words(folder.name, sentences)


@cache
def guard() -> "Guard":
    """The liability guard, from data/guard: word classes, patterns, reasons, rewrites and its trained weights."""
    from statements.guard import build_guard  # here, so that doors which judge nothing do not load numpy

    folder = DATA / "guard"
    names = ("classes", "patterns", "variants", "words", "rewrites", "principles")
    texts = {name: read_yaml(folder / f"{name}.yaml") for name in names}
    return build_guard(texts, read_arrays(folder / "network.npz"))


def read_arrays(path: Path) -> "dict[str, Any] | None":
    """The named arrays of an .npz file, or None where there is no such file."""
    import numpy as np

    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as arrays:
        return dict(arrays)


@cache
def topics() -> "tuple[Topic, ...]":
    """What people ask, from data/qa."""
    from statements.questions import read_topics

    return read_topics(read_yaml(DATA / "qa" / "topics.yaml"))


@cache
def type_model() -> "TypeModel":
    """What the crisis types are judged with, from data/types."""
    from incidents.types.build import build_type_model

    folder = DATA / "types"
    arrays = read_arrays(folder / "model.npz")
    if arrays is None:
        raise DeskError("content.broken", file="model.npz")
    return build_type_model(type_lexicon(), read_yaml(folder / "questions.yaml"), arrays)


@cache
def type_lexicon() -> "Lexicon":
    """The wording that is evidence for a crisis type; traditional characters are read as simplified ones."""
    from zhconv.zhconv import getdict

    from incidents.types.build import build_lexicon

    folder = DATA / "types"
    simplified = {ord(old): new for old, new in getdict("zh-hans").items() if len(old) == len(new) == 1}
    return build_lexicon(read_yaml(folder / "words.yaml"), read_yaml(folder / "signals.yaml"), simplified)


@cache
def type_guide() -> "TypeGuide":
    """What each crisis type means and asks for, from data/types."""
    from incidents.types.build import build_type_guide

    folder = DATA / "types"
    return build_type_guide(*(read_yaml(folder / f"{name}.yaml") for name in ("types", "questions", "escalations")))


@cache
def tone_model() -> "ToneModel":
    """What the tone of news is judged with, from data/tone. Raises DeskError("content.broken") where a table is missing."""
    from zhconv.zhconv import getdict

    from monitoring.tone.build import build_tone_model

    folder = DATA / "tone"
    lexicons = {path.stem: read_yaml(path) for path in sorted((folder / "lexicon").glob("*.yaml"))}
    tables = {name: _lines(folder / "model" / f"{name}.tsv") for name in ("grams", "words")}
    weights = folder / "model" / "weights.json"
    about = json.loads(weights.read_text(encoding="utf-8")) if weights.exists() else {}
    return build_tone_model(lexicons, getdict("zh-hans"), about, tables["grams"], tables["words"])


def tone_corpus() -> list[dict[str, Any]]:
    """The desk's own news sentences with their tone, from data/tone/corpus."""
    return [row for path in sorted((DATA / "tone" / "corpus").glob("*.jsonl")) for row in read_jsonl(path)]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@cache
def statement_kit() -> "StatementKit":
    """All that drafting consults: templates/statements (templates, wordings) and data/drafting (what is recognised)."""
    from statements.models import StatementKit, StatementTemplate

    home = TEMPLATES / "statements"
    templates = {}
    for about in sorted(home.glob("*/about.yaml")):
        slug = about.parent.name
        sources = {lang: (about.parent / f"{lang}.md.j2").read_text(encoding="utf-8") for lang in LANGUAGES}
        described = read_yaml(about)
        example, changes = read_yaml(home / "examples" / f"{described['example']}.yaml"), described.get("changes", {})
        examples = {lang: {**example[lang], **changes.get(lang, {})} for lang in LANGUAGES}
        templates[slug] = StatementTemplate(slug, described, sources, examples)
    words_by_language = {lang: read_yaml(home / "words" / f"{lang}.yaml") for lang in LANGUAGES}
    tables = {path.stem: read_yaml(path) for path in sorted((DATA / "drafting").glob("*.yaml"))}
    return StatementKit(templates, words_by_language, {**tables, "ladders": ladders()})


def kind_name(kind: str, language: str) -> str:
    """What a kind of text is called."""
    template = statement_kit().templates.get(kind)
    return str(template.about["names"][language]) if template else kind


def kind_names() -> tuple[str, ...]:
    """What all kinds of text are called, in every language."""
    return tuple(kind_name(kind, language) for kind in statement_kit().templates for language in LANGUAGES)


@cache
def rubric() -> Any:
    """The 24 points of a statement, from data/rubric."""
    return read_yaml(DATA / "rubric" / "points.yaml")


@cache
def ladders() -> Any:
    """The admission ladder by jurisdiction (CN, HK, E&W, CA), from data/ladder."""
    return {path.stem: read_yaml(path) for path in sorted((DATA / "ladder").glob("*.yaml"))}


@cache
def catalogue() -> "Catalogue":
    """The groups an incident may touch, from data/audiences: a file a group, and the tables they share."""
    from stakeholders.build import build_catalogue

    folder = DATA / "audiences"
    tables = {path.stem: read_yaml(path) for path in sorted(folder.glob("*.yaml"))}
    groups = {path.stem: read_yaml(path) for path in sorted((folder / "groups").glob("*.yaml"))}
    return build_catalogue(tables, groups)


@cache
def guidance() -> "tuple[Card, ...]":
    """How to speak with people, by channel, from data/guidance."""
    from stakeholders.guidance import read_cards

    return read_cards(read_yaml(DATA / "guidance" / "cards.yaml"))


@cache
def sample(slug: str) -> Any:
    """A worked case of data/samples: its people, intake, facts, notes and feeds."""
    return read_yaml(DATA / "samples" / slug / "case.yaml")


def sample_feed(url: str) -> tuple[bytes, datetime]:
    """A shipped feed file by its address `sample:<slug>/<file>`, and the moment its dates are counted from.

    Raises DeskError("content.broken") where no example names such a file.
    """
    slug, _, name = url.removeprefix("sample:").partition("/")
    folder = DATA / "samples" / slug
    if not slug.isidentifier() or not folder.is_dir() or name not in {entry["file"] for entry in sample(slug)["feeds"]}:
        raise DeskError("content.broken", file=url[:80])
    return (folder / "feeds" / name).read_bytes(), datetime.fromisoformat(str(sample(slug)["reference"]))


@cache
def clearing_rules() -> "ClearingRules":
    """The rules behind what stands in a text's way, from data/rules."""
    from statements.rules import read_rules

    return read_rules(read_yaml(DATA / "rules" / "clearing.yaml"))


@cache
def company_endings() -> tuple[str, ...]:
    """What firms' names end in and the press leaves out, from data/monitoring."""
    lists = read_yaml(DATA / "monitoring" / "company_endings.yaml")
    return tuple(ending for endings in lists.values() for ending in endings)


@cache
def alert_book() -> "AlertBook":
    """When somebody has to be told and in which words, from data/alerts and templates/alerts."""
    from zhconv.zhconv import getdict

    from monitoring.alerts.book import build_book

    folder = DATA / "alerts"
    said = {language: read_yaml(TEMPLATES / "alerts" / f"{language}.yaml") for language in LANGUAGES}
    simplified = {ord(old): new for old, new in getdict("zh-hans").items() if len(old) == len(new) == 1}
    return build_book(read_yaml(folder / "rules.yaml"), read_yaml(folder / "words.yaml"), said, simplified)


@cache
def common_passwords() -> frozenset[str]:
    """Passwords that are guessed first, lower case."""
    lines = (DATA / "accounts" / "common_passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
