"""Names of files: telling, and safe on every system."""

import re
import unicodedata

LONGEST = 80  # characters, of the 255 bytes a file system allows
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.I)


def file_name(parts: tuple[str, ...], ending: str) -> str:
    """`甲公司-首次声明-1-zh.docx`: letters and digits of any script kept, everything else a hyphen."""
    kept = (re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", part)).strip("-_") for part in parts)
    stem = "-".join(part for part in kept if part)[:LONGEST].strip("-_")
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"text-{stem}".strip("-")
    return f"{stem}.{ending}"
