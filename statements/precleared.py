"""Templates cleared ahead: which words they are, and whether a text is nothing but such a template with its slots filled."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from statements.models import StatementKit
from statements.records import Sentence, StatementVersion

AHEAD_ROLES = ("legal", "head")  # who clears a template ahead
# What a person typed and the draft warns of: such slots carry wording that legal has to read.
WORDING_FLAGS = frozenset({"admission_in_facts", "privacy_in_facts", "amount_in_facts", "prompt_injection",
                           "template_syntax", "markup_stripped"})  # fmt: skip


@dataclass(frozen=True)
class TemplateClearance:
    id: int
    kind: str
    language: str
    template_hash: str
    role: str
    decided_by: str
    decided_at: datetime
    incident_id: int | None = None
    decided_for: str | None = None
    note: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    version: int = 1


@dataclass(frozen=True)
class Path:
    """How a text is cleared. `scope`: slots, or None for the whole text; `why`: the key of the reason."""

    scope: str | None
    why: str
    language: str = ""


def words_hash(kit: StatementKit, kind: str, language: str) -> str:
    """SHA-256 of all words a text of this kind can be made of in a language: its template, the shared wordings, the tables."""
    template = kit.templates.get(kind)
    source = template.sources.get(language, "") if template else ""
    tables = {name: kit.tables[name] for name in sorted(kit.tables)}
    whole = json.dumps([source, kit.words.get(language, {}), tables], ensure_ascii=False, sort_keys=True, default=str)
    return sha256(whole.encode()).hexdigest()


def template_hash(kit: StatementKit, kind: str, languages: Sequence[str]) -> str:
    """SHA-256 over the words of a kind in all its languages: what a version was drafted from."""
    return sha256("".join(words_hash(kit, kind, language) for language in languages).encode()).hexdigest()


def path(
    version: StatementVersion,
    sentences: Sequence[Sentence],
    kind: str,
    kit: StatementKit | None,
    ahead: Mapping[str, Sequence[TemplateClearance]],
    languages: Sequence[str],
) -> Path:
    """Whether only the slots have to be cleared. `ahead`: the clearances that stand for the words of each language.

    All of it must hold, in every language the version has text in: the words were cleared ahead by legal and the head,
    they have not changed since it was drafted, nobody has edited a sentence, and no slot was flagged for its wording.
    """
    if kit is None or not any(ahead.values()):
        return Path(None, "not_ahead")
    if version.reason not in ("drafted", "refreshed") or any(one.edited for one in sentences):
        return Path(None, "edited")
    if version.template_hash != template_hash(kit, kind, languages):
        return Path(None, "template_changed")
    if WORDING_FLAGS & set(version.flags):
        return Path(None, "flagged")
    for language in sorted({one.language for one in sentences}):
        if not stands(ahead.get(language, ())):
            return Path(None, "language_not_ahead", language)
    return Path("slots", "slots")


def stands(ahead: Sequence[TemplateClearance]) -> bool:
    """Whether legal and the head have both cleared these words ahead, and neither took it back."""
    return {one.role for one in ahead if one.withdrawn_at is None} >= set(AHEAD_ROLES)
