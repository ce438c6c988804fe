"""The web door: Streamlit's own server with our routes, headers and refusals around it; the pages are dashboard/'s.

Runs under `desk.py run`, and as `streamlit run streamlit_app.py` or `uvicorn streamlit_app:app` as well.
"""

import logging
import os
import re
import secrets
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from sqlalchemy import Engine
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from commands import logs
from errors import DeskError
from settings import LOCAL_HOSTS, Settings
from storage.content import words
from storage.database import is_current, make_engine

ROOT = Path(__file__).resolve().parent
SETTINGS = Settings.from_environment(os.environ)
LOG = logging.getLogger("desk.web")

COPY_SCRIPT = (ROOT / "dashboard" / "components" / "copy.js").read_text(encoding="utf-8")
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


class OwnShell:
    """The empty page a browser loads first, under the desk's name and declared to be in the reader's language."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self._app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name not in UNWANTED]
        answer = _Buffered()
        await self._app({**scope, "headers": plain}, receive, answer.hear)
        language = QueryParams(scope["query_string"]).get("lang", SETTINGS.language)
        await answer.tell(send, lambda page: own_shell(page, language))


UNWANTED = (b"accept-encoding", b"if-none-match", b"if-modified-since")


class _Buffered:
    """A whole response, so that it can be changed before it is sent."""

    def __init__(self) -> None:
        self._start: Message = {}
        self._body = b""

    async def hear(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")

    async def tell(self, send: Send, changed: Callable[[str], str]) -> None:
        headers = MutableHeaders(scope=self._start)
        if headers.get("content-type", "").startswith("text/html"):
            self._body = changed(self._body.decode()).encode()
            for name in ("etag", "last-modified"):
                del headers[name]
            headers["content-length"] = str(len(self._body))
        await send(self._start)
        await send({"type": "http.response.body", "body": self._body})


def own_shell(page: str, language: str) -> str:
    say = words(language)
    page = page.replace('<html lang="en">', f'<html lang="{"en" if say.language == "en" else "zh-CN"}">')
    page = page.replace("<title>Streamlit</title>", f"<title>{escape(say('product.name'))}</title>")
    page = page.replace("</head>", '<script defer src="/desk/copy.js"></script></head>', 1)
    page = re.sub(r'<!--((?!-->).)*-->\s*<link rel="service-desc"[^>]*>', "", page, flags=re.DOTALL)
    return re.sub(
        r"<noscript>.*?</noscript>", f"<noscript>{escape(say('page.noscript'))}</noscript>", page, flags=re.DOTALL
    )


@cache
def _engine() -> Engine:
    return make_engine(SETTINGS.database_url)


def livez(_request: Request) -> JSONResponse:
    """The process answers."""
    return JSONResponse({"status": "alive"})


def copy_script(_request: Request) -> Response:
    """The few lines behind the copy buttons: the content policy lets a page run nothing inline."""
    return Response(COPY_SCRIPT, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


def readyz(_request: Request) -> JSONResponse:
    """The database answers and its schema is the one this version knows."""
    try:
        if is_current(_engine()):
            return JSONResponse({"status": "ready"})
        why = "migrations"
    except DeskError as error:
        why = error.key
    except Exception:
        LOG.exception("not ready")
        why = "database"
    return JSONResponse({"status": "not ready", "why": why}, status_code=503)


def show_script_error(error: Exception) -> bool:
    """A calm sentence on the page; for a defect a short reference, with the trace under it in the log."""
    say = words(st.session_state.get("lang") or SETTINGS.language)
    if isinstance(error, DeskError):
        LOG.warning("refused: %s", error.key, exc_info=error)
        st.error(_plain(say.error(error)))
        return True
    reference = secrets.token_hex(3).upper()
    LOG.error("script error", exc_info=error, extra={"reference": reference})
    st.error(f"**{say('page.error.title')}**\n\n{say('page.error.body', reference=reference)}")
    return True


def _plain(sentence: str) -> str:
    """Outside text in a sentence must not become markdown."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", sentence)


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    logs.adopt("streamlit", "uvicorn", "websockets")
    logging.getLogger("streamlit.error_util").addFilter(lambda record: record.msg != "Uncaught app execution")  # twice
    LOG.info("started", extra={"pid": os.getpid()})
    yield
    LOG.info("stopped")


def largest_message() -> int:
    """Bytes a browser may send at once over the WebSocket."""
    return int(st.get_option("server.maxMessageSize")) * 1024 * 1024


app = st.App(
    ROOT / "dashboard" / "main.py",
    routes=[Route("/livez", livez), Route("/readyz", readyz), Route("/desk/copy.js", copy_script)],
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=[*LOCAL_HOSTS, *SETTINGS.allowed_hosts], www_redirect=False),
        Middleware(Refusals),
        Middleware(OwnShell),
    ],
    lifespan=lifespan,
    on_script_error=show_script_error,
)
