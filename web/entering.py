"""The pages on which one signs in, changes one's password, sees one's sessions and signs out."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit
from zoneinfo import ZoneInfo

import anyio
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from accounts.models import Account
from accounts.passwords import matches, renewed
from errors import DeskError, NotAllowed
from storage import accounts, content
from storage.database import reading, writing
from web.gate import At, safe_next, session_in
from web.places import SETTINGS, engine, now
from words import LANGUAGES, Words
from workflows.manage_accounts import change_password
from workflows.sign_in import (
    account_to_try,
    begin_session,
    clean_login,
    end_all_sessions,
    end_session,
    refuse_sign_in,
)

PAGES = Path(__file__).resolve().parent.parent / "templates" / "web"
MOST_BYTES = 4096
MOST_TRIES = 30
"""Tries to sign in from one address in a minute, whatever the names."""


@dataclass
class Tries:
    """How often each address tried within this minute."""

    minute: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    def one_more(self, address: str) -> bool:
        """Whether the address may try once more."""
        if (minute := int(now().timestamp() // 60)) != self.minute:
            self.minute, self.counts = minute, {}
        self.counts[address] = self.counts.get(address, 0) + 1
        return self.counts[address] <= MOST_TRIES


TRIES = Tries()


# --- signing in --------------------------------------------------------------------------------------------------

async def show_sign_in(request: Request) -> Response:
    wanted = safe_next(request.query_params.get("next", "/"))
    if await _in_thread(session_in, request.headers):
        return RedirectResponse(wanted, status_code=303)
    # A link from outside arrives without the cookie (SameSite=Strict): ask once more, from here.
    again = "" if "again" in request.query_params else _again(wanted, _words(request).language)
    return _page(request, "sign_in", next=wanted, refresh=again)


def _again(wanted: str, language: str) -> str:
    return f'<meta http-equiv="refresh" content="0; url=/sign-in?again=1&amp;lang={language}&amp;next={quote(wanted, safe="")}">'


async def sign_in(request: Request) -> Response:
    form = await _form(request)
    wanted = safe_next(form.get("next", "/"))
    if not TRIES.one_more(_address(request)):
        return _page(request, "sign_in", status=429, next=wanted, problem=_words(request)("sign_in.too_many"))
    try:
        token = await _in_thread(_try, clean_login(form.get("login", "")), form.get("password", ""), _agent(request))
    except DeskError as error:
        return _page(request, "sign_in", status=401, next=wanted, problem=_words(request).error(error), login=form.get("login", ""))
    return _with_cookie(RedirectResponse(_on_in(wanted, request.query_params.get("lang")), status_code=303), token)


def _try(login: str, password: str, agent: str) -> str:
    at = now()
    with reading(engine()) as connection:
        account = account_to_try(connection, login, now=at)
    kept = account.password_hash if account and account.active else None
    fits = matches(kept, password)
    anew = renewed(kept, password) if fits and kept else None
    with writing(engine()) as connection:
        if fits and account:
            token = secrets.token_urlsafe(32)
            begin_session(connection, account, token, agent=agent, now=at, renewed=anew)
            return token
        refuse_sign_in(connection, login, now=at)
    raise NotAllowed("sign_in_wrong")


# --- one's own account -------------------------------------------------------------------------------------------

async def show_account(request: Request) -> Response:
    at = await _in_thread(session_in, request.headers)
    if at is None:
        return RedirectResponse("/sign-in?next=/sign-in/account", status_code=303)
    return await _in_thread(_account_page, request, at)


def _account_page(request: Request, at: At) -> Response:
    w = _words(request)
    with reading(engine()) as connection:
        open_ones = accounts.sessions(connection, at.account.id)
    rows = "".join(
        f"<li>{escape(_hour(one.begun_at))} · {escape(one.agent or w('account.unknown_browser'))}"
        f"{' · <b>' + escape(w('account.this_one')) + '</b>' if one.id == at.session.id else ''}</li>"
        for one in open_ones
        if one.begun_at >= at.account.sessions_from
    )
    return _page(request, "account", login=at.account.login, sessions=rows)


async def show_password(request: Request) -> Response:
    at = await _in_thread(session_in, request.headers)
    wanted = safe_next(request.query_params.get("next", "/"))
    if at is None:
        return RedirectResponse("/sign-in", status_code=303)
    return _page(request, "password", next=wanted, must=_must(request, at.account))


def _must(request: Request, account: Account) -> str:
    return _words(request)("password.must") if account.must_change else ""


async def set_password(request: Request) -> Response:
    form = await _form(request)
    wanted = safe_next(form.get("next", "/"))
    at = await _in_thread(session_in, request.headers)
    if at is None:
        return RedirectResponse("/sign-in", status_code=303)
    try:
        token = await _in_thread(_change, at, form, _agent(request))
    except DeskError as error:
        must = _must(request, at.account)
        return _page(request, "password", status=400, next=wanted, must=must, problem=_words(request).error(error))
    return _with_cookie(RedirectResponse(wanted, status_code=303), token)


def _change(at: At, form: dict[str, str], agent: str) -> str:
    moment = now()
    with reading(engine()) as connection:
        account = account_to_try(connection, at.account.login, now=moment)
    fits = account is not None and matches(account.password_hash, form.get("old", ""))
    if not fits or account is None:
        with writing(engine()) as connection:
            refuse_sign_in(connection, at.account.login, now=moment)
        raise NotAllowed("password_old_wrong")
    if form.get("new", "") != form.get("again", ""):
        raise NotAllowed("password_differs")
    token = secrets.token_urlsafe(32)
    with writing(engine()) as connection:
        change_password(connection, account, password=form.get("new", ""), common=content.common_passwords(), now=moment)
        begin_session(connection, accounts.get(connection, account.id), token, agent=agent, now=moment)
    return token


async def sign_out(request: Request) -> Response:
    form = await _form(request)
    at = await _in_thread(session_in, request.headers)
    if at:
        await _in_thread(_leave, at, "everywhere" in form)
    answer = RedirectResponse("/sign-in?again=1", status_code=303)
    answer.delete_cookie(SETTINGS.cookie, path="/", secure=SETTINGS.https, httponly=True, samesite="strict")
    return answer


def _leave(at: At, everywhere: bool) -> None:
    with writing(engine()) as connection:
        if everywhere:
            end_all_sessions(connection, at.account.id, actor=at.account.login, now=now())
        end_session(connection, at.session, now=now())


# --- small things ------------------------------------------------------------------------------------------------

async def _form(request: Request) -> dict[str, str]:
    """A small form of plain fields; anything larger is nothing."""
    if int(request.headers.get("content-length") or MOST_BYTES + 1) > MOST_BYTES:
        return {}
    async with request.form(max_files=0, max_fields=8) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _page(request: Request, name: str, status: int = 200, **values: Any) -> Response:
    w = _words(request)
    wanted = str(values.get("next", "/"))
    holes = {"problem": "", "login": "", "must": ""} | {key: escape(str(value)) for key, value in values.items()}
    for raw in ("sessions", "refresh"):
        holes[raw] = str(values.get(raw, ""))
    holes |= {"next": escape(wanted, quote=True), "code": w.language, "lang": LANGUAGE_TAGS[w.language]}
    holes["languages"] = _languages(w, wanted, "again" in request.query_params)
    body = Template((PAGES / f"{name}.html").read_text(encoding="utf-8"))
    frame = Template((PAGES / "frame.html").read_text(encoding="utf-8"))
    said = _Said(w, holes)
    return HTMLResponse(frame.substitute(_Said(w, holes | {"body": body.substitute(said)})), status_code=status, headers=NOT_KEPT)


NOT_KEPT = {"Cache-Control": "no-store"}
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}


def _languages(w: Words, wanted: str, again: bool) -> str:
    """Links to the same page in the other languages."""
    keep = {"next": wanted} | ({"again": "1"} if again else {})
    return " ".join(
        f'<a href="?{escape(urlencode({"lang": other} | keep))}" lang="{tag}">{escape(w(f"language.{other}"))}</a>'
        for other, tag in LANGUAGE_TAGS.items()
        if other != w.language
    )


def _on_in(wanted: str, language: str | None) -> str:
    """The same place in the language that was chosen on the way there."""
    if language not in LANGUAGES:
        return wanted
    parts = urlsplit(wanted)
    others = {name: values for name, values in parse_qs(parts.query).items() if name != "lang"}
    return parts._replace(query=urlencode(others | {"lang": [language]}, doseq=True)).geturl()


class _Said(dict[str, str]):
    """Fills $w_<key> from the words of the reader's language and the rest from what is given."""

    def __init__(self, w: Words, holes: dict[str, str]) -> None:
        super().__init__(holes)
        self._w = w

    def __missing__(self, name: str) -> str:
        return escape(self._w(name.removeprefix("w_").replace("__", ".")))


def _words(request: Request) -> Words:
    """In the language asked for, or that of the page one is on the way to."""
    on_the_way = parse_qs(urlsplit(request.query_params.get("next", "")).query).get("lang", [""])[0]
    asked = request.query_params.get("lang") or on_the_way
    return content.words(asked if asked in LANGUAGES else SETTINGS.language)


def _with_cookie(answer: Response, token: str) -> Response:
    answer.set_cookie(SETTINGS.cookie, token, path="/", secure=SETTINGS.https, httponly=True, samesite="strict")
    return answer


def _agent(request: Request) -> str:
    return "".join(letter for letter in request.headers.get("user-agent", "") if letter.isprintable())[:300]


def _address(request: Request) -> str:
    if SETTINGS.behind_proxy and (named := request.headers.get("x-real-ip")):
        return named
    return request.client.host if request.client else ""


def _hour(at: Any) -> str:
    return f"{at.astimezone(ZoneInfo(SETTINGS.zone)):%Y-%m-%d %H:%M} ({SETTINGS.zone})"


async def _in_thread(work: Callable[..., Any], *args: Any) -> Any:
    return await anyio.to_thread.run_sync(lambda: work(*args))


ROUTES = [
    Route("/sign-in", show_sign_in, methods=["GET"]),
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/sign-in/password", show_password, methods=["GET"]),
    Route("/sign-in/password", set_password, methods=["POST"]),
    Route("/sign-in/account", show_account, methods=["GET"]),
    Route("/sign-in/out", sign_out, methods=["POST"]),
]
