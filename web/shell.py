"""The empty page a browser loads first, in the desk's own name and the reader's language."""

import re
from collections.abc import Callable
from html import escape

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from storage.content import words
from web.places import SETTINGS


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
