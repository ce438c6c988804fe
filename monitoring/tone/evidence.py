"""Turns what the grammar found into named evidence, one number each. All of it is additive."""

from collections.abc import Sequence
from functools import cache

from monitoring.tone.grammar import Mark, Sign

_FLAGS = frozenset({
    "neutral.notice", "neutral.unresolved", "neutral.frame", "op.rumour", "op.confirm", "op.deny", "op.other", "op.aloof",
    "op.unrelated", "op.accuse", "op.authority", "op.sarcasm", "op.contrast", "op.begin", "op.end", "op.prevent", "op.negate",
    "op.refuse", "num.flat", "num.up", "num.down",
})  # fmt: skip
_AGAINST = {"plain", "risen", "quoted", "rumour", "refused", "bad"}
_BETTER = {"negated", "refuted", "ended", "prevented", "reduced", "good"}


def features(marks: Sequence[Mark], signs: Sequence[Sign], text: str) -> dict[str, float]:
    """{name: amount} of every piece of grammatical evidence. Names are keys of ToneModel.features."""
    found: dict[str, float] = {}
    for kind, state, mark in signs:
        for name in _names(kind, state, mark.part):
            found[name] = found.get(name, 0.0) + 1.0
    for name, count in found.items():
        if count > 1.0:
            found[name] = min(count, 4.0) ** 0.5
    kinds = {kind for mark in marks for kind in mark.kinds}
    for mark in marks:
        for kind in mark.kinds:
            if kind in _FLAGS:
                found[_flag(kind, mark.part)] = 1.0
    leanings = [(leaning(kind, state), mark.part) for kind, state, mark in signs]
    _add_shape(found, leanings, text)
    _add_pairs(found, kinds, leanings)
    return found


@cache
def _names(kind: str, state: str, part: int) -> tuple[str, ...]:
    where, family = "TS"[part], kind.split(".")[0]
    return (f"{kind}.{state}", f"{where}:{family}.{state}", f"{where}:{kind}", f"{family}.{state}")


@cache
def _flag(kind: str, part: int) -> str:
    return f"{'TS'[part]}:{kind}"


@cache
def leaning(kind: str, state: str) -> int:
    """-1 where a sign speaks against the firm, 1 where it speaks for it, 0 where it does neither."""
    if kind.startswith("relief."):
        return -1 if state == "negated" else 1 if state == "plain" else 0
    return 1 if state in _BETTER else -1 if state in _AGAINST else 0


def _add_shape(found: dict[str, float], leanings: Sequence[tuple[int, int]], text: str) -> None:
    title = sum(lean for lean, part in leanings if not part)
    lead = sum(lean for lean, part in leanings if part)
    said = [lean for lean, _ in leanings if lean]
    found["net.title"], found["net.lead"], found["net"] = _squash(title), _squash(lead), _squash(title + lead)
    found["last"] = float(said[-1]) if said else 0.0
    found["only_bad" if said and max(said) < 0 else "only_good" if said and min(said) > 0 else "mixed" if said else "empty"] = 1.0
    if "？" in text or "?" in text:
        found["question"] = 1.0
    if "！" in text or "!" in text:
        found["exclaim"] = 1.0


def _squash(x: float) -> float:
    return x / (1.0 + 0.5 * abs(x))


def _add_pairs(found: dict[str, float], kinds: set[str], leanings: Sequence[tuple[int, int]]) -> None:
    """Pairs that mean more together than apart."""
    bad = any(lean < 0 for lean, _ in leanings)
    good = any(lean > 0 for lean, _ in leanings)
    for name, needed, harm, relief in _PAIRS:
        if (harm is None or harm == bad) and (relief is None or relief == good) and needed <= kinds:
            found[name] = 1.0
    for name, evidence, absent, with_harm in _SPECIAL:
        if evidence in found and absent.isdisjoint(kinds) and (bad or not with_harm):
            found[name] = 1.0
    if "relief.refuted" in kinds and ("op.rumour" in kinds or "hazard.refuted" in found):
        found["pair.rumour.refuted"] = 1.0


def _pair(
    name: str, needed: str, harm: bool | None = None, relief: bool | None = None
) -> tuple[str, frozenset[str], bool | None, bool | None]:
    return f"pair.{name}", frozenset(needed.split()), harm, relief


_PAIRS = (
    _pair("mockery", "op.sarcasm", harm=True, relief=True),
    _pair("mockery.cue", "op.sarcasm"),
    _pair("mockery.only", "op.sarcasm", harm=False, relief=True),
    _pair("cleared", "op.authority", harm=False, relief=True),
    _pair("accused", "op.authority", harm=True, relief=False),
    _pair("official", "op.authority", harm=False, relief=False),
    _pair("notice.only", "neutral.notice", harm=False, relief=False),
    _pair("notice.bad", "neutral.notice", harm=True),
    _pair("notice.good", "neutral.notice", relief=True),
    _pair("other.aloof", "op.other op.aloof"),
    _pair("other.bad", "op.other", harm=True),
    _pair("aloof.bad", "op.aloof", harm=True),
    _pair("unrelated.bad", "op.unrelated", harm=True),
    _pair("rumour.confirmed", "op.confirm op.rumour"),
    _pair("unresolved.bad", "neutral.unresolved", harm=True),
    _pair("unresolved.calm", "neutral.unresolved", harm=False, relief=False),
    _pair("unresolved.good", "neutral.unresolved", harm=False, relief=True),
    _pair("accuse.bad", "op.accuse", harm=True),
    _pair("contrast.turn", "op.contrast", harm=True, relief=True),
)
_SPECIAL = (
    ("pair.mockery.quoted", "relief.quoted", frozenset[str](), False),
    ("pair.other.harm", "hazard.other", frozenset[str](), False),
    ("pair.framed", "hazard.framed", frozenset[str](), False),
    ("pair.other.alone", "T:op.other", frozenset({"op.aloof"}), True),
    ("pair.rumour.open", "T:op.rumour", frozenset({"op.confirm", "relief.refuted"}), False),
)
"""Name, evidence it needs, kinds that must be absent, whether harm must be told as well."""
