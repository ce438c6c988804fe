"""Reads feeds over HTTP: many at once, each bounded in time and bytes, none from an inner network.

Addresses are judged where the socket is made, so a name that changes its address between asking and connecting gains
nothing. Whatever goes wrong comes back as a Problem; nothing is raised.
"""

import asyncio
import socket
import ssl
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from yarl import URL

from monitoring.addresses import is_public
from monitoring.models import Fetched, FetchLimits, FetchRequest, Problem
from monitoring.unpacking import Body, Spoilt, TooMuch

LIMITS = FetchLimits()
HOST_GIVES_UP_AFTER = 3
"""So many time-outs or refused connections in one call, and the host's other feeds are not tried in it."""
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_REDIRECTS = {301, 302, 303, 307, 308}
_HOST_IS_DOWN = {"fetch.timeout", "fetch.unreachable", "fetch.no_such_host"}


class _Refused(Exception):
    def __init__(self, key: str, **facts: Any) -> None:
        self.problem = Problem(key, facts)


class _InnerNetwork(OSError):
    pass


async def fetch_all(
    requests: Iterable[FetchRequest], limits: FetchLimits = LIMITS, allow_private: bool = False
) -> list[Fetched]:
    """Every answer, in the order of the requests. Raises nothing."""
    asked = list(requests)
    answers = {answer.id: answer async for answer in fetch_each(asked, limits, allow_private)}
    return [answers[request.id] for request in asked]


async def fetch_each(
    requests: Iterable[FetchRequest], limits: FetchLimits = LIMITS, allow_private: bool = False
) -> AsyncIterator[Fetched]:
    """Answers as they come in. `allow_private` lets addresses of inner networks through: for tests and intranets."""
    async with _session(limits, allow_private) as session:
        reader = _Reader(session, limits)
        tasks = [asyncio.ensure_future(reader.read(request)) for request in requests]
        try:
            for done in asyncio.as_completed(tasks):
                yield await done
        finally:
            for task in tasks:
                task.cancel()


def _session(limits: FetchLimits, allow_private: bool) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(
        limit=limits.at_once,
        limit_per_host=0,
        socket_factory=_any_socket if allow_private else _public_socket,
        resolver=aiohttp.ThreadedResolver(),
        ttl_dns_cache=60,
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=limits.connect_seconds),
        headers={"User-Agent": limits.user_agent, "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate, br"},
    )


def _any_socket(info: Any) -> socket.socket:
    family, kind, protocol, _, _ = info
    return socket.socket(family, kind, protocol)


def _public_socket(info: Any) -> socket.socket:
    if not is_public(info[4][0]):
        raise _InnerNetwork("inner network")
    return _any_socket(info)


class _Reader:
    """One call's work: the queue before each host, and which hosts have been given up."""

    def __init__(self, session: aiohttp.ClientSession, limits: FetchLimits) -> None:
        self._session, self._limits = session, limits
        self._all = asyncio.Semaphore(limits.at_once)
        self._hosts: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(limits.per_host))
        self._down: dict[str, list[Problem]] = defaultdict(list)

    async def read(self, request: FetchRequest) -> Fetched:
        try:
            url = _checked(request.url)
        except _Refused as refused:
            return Fetched(request.id, problem=refused.problem, final_url=request.url)
        host = url.host or ""
        async with self._hosts[host], self._all:
            if len(self._down[host]) >= HOST_GIVES_UP_AFTER:
                return Fetched(request.id, problem=self._down[host][-1], final_url=request.url)
            started = time.monotonic()
            answer = await self._bounded(request, url)
        if answer.error_key in _HOST_IS_DOWN and answer.problem:
            self._down[host].append(answer.problem)
        return replace(answer, seconds=time.monotonic() - started)

    async def _bounded(self, request: FetchRequest, url: URL) -> Fetched:
        try:
            async with asyncio.timeout(self._limits.total_seconds):
                return await self._follow(request, url)
        except Exception as error:
            problem = _problem(error, url.host or "", self._limits)
            return Fetched(request.id, problem=problem, final_url=request.url, retry_after=_pause(error))

    async def _follow(self, request: FetchRequest, url: URL) -> Fetched:
        conditions = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        for_good = True
        for _ in range(self._limits.max_redirects + 1):
            async with self._session.get(url, headers=headers, allow_redirects=False) as response:
                if response.status not in _REDIRECTS:
                    answer = await self._answer(request, response)
                    return replace(answer, moved_for_good=for_good and str(url) != request.url)
                for_good = for_good and response.status in (301, 308)
                url = _next(url, response)
        raise _Refused("fetch.too_many_redirects", most=self._limits.max_redirects)

    async def _answer(self, request: FetchRequest, response: aiohttp.ClientResponse) -> Fetched:
        headers = response.headers
        answer = Fetched(
            request.id,
            status=response.status,
            etag=_short(headers.get("ETag")),
            last_modified=_short(headers.get("Last-Modified")),
            final_url=str(response.url),
            content_type=_short(headers.get("Content-Type")),
        )
        if response.status == 304:
            modified = answer.last_modified or request.last_modified
            return replace(answer, etag=answer.etag or request.etag, last_modified=modified)
        if response.status != 200:
            raise _StatusRefused(response)
        return replace(answer, body=await self._body(response))

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        most = self._limits.max_bytes
        if (response.content_length or 0) > most:
            raise TooMuch
        body = Body(response.headers.get("Content-Encoding", ""), most)
        async for piece in response.content.iter_chunked(64 * 1024):
            body.add(piece)
        return body.whole()


class _StatusRefused(_Refused):
    def __init__(self, response: aiohttp.ClientResponse) -> None:
        named = {401: "locked", 403: "locked", 404: "gone", 410: "gone", 429: "busy", 503: "busy"}
        super().__init__(f"fetch.{named.get(response.status, 'status')}", status=response.status)
        self.pause = _seconds(response.headers.get("Retry-After"))


def _pause(error: Exception) -> float | None:
    return error.pause if isinstance(error, _StatusRefused) else None


def _seconds(retry_after: str | None) -> float | None:
    """Retry-After as seconds, from a number or from a date; at most a day."""
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return min(float(retry_after[:9]), 86_400.0)
    try:
        return max(0.0, min(parsedate_to_datetime(retry_after).timestamp() - time.time(), 86_400.0))
    except (ValueError, TypeError, OverflowError):
        return None


def _checked(text: str) -> URL:
    try:
        url = URL(text.strip())
        host, _ = url.host, url.port
    except (ValueError, TypeError) as cause:
        raise _Refused("fetch.bad_address") from cause
    if url.scheme not in ("http", "https"):
        raise _Refused("fetch.not_http", scheme=url.scheme[:20])
    if not host or any(letter.isspace() or letter in "<>\"'%" for letter in host):
        raise _Refused("fetch.bad_address")
    return url


def _next(url: URL, response: aiohttp.ClientResponse) -> URL:
    try:
        return _checked(str(url.join(URL(response.headers["Location"]))))
    except (KeyError, ValueError) as cause:
        raise _Refused("fetch.bad_redirect") from cause


def _short(value: str | None) -> str | None:
    """A header worth sending back; one nobody could store is dropped."""
    return value if value and len(value) <= 200 and value.isprintable() else None


def _problem(error: Exception, host: str, limits: FetchLimits) -> Problem:
    """What happened, in words a key stands for. Narrow kinds before the wide ones they belong to."""
    if isinstance(error, _Refused):
        return error.problem
    if isinstance(error, aiohttp.InvalidURL):
        return Problem("fetch.bad_address")
    if isinstance(error, TimeoutError):
        return Problem("fetch.timeout", {"host": host, "seconds": round(limits.total_seconds)})
    if isinstance(error, TooMuch):
        return Problem("fetch.too_big", {"megabytes": round(limits.max_bytes / 1024**2, 1)})
    if isinstance(error, Spoilt | aiohttp.ClientPayloadError | aiohttp.ContentTypeError):
        return Problem("fetch.spoilt", {"host": host})
    if _caused_by(error, _InnerNetwork):
        return Problem("fetch.inner_network", {"host": host})
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError | aiohttp.ServerFingerprintMismatch):
        return Problem("fetch.certificate", {"host": host})
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Problem("fetch.no_such_host", {"host": host})
    if isinstance(error, OSError | aiohttp.ClientConnectionError):
        return Problem("fetch.unreachable", {"host": host})
    return Problem("fetch.no_answer", {"host": host, "kind": type(error).__name__})


def _caused_by(error: BaseException | None, kind: type[BaseException]) -> bool:
    seen: list[BaseException | None] = []
    while error is not None and error not in seen:
        if isinstance(error, kind) or isinstance(getattr(error, "os_error", None), kind):
            return True
        seen.append(error)
        error = error.__cause__ or error.__context__
    return False
