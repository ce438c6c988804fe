"""Nobody without a session gets further than the sign-in page: neither a page nor a WebSocket nor a file of ours."""

from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import anyio
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from accounts.models import Account, SignIn
from errors import DeskError
from storage import accounts
from storage.database import reading, writing
from web.places import SETTINGS, engine, now
from workflows.sign_in import is_to_note, session_at

OPEN = ("/sign-in", "/desk/", "/livez", "/readyz")

class At(NamedTuple):
    """The open session of a request."""

    session: SignIn
    account: Account


class Gate:
    """Refuses what comes without an open session, where this desk has accounts of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if SETTINGS.sign_in != "local" or scope["type"] not in ("http", "websocket") or scope["path"].startswith(OPEN):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            found = await anyio.to_thread.run_sync(session_in, headers)
        except DeskError:
            await PlainTextResponse("Not ready", status_code=503)(scope, receive, send)
            return
        if found and not found.account.must_change:
            await self._app(scope, receive, send)
        elif scope["type"] == "http" and "text/html" in headers.get("accept", ""):
            await RedirectResponse(_door(scope, found), status_code=303)(scope, receive, send)
        else:
            await PlainTextResponse("Not signed in", status_code=401)(scope, receive, send)


def _door(scope: Scope, found: At | None) -> str:
    wanted = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
    return f"/sign-in{'/password' if found else ''}?next={quote(wanted, safe='')}"


def token_in(headers: Headers) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(SETTINGS.cookie)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def session_in(headers: Headers) -> At | None:
    """The open session whose token the request carries. Notes that it was seen."""
    token, at = token_in(headers), now()
    if not token:
        return None
    with reading(engine()) as connection:
        found = session_at(connection, token, idle=SETTINGS.idle, now=at)
    if found and is_to_note(found[0], at):
        with writing(engine()) as connection:
            accounts.seen(connection, found[0].id, at)
    return At(*found) if found else None


def safe_next(given: str) -> str:
    """Where to go after signing in: a place of this desk, or the first page."""
    parts = urlsplit(given)
    if parts.scheme or parts.netloc or not given.startswith("/") or given.startswith(("//", "/\\")) or "\\" in given:
        return "/"
    return "/" if any(ord(letter) < 0x20 for letter in given) else given
