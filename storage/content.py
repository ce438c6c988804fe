"""Reads what ships with the desk: WORDS from templates/, FACTS from data/. Values come out; nothing is decided here."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from errors import DeskError
from words import LANGUAGES, Words

if TYPE_CHECKING:
    from statements.guard import Guard

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
