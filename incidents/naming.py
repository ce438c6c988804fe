"""What an incident is called, from what the intake says."""

from collections.abc import Mapping

from incidents.models import IntakeAnswer

MAX_TITLE = 60


def title_of(answers: Mapping[str, IntakeAnswer]) -> str:
    """Firm, place and event, as far as they are known; empty where none is."""
    told = [answers[name].value for name in ("company", "place", "what_happened") if name in answers]
    title = " · ".join(" ".join(str(value).split()) for value in told if value)
    return title if len(title) <= MAX_TITLE else title[: MAX_TITLE - 1] + "…"
