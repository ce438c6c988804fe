"""What an outgoing text is held against before it may go on: facts, what is ours to say, and what was said before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from incidents.models import Fact


@dataclass(frozen=True)
class Said:
    """Something we told somebody earlier: a publication, a message to a group. `label` names it on the screen."""

    key: str
    label: str
    language: str
    text: str
    at: datetime | None = None


@dataclass(frozen=True)
class Basis:
    """`facts` are all facts of the incident; `own` are names and arrangements of ours that may hold numbers and places
    (firm, office, groups addressed). `written_at` is the local moment the text was drafted: its stamp may name it.

    `stale` are the (language, sid) of sentences whose facts have changed since; `checked` the digests of sentence pairs
    of which somebody said that both languages say the same; `corrects` whether the text corrects an earlier one,
    and `quoted` what it may quote as wrong.
    """

    facts: tuple[Fact, ...] = ()
    zone: str = "Asia/Shanghai"
    written_at: Sequence[datetime] = ()
    own: tuple[str, ...] = ()
    version: int = 1
    kind: str = "holding"
    family_told: bool = False
    stale: frozenset[tuple[str, str]] = frozenset()
    checked: frozenset[str] = frozenset()
    earlier: tuple[Said, ...] = ()
    quoted: tuple[str, ...] = ()
    corrects: bool = False
    listed: bool = False
    filed: bool = False
