"""WeCom 企业微信, group robot: markdown, 4,096 bytes of content, no signature; the key is part of the address."""

import json
from datetime import datetime

from monitoring.channels.models import Answer, Line, Message, Outcome, Post, Target
from monitoring.channels.robots import coloured, judged
from monitoring.channels.text import TITLE_BYTES, cut, fitting, link, unmarked

MOST_BYTES = 4096
BUSY = {-1, 45009, 45033}  # the platform is busy; too many messages


def request(target: Target, message: Message, now: datetime) -> Post:
    del now
    head = f"**{coloured(message.level, cut(unmarked(message.title), TITLE_BYTES))}**\n"
    content = head + fitting(message.lines, drawn, MOST_BYTES - len(head.encode()))
    body = {"msgtype": "markdown", "markdown": {"content": content}}
    return Post(target.address, json.dumps(body, ensure_ascii=False).encode())


def drawn(line: Line) -> str:
    text, leads = unmarked(line.text), link(line.link)
    return f"> [{text}]({leads})" if leads else f"> {text}"


def verdict(answer: Answer) -> Outcome:
    return judged(answer, ("errcode",), "errmsg", BUSY)
