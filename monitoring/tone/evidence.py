"""Turns what the grammar found into named evidence, one number each. All of it is additive."""

from collections.abc import Iterable, Sequence

from monitoring.tone.grammar import Mark, Sign

_FLAGS = ("neutral.notice", "neutral.unresolved", "neutral.frame", "op.rumour", "op.confirm", "op.deny", "op.other",
          "op.aloof", "op.unrelated", "op.accuse", "op.authority", "op.sarcasm", "op.contrast", "op.begin", "op.end", "op.prevent",
          "op.negate", "op.refuse", "num.flat", "num.up", "num.down")  # fmt: skip
_AGAINST = {"plain", "risen", "quoted", "rumour", "refused", "bad"}
_BETTER = {"negated", "refuted", "ended", "prevented", "reduced", "good"}


def features(marks: Sequence[Mark], signs: Sequence[Sign], text: str) -> dict[str, float]:
    """{name: amount} of every piece of grammatical evidence. Names are keys of ToneModel.features."""
    found: dict[str, float] = {}
    for sign in signs:
        for name in _names(sign):
            found[name] = found.get(name, 0.0) + 1.0
    for name in found:
        found[name] = min(found[name], 4.0) ** 0.5
    for mark in marks:
        for kind in mark.kinds:
            if kind in _FLAGS:
                found[f"{'TS'[mark.part]}:{kind}"] = 1.0
    return found | _shape(signs, text) | _combined(found, marks, signs, text)


def _names(sign: Sign) -> Iterable[str]:
    part, family = "TS"[sign.mark.part], sign.kind.split(".")[0]
    yield f"{sign.kind}.{sign.state}"
    yield f"{part}:{family}.{sign.state}"
    yield f"{part}:{sign.kind}"
    yield f"{family}.{sign.state}"


def leaning(sign: Sign) -> int:
    """-1 where the sign speaks against the firm, 1 where it speaks for it, 0 where it does neither."""
    if sign.kind.startswith("relief."):
        return -1 if sign.state == "negated" else 1 if sign.state == "plain" else 0
    return 1 if sign.state in _BETTER else -1 if sign.state in _AGAINST else 0


def _shape(signs: Sequence[Sign], text: str) -> dict[str, float]:
    title = [leaning(s) for s in signs if not s.mark.part]
    lead = [leaning(s) for s in signs if s.mark.part]
    both = title + lead
    shape = {"net.title": _squash(sum(title)), "net.lead": _squash(sum(lead)), "net": _squash(sum(both))}
    last = next((x for x in reversed(both) if x), 0)
    shape["last"] = float(last)
    shape["empty"] = float(not any(both))
    shape["only_bad"] = float(any(x < 0 for x in both) and not any(x > 0 for x in both))
    shape["only_good"] = float(any(x > 0 for x in both) and not any(x < 0 for x in both))
    shape["mixed"] = float(any(x > 0 for x in both) and any(x < 0 for x in both))
    shape["question"] = float("？" in text or "?" in text)
    shape["exclaim"] = float("！" in text or "!" in text)
    return shape


def _squash(x: float) -> float:
    return x / (1.0 + 0.5 * abs(x))


def _combined(found: dict[str, float], marks: Sequence[Mark], signs: Sequence[Sign], text: str) -> dict[str, float]:
    """Pairs that mean more together than apart."""
    kinds = {kind for mark in marks for kind in mark.kinds}
    bad = any(leaning(s) < 0 for s in signs)
    good = any(leaning(s) > 0 for s in signs)
    pairs = {
        "mockery": "op.sarcasm" in kinds and good and bad,
        "mockery.quoted": any(s.kind.startswith("relief.") and s.state == "quoted" for s in signs),
        "mockery.cue": "op.sarcasm" in kinds,
        "cleared": "op.authority" in kinds and good and not bad,
        "accused": "op.authority" in kinds and bad and not good,
        "official": "op.authority" in kinds and not bad and not good,
        "notice.only": "neutral.notice" in kinds and not bad and not good,
        "notice.bad": "neutral.notice" in kinds and bad,
        "notice.good": "neutral.notice" in kinds and good,
        "other.aloof": "op.other" in kinds and "op.aloof" in kinds,
        "other.bad": "op.other" in kinds and bad,
        "aloof.bad": "op.aloof" in kinds and bad,
        "other.harm": any(s.state == "other" and s.kind.startswith("hazard.") for s in signs),
        "other.alone": "op.other" in kinds and "op.aloof" not in kinds and bad,
        "unrelated.bad": "op.unrelated" in kinds and bad,
        "unresolved.calm": "neutral.unresolved" in kinds and not bad and not good,
        "unresolved.good": "neutral.unresolved" in kinds and good and not bad,
        "rumour.refuted": any(s.kind == "relief.refuted" for s in signs)
        and ("op.rumour" in kinds or "hazard.refuted" in found),
        "rumour.confirmed": "op.confirm" in kinds and "op.rumour" in kinds,
        "rumour.open": "op.rumour" in kinds and "op.confirm" not in kinds and "relief.refuted" not in kinds,
        "unresolved.bad": "neutral.unresolved" in kinds and bad,
        "framed": "neutral.frame" in kinds and "hazard.framed" in found,
        "accuse.bad": "op.accuse" in kinds and bad,
        "contrast.turn": "op.contrast" in kinds and bad and good,
    }
    return {f"pair.{name}": 1.0 for name, holds in pairs.items() if holds}
