"""Telephone numbers, models and documents' numbers; and figures that claim nothing: lists, versions, articles of law."""

import re
from collections.abc import Iterator

from statements.tracing.mentions import Code

EMERGENCY = ("110", "119", "120", "122", "12315", "12345", "12350", "12369", "12328", "95598", "999", "911", "112", "111")
_HARMLESS = re.compile(
    r"【[^】]*】|\[to fill[^\]]*\]"  # a hole is told elsewhere
    r"|《[^》]*》"
    r"|第\s*[0-9零〇一二两三四五六七八九十百千]+\s*(?:条|款|项|章|版|步|点|[次届期号]?公告|方|[一-龥])"
    r"|(?i:\b(?:article|section|art\.|s\.|version|v\.?|step|no\.|question|q)\s*\d+(?:\.\d+)*\b)"
    r"|(?m:^\s*[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、](?!\d)\s*)"
    r"|(?<=[;；。:：])\s*[(（]?\d{1,2}[)）、]"
    r"|(?<![0-9A-Za-z.-])(?:" + "|".join(EMERGENCY) + r")(?![0-9A-Za-z-]|[.,]\d|\s*(?:[人名位户台]|people|persons))"
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|(?:https?://|www\.)[^\s，。；）)]+")
_CODE = re.compile(
    r"(?<![\w.])\+?\(?\d{2,4}\)?(?:[-\s]\d{2,8})+(?![\w%])"
    r"|(?<![\w.,])\d{7,}(?!\w)"
    r"|(?<![A-Za-z])(?:GB/?T?|ISO|EN|CCC|No\.)\s?\d[\d.-]*\d"
    r"|(?<![\w])[A-Za-z]+[-_]?\d[A-Za-z0-9-]*"
    r"|(?<![\w.])\d+[A-Z][A-Za-z0-9-]*",
    re.ASCII,
)
LEAST_DIGITS = 7  # of a telephone number; fewer in groups are a score, a range, a room


def bare(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", text).upper()


def harmless(text: str) -> Iterator[tuple[int, int]]:
    """Where figures stand that claim nothing."""
    return (found.span() for found in _HARMLESS.finditer(text))


def addresses(text: str, language: str) -> list[Code]:
    return [Code(*found.span(), found[0], bare(found[0])) for found in _ADDRESS.finditer(text)]


def codes(text: str, language: str) -> list[Code]:
    made = [Code(*found.span(), found[0], bare(found[0])) for found in _CODE.finditer(text)]
    return [one for one in made if re.search("[A-Z]", one.bare) or len(one.bare) >= LEAST_DIGITS]
