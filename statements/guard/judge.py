"""Decides, sentence by sentence and clause by clause, what may not stand, and says where and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from statements.guard.features import Unit, units
from statements.guard.models import LABELS, Finding, Guard, Severity
from statements.guard.network import soft_maximum
from statements.guard.normalise import Plain
from statements.guard.reasons import why
from statements.guard.split import Piece, sentences

Floats = npt.NDArray[np.float32]
MAY_WARN = ("speculation", "minimising", "no_comment", "jargon_cold")
NEVER_BLOCKS = ("jargon_cold",)
_WIDEST = 3.0  # a span takes in the clauses beside it while it stays within this many times the clauses at fault,
_THOUGHT = {"zh": 28, "en": 100}  # or within so many characters, about a thought of Chinese or of English


@dataclass(frozen=True, slots=True)
class Verdict:
    """What holds of one sentence: its severity, the labels with their severities, and the units that were judged."""

    sentence: Piece
    severity: Severity
    labels: dict[str, Severity]
    units: tuple[Unit, ...]
    logits: Floats
    pattern: str = ""
    duty_to_warn: bool = False


def severity_of(plain: str, guard: Guard) -> Severity:
    """The worst severity in a plain text, without reasons: what a rewrite is checked with."""
    found = {judge_sentence(plain, piece, guard).severity for piece in sentences(plain)}
    return "block" if "block" in found else "warn" if "warn" in found else "none"


def judge_sentence(text: str, sentence: Piece, guard: Guard) -> Verdict:
    """The verdict on one sentence of the plain `text`: the learned judgement, and the sure patterns over it."""
    bag = tuple(units(text, sentence, guard.lexicon))
    learned: dict[str, Severity] = {}
    logits = np.zeros((len(bag), 0), dtype=np.float32)
    if guard.network:
        logits = guard.network.logits(bag)
        learned = decide(soft_maximum(logits), guard.network.outputs, guard.network.thresholds, language_of(sentence.text))
    sure, name, duty = _by_pattern(sentence, bag, guard)
    labels = {label: severity for label in LABELS if (severity := sure.get(label) or learned.get(label))}
    worst: Severity = "block" if "block" in labels.values() else "warn" if labels else "none"
    return Verdict(sentence, worst, labels, bag, logits, name, duty or _prior_knowledge(labels, bag))


def decide(logits: Floats, outputs: Sequence[str], limits: Mapping[str, float], language: str) -> dict[str, Severity]:
    """The labels of a sentence and their severities from its logits (outputs,).

    `limits` holds `block.zh`, `any.zh` (and `.en`): the least probability of a block and of a flag; `grave`: below which
    a label that may warn does not block; `label`: from where a further label is told; `bias.<label>`: added to that label's logit.
    """
    raised = [float(limits.get(f"bias.{name}", 0.0)) for name in outputs]
    score = dict(zip(outputs, (1 / (1 + np.exp(-(logits + raised)))).tolist(), strict=True))
    by_label = {label: score[label] for label in LABELS}
    likely = max(by_label, key=by_label.__getitem__)
    blocks = (score["any"] + score["block"]) / 2 >= limits[f"block.{language}"]
    if blocks and (likely not in MAY_WARN or score["block"] >= limits["grave"]):
        able = {label: value for label, value in by_label.items() if label not in NEVER_BLOCKS}
        chosen = {max(able, key=able.__getitem__)} | {name for name, p in by_label.items() if p >= limits["label"]}
        return {label: "warn" if label in NEVER_BLOCKS else "block" for label in chosen}
    if likely in MAY_WARN and score["any"] >= limits[f"any.{language}"]:
        return dict.fromkeys({likely} | {label for label in MAY_WARN if by_label[label] >= limits["label"]}, "warn")
    return {}


def language_of(text: str) -> str:
    return "zh" if any("\u3400" <= character <= "\u9fff" for character in text) else "en"


def _by_pattern(sentence: Piece, bag: tuple[Unit, ...], guard: Guard) -> tuple[dict[str, Severity], str, bool]:
    held = {tag.name for unit in bag for tag in unit.tags}
    for pattern in guard.lexicon.patterns:
        if pattern.sure and not held & set(pattern.unless) and pattern.regex.search(sentence.text):
            severity: Severity = "warn" if pattern.severity == "warn" else "block"
            return {pattern.label: severity}, pattern.name, pattern.duty_to_warn
    return {}, "", False


def _prior_knowledge(labels: dict[str, Severity], bag: tuple[Unit, ...]) -> bool:
    return "admission" in labels and any(tag.name in ("knew", "ignored") for unit in bag for tag in unit.tags)


def finding(plain: Plain, verdict: Verdict, label: str, language: str, guard: Guard) -> Finding:
    """One label of a verdict as a finding in the original's offsets; its suggestion is left empty here."""
    first, last = clauses_at_fault(verdict, label, guard)
    start, end = _span(verdict, first, last)
    reason = why(label, verdict.units[first : last + 1], language, guard)
    duty = label == "admission" and verdict.duty_to_warn
    return Finding(label, verdict.labels[label], *plain.span(start, end), reason, "", duty)


def _span(verdict: Verdict, first: int, last: int) -> tuple[int, int]:
    """The clauses at fault and what hangs together with them, so that a reader sees the thought and not a scrap of it."""
    pieces = [unit.piece for unit in verdict.units]
    if len(pieces) == 1 or first == len(pieces) - 1:
        return verdict.sentence.start, verdict.sentence.end
    widest = max(_WIDEST * (pieces[last].end - pieces[first].start), _THOUGHT[language_of(verdict.sentence.text)])
    while True:
        wider = [(f, t) for f, t in ((first - 1, last), (first, last + 1)) if f >= 0 and t < len(pieces) - 1]
        fitting = [(f, t) for f, t in wider if pieces[t].end - pieces[f].start <= widest]
        if not fitting:
            return pieces[first].start, pieces[last].end
        first, last = max(fitting, key=lambda ends: verdict.logits[ends[0] if ends[0] < first else ends[1], 0])


def clauses_at_fault(verdict: Verdict, label: str, guard: Guard) -> tuple[int, int]:
    """First and last unit of the clauses that carry the label; the unit of the whole sentence where no clause does."""
    clauses = len(verdict.units) - 1 if len(verdict.units) > 1 else 1
    if not guard.network or clauses == 1:
        return (len(verdict.units) - 1,) * 2
    score = verdict.logits[:, guard.network.outputs.index(label)] + verdict.logits[:, 0]
    best = int(score[:clauses].argmax())
    first = last = best
    while first > 0 and verdict.logits[first - 1, 0] > 0:
        first -= 1
    while last + 1 < clauses and verdict.logits[last + 1, 0] > 0:
        last += 1
    return first, last
