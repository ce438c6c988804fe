"""A text as it is pasted into a channel: plain characters, the layout and the length each of them keeps.

A short form leaves sentences out; it never changes one.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.outgoing import OutgoingText

CHANNELS = ("wechat", "weibo", "press", "sms", "hotline")
LONGEST = {"wechat": 20_000, "weibo": 2_000, "sms": 500}  # characters the channel takes in one message
_SAYS = {  # what a short message keeps, the most needed first
    "sms": ("lead", "casualties", "help", "contact", "next", "advice", "unknown", "actions"),
    "weibo": ("lead", "casualties", "unknown", "help", "contact", "next", "care", "actions", "advice", "cooperation"),
}
_UNSPOKEN = ("title", "signature", "tag")
_GSM = re.compile(r"[\x20-\x7e\n\r£¥èéùìòÇØøÅåÆæßÉÄÖÑÜ§äöñüà]*")  # 3GPP TS 23.038, the basic table


@dataclass(frozen=True)
class Piece:
    """One sentence of a text: its slot (lead, casualties, unknown.1), the white space before it, its words."""

    slot: str
    lead: str
    text: str


@dataclass(frozen=True)
class Pasted:
    """`short`: sentences were left out, because the channel takes no more. `messages`: how many an SMS is sent as."""

    channel: str
    text: str
    short: bool = False
    messages: int = 0


def for_channel(channel: str, whole: OutgoingText, pieces: Sequence[Piece]) -> Pasted | None:
    """The text for one of CHANNELS; None where there is nothing to say there."""
    if channel in ("wechat", "weibo"):
        text = for_wechat(whole) if channel == "wechat" else for_weibo(whole)
        if len(text) <= LONGEST[channel] or channel == "wechat":
            return Pasted(channel, text)
        short = _short(channel, whole, pieces)
        return Pasted(channel, short, short=True) if short else None
    if channel == "press":
        return Pasted(channel, for_press(whole))
    if channel == "sms":
        text = _short(channel, whole, pieces)
        return Pasted(channel, text, short=True, messages=sms_messages(text)) if text else None
    text = for_hotline(whole, pieces)
    return Pasted(channel, text) if text else None


def for_wechat(whole: OutgoingText) -> str:
    """Paragraphs with an empty line between them, as an official-account article shows them."""
    return "\n\n".join(_lines(whole))


def for_weibo(whole: OutgoingText) -> str:
    """One line a paragraph; the heading in 【】 as Weibo posts carry it."""
    lines = _lines(whole)
    if len(lines) > 1 and len(lines[0]) <= 60 and whole.language.startswith("zh") and not lines[0].startswith("【"):
        lines[0] = f"【{lines[0]}】"
    return "\n".join(lines)


def for_press(whole: OutgoingText) -> str:
    """As it is mailed to newsrooms: the paragraphs, and number, hour and hash below."""
    return "\n\n".join([*_lines(whole), *([whole.stamp] if whole.stamp else [])])


def for_hotline(whole: OutgoingText, pieces: Sequence[Piece]) -> str:
    """As it is read aloud: a sentence a line, without heading and signature."""
    spoken = [one.text.strip() for one in pieces if _root(one) not in _UNSPOKEN and one.text.strip()]
    return "\n".join([*whole.marks, *spoken])


def sms_messages(text: str) -> int:
    """How many parts a mobile network sends it in (3GPP TS 23.038, 23.040: 160 or 153 characters, 70 or 67 beyond GSM)."""
    one, many = (160, 153) if _GSM.fullmatch(text) else (70, 67)
    units = len(text.encode("utf-16-le")) // 2
    return 1 if units <= one else math.ceil(units / many)


def _short(channel: str, whole: OutgoingText, pieces: Sequence[Piece]) -> str:
    """Whole sentences in their order, the least needed left out until it fits; empty where the first need is not there."""
    wanted = _SAYS[channel]
    kept = [one for one in pieces if _root(one) in wanted]
    while kept and len(_joined(whole, kept)) > LONGEST[channel]:
        last = max(kept, key=lambda one: wanted.index(_root(one)))
        kept.remove(last)
    return _joined(whole, kept) if any(_root(one) == wanted[0] for one in kept) else ""


def _joined(whole: OutgoingText, kept: Sequence[Piece]) -> str:
    signed = f"【{whole.firm}】" if whole.firm and whole.chinese else f"{whole.firm}: " if whole.firm else ""
    between = "" if whole.chinese else " "
    marks = "".join(f"{mark}\n" for mark in whole.marks)
    return marks + signed + between.join(one.text.strip() for one in kept)


def _root(one: Piece) -> str:
    return re.split(r"[.~]", one.slot)[0]


def _lines(whole: OutgoingText) -> list[str]:
    marked = [*whole.marks, *whole.text.splitlines()]
    return [re.sub(r"[ \t]+", " ", line).strip() for line in marked if line.strip()]
