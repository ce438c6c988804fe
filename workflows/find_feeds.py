"""From the address of a site, or of a feed, to the feeds that can be read there: each tried before anybody adds it."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from urllib.parse import urljoin

from monitoring.models import Problem
from monitoring.zones import likely_zone
from workflows.add_feed import Trial, try_feed, with_scheme
from workflows.parse_guarded import ParseGuard

USUAL = ("/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/rss", "/index.xml", "/feed.json")
"""Where feeds commonly lie, tried where a page names none."""
MOST = 4
MOST_TRIED = 8


async def find_feeds(
    url: str, *, zone: str, now: datetime, guard: ParseGuard, allow_private: bool = False, most: int = MOST
) -> tuple[Trial, ...]:
    """What was found, each with the zone its dates most likely are in. One Trial with a `problem` where there is nothing.

    Raises nothing. Addresses of an inner network are refused by the fetching itself, redirects included.
    """
    tried_as = partial(try_feed, now=now, guard=guard, allow_private=allow_private)
    first = await tried_as(url, zone=likely_zone(with_scheme(url), None, zone))
    if first.problem is None:
        return (first,)
    if first.problem.key not in ("parse.html_page", "parse.no_feed", "fetch.gone", "fetch.status"):
        return (first,)
    named = [one.url for one in first.offered]
    tried = named or [urljoin(first.url, path) for path in USUAL]
    found: list[Trial] = []
    for address in tried[:MOST_TRIED]:
        trial = await tried_as(address, zone=likely_zone(address, None, zone))
        if trial.problem is None and not any(_same(trial, one) for one in found):
            found.append(trial)
        if len(found) >= most:
            break
    return tuple(found) or (replace(first, problem=_nothing(first.problem)),)


def _same(one: Trial, other: Trial) -> bool:
    return one.url == other.url or (one.title, one.items) == (other.title, other.items)


def _nothing(problem: Problem) -> Problem:
    return Problem("feed.none_found") if problem.key == "parse.html_page" else problem
