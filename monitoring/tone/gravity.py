"""How grave the harm is that an item reports, 0-3, whoever is to blame and however it ends."""

import re
from collections.abc import Mapping, Sequence

from monitoring.tone.grammar import Sign

_UNREAL = {"negated", "framed", "prevented"}
_COUNT = re.compile(
    r"([\d,.]+|[一二两三四五六七八九十百千零〇]+)\s*(万|亿|百万|千万)?\s*(?:余|多)?\s*(?:辆|台|件|部|套|个|包|罐|瓶|盒|支|只|袋|箱|架)"
)
_SMALL = re.compile(r"[一二两三四五六七八九十\d]+(?:个)?批次|少量|小范围|个别|部分批次|单一批次|部分产品")
_MANY = re.compile(r"(?:数百|上百|逾百|近百|百余|数千|上千|\d{3,}|[一二三四五六七八九]百)(?:余|多)?(?:名|人|位|户)")


def gravity(signs: Sequence[Sign], text: str, levels: Mapping[str, int]) -> tuple[int, tuple[str, ...]]:
    """The gravity and the words that decided it."""
    found = [(_level(sign, text, levels), text[sign.mark.start : sign.mark.end]) for sign in signs if _real(sign)]
    highest = max((level for level, _ in found), default=0)
    if (
        highest == 2
        and _MANY.search(text)
        and any(sign.kind in ("hazard.illness", "hazard.injury") and _real(sign) for sign in signs)
    ):
        highest = 3
        found = [(3, word) for level, word in found if level == 2]
    return highest, tuple(dict.fromkeys(word for level, word in found if level == highest and level))


def _real(sign: Sign) -> bool:
    if sign.kind == "num":
        return sign.state == "bad"
    return (sign.kind.startswith("hazard.") and sign.state not in _UNREAL) or (
        sign.kind.startswith("relief.") and sign.state == "negated"
    )


def _level(sign: Sign, text: str, levels: Mapping[str, int]) -> int:
    if sign.kind == "hazard.recall" and _SMALL.search(text) and not _large(text):
        return 1
    return levels.get(sign.kind, 1)


def _large(text: str) -> bool:
    return any(m.group(2) for m in _COUNT.finditer(text))
