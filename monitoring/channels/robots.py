"""What the Chinese group robots have in common: a colour for red, and an answer of HTTP 200 that may yet be a refusal."""

import json
from collections.abc import Collection, Sequence

from monitoring.channels.models import Answer, Outcome
from monitoring.channels.text import cut, plain
from monitoring.models import Problem


def coloured(level: str, text: str) -> str:
    return f'<font color="warning">{text}</font>' if level == "red" else text


def judged(answer: Answer, codes: Sequence[str], why: str, busy: Collection[int]) -> Outcome:
    """Taken only where the platform says 0 in so many words; what it says instead is kept for the record."""
    if answer.status != 200:
        return refused(answer)
    told = _object(answer.body)
    code = next((told[name] for name in codes if isinstance(told.get(name), int)), None)
    if code is None:
        return Outcome(Problem("channel.unreadable"), again=True, status=answer.status, unsure=True)
    if code == 0:
        return Outcome(status=answer.status)
    said = cut(plain(str(told.get(why) or "")), 160)
    return Outcome(Problem("channel.refused", {"code": code, "said": said}), again=code in busy, status=answer.status)


def refused(answer: Answer) -> Outcome:
    """An HTTP status that is no success. Too early, too many and the server's own trouble are worth another try."""
    again = answer.status in (408, 425, 429) or answer.status >= 500
    unsure = answer.status >= 500
    return Outcome(Problem("channel.status", {"status": answer.status}), again, answer.status, answer.retry_after, unsure)


def _object(body: bytes) -> dict[str, object]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
