"""What stands in a text's way, named so exactly that two people can let one thing through and nothing else (R30, R50)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from incidents.models import Fact
from statements.gates import UNTRACED, Obstacle
from statements.models import Check
from statements.records import LANGUAGES, Sentence, body
from statements.rules import ClearingRules, Rule

OVERRIDE_ROLES = ("legal", "head")
_NOBODY: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Override:
    """A finding that somebody asked to let through. `legal`, `head`: {by, for, at, given, note}, or None: not yet."""

    id: int
    incident_id: int
    statement_id: int
    statement_version_id: int
    language: str
    kind: str
    label: str
    quote: str
    finding_key: str
    version_hash: str
    reason: str
    asked_by: str
    asked_at: datetime
    state: str  # asked | standing | refused | void
    rule: str | None = None
    legal: Mapping[str, Any] | None = None
    head: Mapping[str, Any] | None = None
    version: int = 1


@dataclass(frozen=True)
class InTheWay:
    """One thing in the way: the obstacle, the words it is about, the rule behind it, the key an override is for.

    `fact_can_lift`: a denial that a confirmed search behind it would make sayable.
    """

    kind: str
    language: str
    label: str
    quote: str
    key: str
    rule: Rule | None
    sid: str = ""
    fact_can_lift: bool = False
    near: str = ""
    facts: tuple[int, ...] = field(default=())

    @property
    def may_be_overridden(self) -> bool:
        return self.rule is not None and self.rule.override


def version_hash(sentences: Sequence[Sentence]) -> str:
    """SHA-256 of the text in all languages: one other character, and it is another text."""
    return sha256("\0".join(body(tuple(sentences), language) for language in LANGUAGES).encode()).hexdigest()


def in_the_way(
    found: Iterable[Obstacle],
    sentences: Sequence[Sentence],
    check: Check,
    rules: ClearingRules,
    facts: Sequence[Fact],
    quoted: Collection[tuple[str, str]] = (),
) -> tuple[InTheWay, ...]:
    """Every obstacle with its rule and key; nothing let through yet.

    `quoted` are the (language, sid) of sentences that quote our own released words to correct them: what the guard says of
    those words it says of the text that is being corrected.
    """
    digest = version_hash(sentences)
    others = [one for one in found if one.kind != "blocked"]
    languages = dict.fromkeys(one.language for one in found)
    made = [_other(one, rules, digest) for one in others if one.kind in ("hole", "empty")]
    for language in languages:
        made += _blocked(tuple(sentences), language, check, rules, facts, digest)
    made += [_other(one, rules, digest) for one in others if one.kind not in ("hole", "empty")]
    return tuple(one for one in dict.fromkeys(made) if not _only_quoted(one, quoted))


def _only_quoted(one: InTheWay, quoted: Collection[tuple[str, str]]) -> bool:
    """Private details are not said again, not even to correct them; neither is knowledge of a danger passed over."""
    grave = one.label in ("privacy", "admission")
    return one.kind in ("blocked", "contradiction", *UNTRACED) and (one.language, one.sid) in quoted and not grave


def all_ways(ways: Iterable[InTheWay]) -> tuple[InTheWay, ...]:
    """Without saying twice that a sentence denies something: the guard's finding stands for it."""
    known = list(ways)
    denied = {(one.language, one.sid) for one in known if one.label == "denial_premature"}
    return tuple(one for one in known if one.kind != "unchecked_denial" or (one.language, one.sid) not in denied)


def unwritten(
    sentences: Sequence[Sentence], language: str, rules: ClearingRules, facts: Sequence[Fact]
) -> tuple[InTheWay, ...]:
    """What the rules forbid on top of the guard: asking for deletion (R25), denying without a confirmed search (R50)."""
    digest, made = version_hash(sentences), []
    for one in sentences:
        if one.language != language:
            continue
        for kind, pattern in (("deletion", rules.deletion), ("unchecked_denial", rules.denial)):
            said = pattern.search(one.text)
            if said and not (kind == "unchecked_denial" and searched(one, facts)):
                made.append(_named(kind, language, "", said.group(), digest, rules.behind(kind, ""), one.sid))
    return tuple(made)


def searched(sentence: Sentence, facts: Sequence[Fact]) -> bool:
    """Whether a denial is borne out: by a confirmed search with its source, or an official finding, bound to it or in its words."""
    behind = [
        one for one in facts
        if one.source and ((one.kind == "negative_search" and one.settled) or (one.kind == "finding" and one.status == "official"))
    ]  # fmt: skip
    words = [(one.wording(sentence.language) or "").strip("。. ") for one in behind]
    return any(one.id in sentence.facts for one in behind) or any(said and said in sentence.text for said in words)


def remaining(ways: Sequence[InTheWay], allowed: Collection[str]) -> tuple[InTheWay, ...]:
    """What still stands in the way when the findings under these keys have been let through."""
    return tuple(one for one in ways if one.key not in allowed or not one.may_be_overridden)


def outcome(legal: Mapping[str, Any] | None, head: Mapping[str, Any] | None) -> str:
    """asked | standing | refused: both have to give it, one refusal ends it."""
    votes = [legal, head]
    if any(vote is not None and not vote["given"] for vote in votes):
        return "refused"
    return "standing" if all(vote is not None for vote in votes) else "asked"


def _blocked(
    sentences: tuple[Sentence, ...], language: str, check: Check, rules: ClearingRules, facts: Sequence[Fact], digest: str
) -> list[InTheWay]:
    text, made = body(sentences, language), []
    for found in check(text, language).findings:
        if found.severity != "block":
            continue
        start, end = getattr(found, "start", 0), getattr(found, "end", 0)
        one = sentence_at(sentences, language, start)
        if found.label == "denial_premature" and one is not None and searched(one, facts):
            continue
        rule = rules.behind("blocked", found.label, getattr(found, "duty_to_warn", False))
        made.append(
            _named("blocked", language, found.label, text[start:end], f"{digest}:{start}", rule, one.sid if one else "")
        )
    return made


def _other(found: Obstacle, rules: ClearingRules, digest: str) -> InTheWay:
    place = f"{digest}:{found.sid}:{found.start}"
    rule = rules.behind(found.kind, found.what)
    return _named(found.kind, found.language, "", found.what, place, rule, found.sid, found.near, found.facts)


def _named(
    kind: str, language: str, label: str, quote: str, place: str, rule: Rule | None, sid: str, near: str = "",
    facts: tuple[int, ...] = (),
) -> InTheWay:  # fmt: skip
    key = sha256("\0".join((kind, language, label, quote, place)).encode()).hexdigest()
    denial = label == "denial_premature" or kind == "unchecked_denial"
    return InTheWay(kind, language, label, quote, key, rule, sid, denial, near, facts)


def sentence_at(sentences: Sequence[Sentence], language: str, at: int) -> Sentence | None:
    """The sentence that holds a code point of the text in a language."""
    mine = sorted((one for one in sentences if one.language == language), key=lambda one: one.position)
    text, start = body(tuple(sentences), language), 0
    for one in mine:
        start = text.find(one.text, start)
        if start <= at < start + len(one.text):
            return one
        start += len(one.text)
    return None
