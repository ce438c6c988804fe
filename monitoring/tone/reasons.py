"""The evidence that weighed most, as keys and the words that decided."""

from collections.abc import Mapping, Sequence

from monitoring.tone import words
from monitoring.tone.grammar import Mark, Sign
from monitoring.tone.model import Reason, ToneModel

MOST = 6
_LEAST = 0.05
_CONTEXT = {"neutral.notice", "neutral.unresolved", "neutral.frame", "op.rumour", "op.confirm", "op.deny", "op.other", "op.aloof",
            "op.authority", "op.sarcasm", "op.accuse"}  # fmt: skip


def explain(
    evidence: Mapping[str, float], signs: Sequence[Sign], marks: Sequence[Mark], text: str,
    cut: Sequence[str], linear: Sequence[float], model: ToneModel,
) -> tuple[Reason, ...]:  # fmt: skip
    """Up to MOST reasons, the heaviest first."""
    reasons = [
        *_from_signs(evidence, signs, text, model),
        *_from_context(marks, text, model),
        *_from_pairs(evidence, model),
    ]
    news = sum(_lean(model, f"news.{tone}") * evidence[f"news.{tone}"] for tone in ("negative", "neutral", "positive"))
    if abs(news) > _LEAST:
        reasons.append(Reason("words", tuple(word for word, _ in words.telling(cut, model.words)), news))
    if abs(linear[2] - linear[0]) > _LEAST:
        reasons.append(Reason("grams", (), linear[2] - linear[0]))
    snow = _lean(model, "snow") * evidence["snow"]
    if abs(snow) > _LEAST:
        reasons.append(Reason("snow", (), snow))
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.weight))[:MOST])


def _lean(model: ToneModel, name: str) -> float:
    weights = model.features.get(name)
    return weights[2] - weights[0] if weights else 0.0


def _from_signs(evidence: Mapping[str, float], signs: Sequence[Sign], text: str, model: ToneModel) -> list[Reason]:
    gathered: dict[str, tuple[dict[str, None], float]] = {}
    for sign in signs:
        family = sign.kind.split(".")[0]
        key = f"{family}.{sign.state}"
        seen, weight = gathered.get(key, ({}, 0.0))
        weight += _lean(model, f"{sign.kind}.{sign.state}") + _lean(model, f"{'TS'[sign.mark.part]}:{key}")
        gathered[key] = (seen | {text[sign.mark.start : sign.mark.end]: None}, weight)
    return [Reason(key, tuple(seen), weight) for key, (seen, weight) in gathered.items()]


def _from_context(marks: Sequence[Mark], text: str, model: ToneModel) -> list[Reason]:
    gathered: dict[str, dict[str, None]] = {}
    for mark in marks:
        for kind in mark.kinds:
            if kind in _CONTEXT:
                gathered.setdefault(kind, {})[text[mark.start : mark.end]] = None
    weighed = ((kind, seen, _lean(model, f"T:{kind}") + _lean(model, f"S:{kind}")) for kind, seen in gathered.items())
    return [Reason(kind, tuple(seen), weight) for kind, seen, weight in weighed if abs(weight) > _LEAST]


def _from_pairs(evidence: Mapping[str, float], model: ToneModel) -> list[Reason]:
    named = ((name, _lean(model, name) * amount) for name, amount in evidence.items() if name.startswith("pair."))
    return [Reason(name, (), weight) for name, weight in named if abs(weight) > _LEAST]
