"""Whose trouble an item tells of."""

from collections.abc import Sequence

from monitoring.tone.grammar import Sign
from monitoring.tone.model import Attribution

_TAILS = ("股份有限公司", "有限责任公司", "有限公司", "股份", "集团", "公司", "控股", "科技", "实业")


def names_of(company: str) -> tuple[str, ...]:
    """The firm's name and what the press makes of it: without its legal tail, and that without its trade where two remain."""
    short = company.strip()
    found = [short]
    for tail in _TAILS:
        if short.endswith(tail) and len(short) - len(tail) >= 2:
            short = short[: -len(tail)]
            found.append(short)
    return tuple(dict.fromkeys(name for name in found if name))


def attribution(signs: Sequence[Sign], text: str, title_end: int, company: str, others: bool) -> Attribution:
    """us: the firm asked for (without one, the item's protagonist) bears what is told; other: somebody else does;
    unclear: the firm asked for is not named. `others` says that the trouble told is not the protagonist's."""
    if company and not any(name in text for name in names_of(company)):
        return "unclear"
    return "other" if others else "us"
