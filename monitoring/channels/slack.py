"""Slack's incoming webhook and what speaks like it (Mattermost, Rocket.Chat, Discord's /slack): plain text, 12,000 bytes.

Slack reads <address|words> and & < > alone once mrkdwn is off; Mattermost goes on reading Markdown, so its marks are taken
from outside text as well."""

import json
from datetime import datetime

from monitoring.channels.models import Answer, Line, Message, Outcome, Post, Target
from monitoring.channels.robots import refused
from monitoring.channels.text import TITLE_BYTES, cut, fitting, link, unmarked
from monitoring.models import Problem

MOST_BYTES = 12_000


def request(target: Target, message: Message, now: datetime) -> Post:
    del now
    title = cut(unmarked(message.title), TITLE_BYTES)
    text = f"{title}\n" + fitting(message.lines, drawn, MOST_BYTES - len(title.encode()) - 1)
    body = {"text": text, "mrkdwn": False, "unfurl_links": False, "unfurl_media": False}
    return Post(target.address, json.dumps(body, ensure_ascii=False).encode())


def drawn(line: Line) -> str:
    text, leads = unmarked(line.text), link(line.link)
    return f"{text} <{leads.replace('&', '&amp;')}>" if leads else text


def verdict(answer: Answer) -> Outcome:
    """`ok`, an empty answer, or an object that says ok or success: taken. Anything else with 200 is not."""
    if not 200 <= answer.status < 300:
        return refused(answer)
    said = answer.body.strip()[:400].decode("utf-8", "replace")
    if said.strip('"').lower() in ("", "ok") or _agrees(said):
        return Outcome(status=answer.status)
    return Outcome(Problem("channel.unreadable"), again=True, status=answer.status, unsure=True)


def _agrees(said: str) -> bool:
    try:
        told = json.loads(said)
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and (told.get("ok") is True or told.get("success") is True)
