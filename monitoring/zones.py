"""Which time zone a feed most likely writes its dates in where they do not say: by its address, then by its language."""

from urllib.parse import urlsplit

BY_COUNTRY = {
    "cn": "Asia/Shanghai", "hk": "Asia/Hong_Kong", "mo": "Asia/Macau", "tw": "Asia/Taipei", "sg": "Asia/Singapore",
    "my": "Asia/Kuala_Lumpur", "jp": "Asia/Tokyo", "kr": "Asia/Seoul", "th": "Asia/Bangkok", "vn": "Asia/Ho_Chi_Minh",
    "id": "Asia/Jakarta", "ph": "Asia/Manila", "in": "Asia/Kolkata", "uk": "Europe/London", "ie": "Europe/Dublin",
    "de": "Europe/Berlin", "fr": "Europe/Paris", "it": "Europe/Rome", "es": "Europe/Madrid", "nl": "Europe/Amsterdam",
    "ch": "Europe/Zurich", "at": "Europe/Vienna", "nz": "Pacific/Auckland",
}  # fmt: skip
"""Countries of one zone only; the others cannot be told by their address."""


def likely_zone(url: str, language: str | None, otherwise: str) -> str:
    """An IANA name; `otherwise` where nothing tells."""
    try:
        country = (urlsplit(url).hostname or "").rsplit(".", 1)[-1]
    except ValueError:
        return otherwise
    if country in BY_COUNTRY:
        return BY_COUNTRY[country]
    tag = (language or "").lower().replace("_", "-")
    if tag in ("zh", "zh-cn", "zh-hans", "zh-hans-cn"):
        return "Asia/Shanghai"
    return {"zh-hk": "Asia/Hong_Kong", "zh-tw": "Asia/Taipei", "ja": "Asia/Tokyo", "ko": "Asia/Seoul"}.get(tag, otherwise)
