"""Makes the tone model from its plain tables, as read from data/tone."""

from collections.abc import Mapping, Sequence
from json import loads
from typing import Any

from monitoring.tone import grams, lexicon, text
from monitoring.tone.model import ToneModel

Triple = tuple[float, float, float]
_FAMILIES = {"hazards": "hazard", "reliefs": "relief", "neutral": "neutral", "operators": "op", "numbers": "num"}


def build_tone_model(
    lexicons: Mapping[str, Mapping[str, Any]],
    simplified: Mapping[str, str],
    about: Mapping[str, Any],
    gram_lines: Sequence[str],
    word_lines: Sequence[str],
) -> ToneModel:
    """`lexicons` is {file: {kind: {words, gravity}}}, `simplified` {traditional: simplified}, `about` the weights with
    their version, the lines are "term TAB negative TAB neutral TAB positive" in thousandths."""
    chinese = {
        f"{_FAMILIES[file]}.{kind}": terms for file, kinds in lexicons.items() if file in _FAMILIES for kind, terms in kinds.items()
    }
    return ToneModel(
        lexicon=lexicon.build(chinese),
        english=lexicon.build(lexicons["english"]),
        features={name: _triple(weights) for name, weights in about.get("features", {}).items()},
        bias=_triple(about.get("bias", (0.0, 0.0, 0.0))),
        grams=grams.table(dict(map(_row, gram_lines))),
        words=dict(map(_row, word_lines)),
        spelling=text.spelling(simplified),
        certain_at=_triple(about.get("certain_at", (1.0, 1.0, 1.0))),
        version=str(about.get("version", "untrained")),
        figures=about.get("figures", {}),
    )


def _row(line: str) -> tuple[str, Triple]:
    """A term (written as in JSON, so that a tab or a line end can be one) with its weights."""
    term, *weights = line.split("\t")
    term = loads(f'"{term}"') if "\\" in term else term
    return term, _triple([int(weight) / 1000 for weight in weights])


def _triple(numbers: Sequence[float]) -> Triple:
    negative, neutral, positive = numbers
    return float(negative), float(neutral), float(positive)
