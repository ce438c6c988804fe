"""A text as it is pasted into WeChat or Weibo: plain characters, the layout each of them keeps."""

import re

from documents.statement import OutgoingText


def for_wechat(whole: OutgoingText) -> str:
    """Paragraphs with an empty line between them, as an official-account article shows them."""
    return "\n\n".join(_lines(whole))


def for_weibo(whole: OutgoingText) -> str:
    """One line a paragraph; the heading in 【】 as Weibo posts carry it."""
    lines = _lines(whole)
    if len(lines) > 1 and len(lines[0]) <= 60 and whole.language.startswith("zh") and not lines[0].startswith("【"):
        lines[0] = f"【{lines[0]}】"
    return "\n".join(lines)


def _lines(whole: OutgoingText) -> list[str]:
    marked = [*whole.marks, *whole.text.splitlines()]
    return [re.sub(r"[ \t]+", " ", line).strip() for line in marked if line.strip()]
