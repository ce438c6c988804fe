"""The one place where it is decided whether somebody may do a deed. Every deed that changes something wears `@deed`."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from inspect import Signature, signature
from typing import Any, ParamSpec, TypeVar

from accounts.models import Caller, acting, caller
from accounts.rights import ADMINISTRATOR, RIGHTS
from errors import DeskError, NotAllowed, NotFound
from storage import accounts, scopes
from storage.database import Connection

P = ParamSpec("P")
R = TypeVar("R")
log = logging.getLogger("desk.refused")


@dataclass(frozen=True)
class Refusal:
    """Which deed was refused, to whom and where, by number; `why` is the key of the error."""

    deed: str
    person_id: int | None
    incident_id: int | None
    why: str


def deed(function: Callable[P, R]) -> Callable[P, R]:
    """A deed that asks, before it begins, whether the caller may do it; what it calls on the way is part of it.

    Raises NotAllowed("no_right") for a role that lacks it, NotFound where the incident is not the caller's to know of,
    NotAllowed("not_you") where it would be done in somebody else's name. Each of these leaves a line in the log.
    """
    shape, name = signature(function), function.__name__

    @wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        who = caller()
        if who.trusted:
            return function(*args, **kwargs)
        given = shape.bind(*args, **kwargs).arguments
        try:
            given = _in_own_name(who, shape, given)
            allow(given["connection"], who, name, given)
        except (NotAllowed, NotFound) as error:
            _written_down(error, who, name, given)
            raise
        try:
            with acting(replace(who, trusted=True)):
                return function(**given)  # type: ignore[call-arg]  # bound to its shape above
        except NotAllowed as error:
            if error.key == "not_you":  # see `ask_for_own`
                _written_down(error, who, name, given)
            raise

    checked.__dict__["is_deed"] = True
    return checked


def _written_down(error: DeskError, who: Caller, name: str, given: Mapping[str, Any]) -> None:
    """A line in the log that holds numbers and no names; the error carries what was refused, for `refusal_of`."""
    refused = Refusal(name, who.person_id, scopes.incident_of(given["connection"], given), error.key)
    about = {"deed": name, "person": refused.person_id, "incident": refused.incident_id, "why": refused.why}
    log.warning("refused", extra=about)
    error.__dict__["refusal"] = refused


def refusal_of(error: DeskError) -> Refusal | None:
    """What was refused, where a deed was refused for want of a right; None for every other error."""
    found: Refusal | None = error.__dict__.get("refusal")
    return found


def allow(connection: Connection, who: Caller, name: str, given: Mapping[str, Any]) -> None:
    """Whether `who` may do the deed `name` on what `given` names. Raises NotAllowed, NotFound."""
    if name not in RIGHTS:
        raise NotAllowed("no_right", deed=name)
    incident_id = scopes.incident_of(connection, given)
    if incident_id is not None and not may_see(connection, who, incident_id):
        raise NotFound("not_found", what="incident")
    if not roles_of(connection, who, incident_id) & RIGHTS[name]:
        raise NotAllowed("no_right", deed=name)


def ask_for_own(*people: int) -> None:
    """For what only these people or an administrator may decide. Raises NotAllowed("not_you") for anybody else who signed in."""
    who = caller()
    is_somebody = who.person_id is not None or who.name is not None
    if is_somebody and who.person_id not in people and ADMINISTRATOR not in who.roles:
        raise NotAllowed("not_you")


def roles_of(connection: Connection, who: Caller, incident_id: int | None) -> frozenset[str]:
    """The roles somebody has everywhere and in this incident."""
    if incident_id is None or who.person_id is None:
        return who.roles
    return who.roles | (accounts.roles_in(connection, incident_id, who.person_id) or frozenset())


def may_see(connection: Connection, who: Caller, incident_id: int) -> bool:
    """Anybody with a role sees an incident that is not restricted; a restricted one only who takes part in it by name."""
    if who.trusted:
        return True
    mine = None if who.person_id is None else accounts.roles_in(connection, incident_id, who.person_id)
    return mine is not None or (bool(who.roles) and not scopes.is_restricted(connection, incident_id))


def _in_own_name(who: Caller, shape: Signature, given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments with the caller as the one who acts."""
    own = dict(given)
    if "actor" in shape.parameters:
        own["actor"] = who.name
    if "decided_by" in own and own["decided_by"] != who.person_id:
        raise NotAllowed("not_you")
    if "person_id" in own and _decides(shape) and own["person_id"] != who.person_id:
        raise NotAllowed("not_you")
    return own


def _decides(shape: Signature) -> bool:
    """Deeds that take a person and no actor are decisions of that person."""
    return "actor" not in shape.parameters
