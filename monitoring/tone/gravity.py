"""How grave the harm is that an item reports, 0-3, whoever is to blame and however it ends."""

import re
from collections.abc import Mapping, Sequence

from monitoring.tone.grammar import Sign

_UNREAL = {"negated", "framed", "prevented"}
_SICK = {"hazard.illness", "hazard.injury"}
_NUMBER = r"(?:[1-9]\d*|[一两二三四五六七八九十百数多]+)(?:余|多)?"
_DEAD = re.compile(
    rf"(?<![无零未没\d]){_NUMBER}(?:名|人|位|例)?(?:员工|工人|乘客|学生|儿童|村民|矿工)?"
    r"(?:死(?![角党磕忠板])|亡|遇难|丧生|丧命|殒命|罹难)"
)
_CROWD = re.compile(r"(?:数百|上百|逾百|近百|百余|数千|上千|\d{3,}|[一二三四五六七八九]百)(?:余|多)?(?:名|人|位|户)")
_TEN_THOUSANDS = re.compile(r"[万亿]\s*[余多]?\s*(?:辆|台|件|部|套|个|包|罐|瓶|盒|支|只|袋|箱|架)")
_SMALL = re.compile(r"[一二两三四五六七八九十\d]+个?批次|少量|小范围|个别|部分批次|单一批次|部分产品")


def gravity(signs: Sequence[Sign], text: str, levels: Mapping[str, int]) -> tuple[int, tuple[str, ...]]:
    """The gravity and the words that decided it. `levels` gives the gravity of each kind of harm."""
    told = [sign for sign in signs if _is_told(sign)]
    found = [(_level(sign, text, levels), text[sign.mark.start : sign.mark.end]) for sign in told]
    if dead := _DEAD.search(text):
        found.append((3, dead.group()))
    elif any(sign.kind in _SICK for sign in told) and (crowd := _CROWD.search(text)):
        found.append((3, crowd.group()))
    highest = max((level for level, _ in found), default=0)
    return highest, tuple(dict.fromkeys(word for level, word in found if level == highest)) if highest else ()


def _is_told(sign: Sign) -> bool:
    if sign.kind == "num":
        return sign.state == "bad"
    if sign.kind.startswith("relief."):
        return sign.state == "negated"
    return sign.state not in _UNREAL


def _level(sign: Sign, text: str, levels: Mapping[str, int]) -> int:
    """A recall counts as large unless it is said to be small."""
    if sign.kind == "hazard.recall" and _SMALL.search(text) and not _TEN_THOUSANDS.search(text):
        return 1
    return levels[sign.kind] if sign.kind.startswith("hazard.") else 1
