"""Marks that mean something: a fact's standing, a tone, a stance. Shape and word always beside colour."""

from dashboard import session
from dashboard.components.show import h

FACT_SHAPES = {"confirmed": "●", "official": "◆", "reported": "○", "unknown": "？", "disputed": "◐", "withdrawn": "✕"}
TONE_SHAPES = {"negative": "▼", "neutral": "■", "positive": "▲"}
STANCE_SHAPES = {
    "positive": "▲", "neutral": "■", "negative_harmed": "▼", "negative_critic": "▼", "negative_false_claim": "▼",
}  # fmt: skip


def fact(status: str) -> str:
    return _mark("fact", status, FACT_SHAPES.get(status, "○"), session.words()(f"fact.status.{status}"))


def tone(name: str, certain: bool = True) -> str:
    kind = name if certain else f"{name} cd-uncertain"
    return _mark("tone", kind, TONE_SHAPES.get(name, "■"), session.words()(f"tone.{name}"))


def stance(name: str) -> str:
    kind = "negative" if name.startswith("negative") else name
    return _mark("tone", kind, STANCE_SHAPES.get(name, "■"), session.words()(f"stance.{name}"))


def badge(text: str, kind: str = "plain") -> str:
    return f"<span class='cd-badge cd-badge-{kind}'>{h(text)}</span>"


def _mark(family: str, kind: str, shape: str, word: str) -> str:
    return f"<span class='cd-mark cd-{family}-{kind}'><span aria-hidden='true'>{shape}</span> {h(word)}</span>"
