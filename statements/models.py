"""What passes between the drafting, checking and clearing of statements: frozen values, no behaviour."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

PRINCIPLES = ("candid", "fast", "proactive", "comprehensive", "form")
JURISDICTIONS = ("CN", "HK", "E&W", "CA")  # the first is the default; what the others permit never reaches its texts
CRISIS_TYPES = ("linear", "media", "matrix", "credit", "chain")


class Finding(Protocol):
    """One thing a checker objects to: a label of the codebook and how grave it is."""

    @property
    def label(self) -> str: ...
    @property
    def severity(self) -> str: ...


class Verdict(Protocol):
    """A checker's answer on a text; severity is block, warn or none."""

    @property
    def severity(self) -> str: ...
    @property
    def findings(self) -> Sequence[Finding]: ...


Check = Callable[[str, str], Verdict]
"""(text, lang) → Verdict."""


@dataclass(frozen=True)
class Casualties:
    """None = not yet known, 0 = confirmed that there is nobody."""

    deaths: int | None = None
    injured: int | None = None
    missing: int | None = None
    note: str = ""


@dataclass(frozen=True)
class StatementIntake:
    """The confirmed ground a text is drafted from, one language, cleaned. Empty text or tuple = not given.

    `told_apart` are the roles of groups (staff, partners) that have a text of their own beside this one.
    `as_of` and `next_update` are local times of `zone`; `when` is as written, because people write "2026-09-12 before dawn".
    """

    as_of: datetime | None = None
    company: str = ""
    industry: str = ""
    what_happened: str = ""
    when: str = ""
    where: str = ""
    casualties: Casualties = Casualties()
    confirmed: tuple[str, ...] = ()
    not_confirmed: tuple[str, ...] = ()
    actions_taken: tuple[str, ...] = ()
    contact: str = ""
    spokesperson: str = ""
    publish_on: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    groups_affected: tuple[str, ...] = ()
    next_update: datetime | None = None
    zone: str = "Asia/Shanghai"
    kind: str = "holding"
    phase: str = "first"
    crisis_type: str = ""
    credit_kind: str = ""
    version: int = 1
    told_apart: tuple[str, ...] = ()
    jurisdiction: str = "CN"
    corrects: str = ""
    corrected: str = ""
    when_in_future: bool = False

    @staticmethod
    def from_mapping(raw: Mapping[str, Any]) -> "tuple[StatementIntake, tuple[str, ...]]":
        """The intake cleaned of whatever may not reach a public text, and the flags of what a person must look at."""
        from statements.drafting.intake import read_intake

        return read_intake(raw)


@dataclass(frozen=True)
class DraftSentence:
    """`slot` is the same in every language (what, casualties, unknown.1); `facts` are the intake's slots it says (confirmed.2)."""

    text: str
    principle: str
    facts: tuple[str, ...]
    slot: str


@dataclass(frozen=True)
class Draft:
    text: str
    sentences: tuple[DraftSentence, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True)
class StatementTemplate:
    """One folder of templates/statements: `about` is its about.yaml; the Jinja source and an example intake by language."""

    slug: str
    about: Mapping[str, Any]
    sources: Mapping[str, str]
    example: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class StatementKit:
    """All content drafting consults. `words` and `tables` are by language or by name, as their files are."""

    templates: Mapping[str, StatementTemplate]
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    tables: Mapping[str, Any] = field(default_factory=dict)
