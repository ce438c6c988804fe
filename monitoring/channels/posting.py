"""One POST, bounded in time and bytes, to no inner network, following no redirect. Addresses never reach a log: they hold keys."""

import asyncio

import aiohttp

from monitoring.channels.models import Answer, Outcome, Post
from monitoring.fetch import _checked, _problem, _Refused, _seconds, _session
from monitoring.models import FetchLimits

LIMITS = FetchLimits(total_seconds=15.0, connect_seconds=8.0, max_bytes=64 * 1024, max_redirects=0)
HEADERS = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json, */*", "Accept-Encoding": "identity"}
_HOPELESS = ("fetch.bad_address", "fetch.not_http", "fetch.inner_network")


async def post(request: Post, allow_private: bool = False) -> Answer | Outcome:
    """The server's answer, or the outcome where none came. Raises nothing."""
    host = ""
    try:
        url = _checked(request.url)
        host = url.host or ""
        async with (
            asyncio.timeout(LIMITS.total_seconds), _session(LIMITS, allow_private) as session,
            session.post(url, data=request.body, headers=HEADERS, allow_redirects=False) as response,
        ):  # fmt: skip
            body = await response.content.read(LIMITS.max_bytes)
            return Answer(response.status, body, _seconds(response.headers.get("Retry-After")))
    except (_Refused, aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        problem = _problem(error, host, LIMITS)
        never_left = isinstance(error, _Refused | aiohttp.ClientConnectorError | aiohttp.InvalidURL)
        return Outcome(problem, again=problem.key not in _HOPELESS, unsure=not never_left)
