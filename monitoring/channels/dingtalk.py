"""DingTalk 钉钉, group robot: markdown, 20,000 bytes, signed by timestamp (milliseconds) in the address."""

import hmac
import json
from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote_plus

from monitoring.channels.models import Answer, Line, Message, Outcome, Post, Target
from monitoring.channels.robots import coloured, judged
from monitoring.channels.text import TITLE_BYTES, cut, fitting, link, unmarked

MOST_BYTES = 20_000
_ROOM = 1_000  # for what stands around the text, and for what JSON escapes
BUSY = {-1, 130101, 130102, 410100}  # the system is busy; too many messages, which blocks the robot for ten minutes


def request(target: Target, message: Message, now: datetime) -> Post:
    title = cut(unmarked(message.title), TITLE_BYTES)
    text = f"#### {coloured(message.level, title)}\n\n" + fitting(message.lines, drawn, MOST_BYTES - _ROOM, "\n\n")
    body = {"msgtype": "markdown", "markdown": {"title": title, "text": text}}
    return Post(signed(target.address, target.secret, now), json.dumps(body, ensure_ascii=False).encode())


def signed(address: str, secret: str | None, now: datetime) -> str:
    """The address with timestamp and sign = base64(HMAC-SHA256(key=secret, "timestamp\\nsecret")); as it is without a secret."""
    if not secret:
        return address
    stamp = str(round(now.timestamp() * 1000))
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), sha256).digest()
    return f"{address}{'&' if '?' in address else '?'}timestamp={stamp}&sign={quote_plus(b64encode(digest))}"


def drawn(line: Line) -> str:
    text, leads = unmarked(line.text), link(line.link)
    return f"> [{text}]({leads})" if leads else f"> {text}"


def verdict(answer: Answer) -> Outcome:
    return judged(answer, ("errcode",), "errmsg", BUSY)
