"""Content the pages hand to the deeds, read once a process."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from dashboard import session
from storage import content, content_versions, incidents
from workflows.take_stock import take_stock
from workflows.tools import Tools

T = TypeVar("T")


def tools() -> Tools:
    """With the templates as they stand in the database now: somebody may have edited one in another process."""
    with session.reading() as connection:
        return replace(_shipped(), kit=content_versions.kit(connection))


@cache
def _shipped() -> Tools:
    return Tools(content.type_model(), content.catalogue(), content.statement_kit(), session.checker())


def with_stock(deed: Callable[..., T], incident_id: int) -> Callable[..., T]:
    """The deed, and in the same transaction the type and the groups judged anew from what it changed."""

    def both(connection: Any, *args: Any, now: datetime, **kwargs: Any) -> T:
        done = deed(connection, *args, now=now, **kwargs)
        if incidents.get(connection, incident_id).status == "open":
            take_stock(connection, incident_id, tools=tools(), now=now)
        return done

    return both
