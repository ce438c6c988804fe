"""The answer to "what kind of crisis is this", with the words it rests on and what would change it."""

from dataclasses import dataclass

TYPES = ("linear", "media", "matrix", "credit", "chain")
CREDIT_KINDS = ("production", "operation", "finance", "loan")


@dataclass(frozen=True)
class Phrase:
    """The same sentence in both languages."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.zh


@dataclass(frozen=True)
class Evidence:
    """Words of the intake: `quote` is exactly `str(field)[start:end]`, in code points."""

    field: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Reason:
    """One consideration. `weight` is how far it moved the judgement from the runner-up to the type, in log-odds;
    a negative weight speaks against the type. `question` is the evidence question it answers."""

    key: str
    question: str
    text: Phrase
    weight: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class AnswerOption:
    id: str
    text: Phrase
    decides: str


@dataclass(frozen=True)
class DecidingQuestion:
    """The one question that tells two types apart; each option names the type it decides for."""

    id: str
    text: Phrase
    options: tuple[AnswerOption, ...]


@dataclass(frozen=True)
class TypeJudgement:
    """`probabilities` follow TYPES and add up to 1; `confidence` is that of `type`.
    `secondary` are overlays, strongest first. `deciding_question` is there when the judgement is provisional."""

    type: str
    credit_kind: str | None
    confidence: float
    provisional: bool
    runner_up: str
    secondary: tuple[str, ...]
    reasons: tuple[Reason, ...]
    would_change: tuple[Phrase, ...]
    deciding_question: DecidingQuestion | None
    probabilities: tuple[float, ...]


@dataclass(frozen=True)
class TypeChange:
    """A proposal, never imposed: `fact_id` is the confirmed fact without which the type would stay `old`."""

    old: str
    new: str
    fact_id: str
    judgement: TypeJudgement
