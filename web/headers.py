"""The security headers of every answer, and what is refused before anything else looks at it."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SHELL = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


def _hashes(page: str) -> list[str]:
    """CSP sources for the inline scripts that stand in Streamlit's own empty page, and for no others."""
    digests = (sha256(script.encode()).digest() for script in re.findall(r"<script>(.*?)</script>", page, re.DOTALL))
    return [f"'sha256-{b64encode(digest).decode()}'" for digest in digests]


CONTENT_SECURITY_POLICY = "; ".join((
    "default-src 'self'",
    " ".join(("script-src 'self'", *_hashes(SHELL))),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
))
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
CLOSED = ("/_stcore/metrics", "/_stcore/agent")


class SecurityHeaders:
    """Puts HEADERS on every HTTP response, refusals and static files included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class Refusals:
    """Closes Streamlit's side doors and refuses what pages of other origins send, other local ports included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(CLOSED):
            await PlainTextResponse("Not found", status_code=404)(scope, receive, send)
        elif scope["type"] in ("http", "websocket") and not _same_origin(Headers(scope=scope)):
            await PlainTextResponse("Forbidden", status_code=403)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _same_origin(headers: Headers) -> bool:
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
