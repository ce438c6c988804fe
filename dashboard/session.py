"""Who looks at the desk, at which incident, in which language; and the one way in which a page does a deed.

The address carries incident, language and person, so that a reload or a link opens the same screen.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, TypeVar, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from accounts.models import DESK, Caller, acting
from errors import DeskError, NotAllowed
from incidents.clocks import case_now
from incidents.models import Incident, Person
from settings import Settings
from statements.guard import check
from storage import accounts, content, database, incidents
from words import LANGUAGES, Words
from workflows.deed import may_see, refusal_of
from workflows.note_refusal import note_refusal
from workflows.sign_in import caller_of, is_to_note, session_at
from workflows.sign_in_elsewhere import caller_by_claims, roles_by

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    settings: Settings
    engine: database.Engine


@st.cache_resource(show_spinner=False)
def desk() -> Desk:
    settings = Settings.from_environment(os.environ)
    engine = database.make_engine(settings.database_url)
    database.upgrade(engine)
    return Desk(settings, engine)


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def reading() -> Iterator[database.Connection]:
    with database.reading(desk().engine) as connection:
        yield connection


def _once(name: str, ask: Callable[[], T]) -> T:
    """What `ask` finds, asked once in a run of the page and once more after a deed: a page needs the same few rows in
    dozens of places."""
    run = get_script_run_ctx()
    if run is None:
        return ask()
    of, found = st.session_state.get(_KEPT, (None, {}))
    if of is not run.cursors:  # these are made anew for every run, that of a refreshing part too
        found = {}
        st.session_state[_KEPT] = (run.cursors, found)
    if name not in found:
        found[name] = ask()
    return cast(T, found[name])


_KEPT = "kept_in_this_run"


# --- who, where, in which language -------------------------------------------------------------------------------

def open_session() -> None:
    """Take language, incident and person from the address, and keep the address in step. Once a run, before any page."""
    for name in ("lang", "incident", "me"):
        if name not in st.session_state and name in st.query_params:
            st.session_state[name] = st.query_params[name]
    st.session_state.setdefault("lang", desk().settings.language)
    if st.session_state.lang not in LANGUAGES:
        st.session_state.lang = LANGUAGES[0]
    for name in ("lang", "incident", "me"):
        wanted = str(st.session_state.get(name) or "")
        if wanted and st.query_params.get(name) != wanted:
            st.query_params[name] = wanted
        elif not wanted and name in st.query_params:
            del st.query_params[name]


def language() -> str:
    return str(st.session_state.get("lang") or LANGUAGES[0])


def words() -> Words:
    return content.words(language())


def incident() -> Incident | None:
    """The incident on the desk, or None where none is chosen, it is gone, or it is not for this person to know of."""
    number = str(st.session_state.get("incident") or "")
    if not number.isdigit():
        return None
    found = _once(f"incident:{number}", lambda: _visible(int(number)))
    if found is None:
        st.session_state.incident = ""
    return found


def _visible(number: int) -> Incident | None:
    try:
        with reading() as connection:
            found = incidents.get(connection, number)
            return found if may_see(connection, caller(), found.id) else None
    except DeskError:
        return None


def all_incidents() -> tuple[Incident, ...]:
    """Every incident that this person may know of, the newest first."""
    who = caller()
    with reading() as connection:
        return tuple(one for one in incidents.all_of(connection) if may_see(connection, who, one.id))


def choose_incident(incident_id: int | None) -> None:
    """Put an incident on the desk. Somebody of the office stays who they are; an example's people stay in it."""
    person = me()
    st.session_state.incident = str(incident_id or "")
    if person is None or person.incident_id is not None:
        st.session_state.pop("me", None)


def people() -> tuple[Person, ...]:
    chosen = incident()
    return _once(f"people:{chosen.id if chosen else ''}", lambda: _people(chosen.id if chosen else None))


def _people(incident_id: int | None) -> tuple[Person, ...]:
    with reading() as connection:
        return incidents.people(connection, incident_id)


def me() -> Person | None:
    """The person at this screen: whoever signed in, or, on a machine without accounts, whom they say they are."""
    if has_owner():
        number = str(st.session_state.get("me") or "")
    else:
        who = _who()
        number = str(who.person_id) if who else ""
    return next((one for one in people() if str(one.id) == number), None)


# --- who is let in -----------------------------------------------------------------------------------------------

def has_owner() -> bool:
    """Whether this desk stands on one machine whose owner needs no account."""
    return desk().settings.sign_in == "owner"


def caller() -> Caller:
    """On whose behalf this run of the page acts. Raises NotAllowed("nobody_signed_in") after signing out or idling."""
    found = _who()
    if found is None:
        raise NotAllowed("nobody_signed_in")
    return found


def _who() -> Caller | None:
    """Asked anew in every run and before every deed: a session may have ended elsewhere, a role may have been taken."""
    return _once("who", _signed_in)


def _signed_in() -> Caller | None:
    settings = desk().settings
    if settings.sign_in == "owner":
        return DESK
    if settings.sign_in == "oidc":
        return _vouched_for(settings)
    with reading() as connection:
        found = session_at(connection, st.context.cookies.get(settings.cookie, ""), idle=settings.idle, now=now())
        if found is None or found[1].must_change:
            return None
        stands = caller_of(connection, found[1])
    if is_to_note(found[0], now()):
        with database.writing(desk().engine) as connection:
            accounts.seen(connection, found[0].id, now())
    return stands


def _vouched_for(settings: Settings) -> Caller | None:
    if not st.user.is_logged_in:
        return None
    claims = st.user.to_dict()
    roles = roles_by(claims, settings.oidc_claim, settings.oidc_roles)
    with database.writing(desk().engine) as connection:
        return caller_by_claims(connection, claims, roles, now=now())


def is_let_in() -> bool:
    """Whether anything may be shown at all: to somebody with a role, or who takes part in an incident by name."""
    who = is_known()
    if who is None or who.person_id is None:
        return who is not None and who.trusted
    with reading() as connection:
        return bool(who.roles) or accounts.takes_part(connection, who.person_id)


def is_known() -> Caller | None:
    """Who is there, whatever they may do; None for nobody."""
    return _who()


def my_name() -> str | None:
    person = me()
    return person.name if person else None


def here_now(at: Incident) -> datetime:
    return case_now(at, now())


# --- deeds -------------------------------------------------------------------------------------------------------

def do(deed: Callable[..., T], *args: Any, said: str | None = None, field: str | None = None, **kwargs: Any) -> T | None:
    """One deed in one transaction. Its error becomes a notice (at `field`, where one is named) and None comes back.

    `said` is the key of what to say when it is done.
    """
    clear(field)
    st.session_state.pop(_KEPT, None)
    try:
        with acting(caller()), database.writing(desk().engine) as connection:
            done = deed(connection, *args, now=now(), **kwargs)
    except DeskError as error:
        _remember(error, field)
        _note_refusal(error)
        return None
    finally:
        st.session_state.pop(_KEPT, None)
    if said:
        st.session_state["done"] = said
    return done


def _note_refusal(error: DeskError) -> None:
    refused = refusal_of(error)
    if refused:
        with suppress(DeskError), database.writing(desk().engine) as connection:
            note_refusal(connection, refused, actor=caller().name, now=now())


def plain(deed: Callable[..., T]) -> Callable[..., T]:
    """A deed that does not ask for the time."""
    return lambda connection, *args, now, **kwargs: deed(connection, *args, **kwargs)


def _remember(error: DeskError, field: str | None) -> None:
    st.session_state["notice" if field is None else f"notice:{field}"] = error


def notice(field: str | None = None) -> DeskError | None:
    return st.session_state.get("notice" if field is None else f"notice:{field}")


def clear(field: str | None = None) -> None:
    st.session_state.pop("notice" if field is None else f"notice:{field}", None)


@cache
def checker() -> Callable[[str, str], Any]:
    """The guard over a text: (text, language) → what it objects to. The same text is read once."""
    guard = content.guard()
    return lru_cache(maxsize=4096)(lambda text, language: check(text, language, guard))
