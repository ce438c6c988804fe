"""Feishu 飞书 and Lark, group robot: a post of text and link elements, in which nothing is markup; 20 KB, signed by
timestamp (seconds) in the body."""

import hmac
import json
from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from typing import Any

from monitoring.channels.models import Answer, Line, Message, Outcome, Post, Target
from monitoring.channels.robots import judged
from monitoring.channels.text import LINE_BYTES, TITLE_BYTES, cut, link, plain

MOST_BYTES = 20 * 1024
BUSY = {9499, 11232, 99991400}  # bad moment; too many messages


def request(target: Target, message: Message, now: datetime) -> Post:
    rows = [[_element(line)] for line in message.lines]
    post: dict[str, Any] = {"title": cut(plain(message.title), TITLE_BYTES), "content": rows}
    whole = {**_sign(target.secret, now), "msg_type": "post", "content": {"post": {"zh_cn": post}}}
    while len(body := json.dumps(whole, ensure_ascii=False).encode()) > MOST_BYTES and len(rows) > 1:
        del rows[-2]  # the last line is the reference
    return Post(target.address, body)


def _element(line: Line) -> dict[str, Any]:
    text, leads = cut(plain(line.text), LINE_BYTES), link(line.link)
    return {"tag": "a", "text": text, "href": leads} if leads else {"tag": "text", "text": text}


def _sign(secret: str | None, now: datetime) -> dict[str, str]:
    """timestamp and sign = base64(HMAC-SHA256(key="timestamp\\nsecret", "")); nothing without a secret."""
    if not secret:
        return {}
    stamp = str(int(now.timestamp()))
    digest = hmac.new(f"{stamp}\n{secret}".encode(), b"", sha256).digest()
    return {"timestamp": stamp, "sign": b64encode(digest).decode()}


def verdict(answer: Answer) -> Outcome:
    return judged(answer, ("code", "StatusCode"), "msg", BUSY)
