"""A text on its way out of the desk, with what every file of it carries: number, version, moment, hash, and what it is."""

import re
from dataclasses import dataclass
from datetime import datetime

# What XML 1.0 cannot hold.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_HEADING = 60  # characters
_ENDS = ("。", ".", "；", ";", "！", "？", "!", "?")


@dataclass(frozen=True)
class OutgoingText:
    """`marks` stand above the text (example, draft), `stamp` below it (number, version, moment, short hash), `kind` at the
    head of each page; `watermark` is a word across each page. `sha256` is the whole hash of `text`, for the metadata."""

    text: str
    language: str
    marks: tuple[str, ...] = ()
    stamp: str = ""
    kind: str = ""
    watermark: str = ""
    sha256: str = ""
    firm: str = ""
    number: int | None = None
    version: int | None = None
    at: datetime | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The text's paragraphs, without what no file can hold."""
        return tuple(line for line in (clean(one) for one in self.text.splitlines()) if line)

    @property
    def heading(self) -> str | None:
        """The first paragraph, where it is a heading and not a sentence."""
        first = self.lines[0] if len(self.lines) > 1 else ""
        return first if first and len(first) <= LONGEST_HEADING and not first.endswith(_ENDS) else None

    @property
    def chinese(self) -> bool:
        return self.language.startswith("zh")

    @property
    def tag(self) -> str:
        """The language as BCP 47 names it."""
        return {"zh": "zh-CN", "en": "en-GB"}.get(self.language, self.language)

    @property
    def keywords(self) -> tuple[str, ...]:
        """Number, version and the whole hash, as the metadata of a file carries them."""
        named = {"number": self.number, "version": self.version, "sha256": self.sha256}
        return tuple(f"{name}:{value}" for name, value in named.items() if value)


def clean(text: str) -> str:
    return ILLEGAL.sub("", text).strip()
