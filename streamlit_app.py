"""The web door: Streamlit's own server with the routes, headers and refusals of web/ around it; the pages are dashboard/'s.

Runs under `desk.py run`, and as `streamlit run streamlit_app.py` or `uvicorn streamlit_app:app` as well.
"""

import logging
import os
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from commands import logs
from errors import DeskError
from settings import LOCAL_HOSTS
from storage.content import words
from web import entering, health, organisation
from web.gate import Gate
from web.headers import Refusals, SecurityHeaders
from web.places import SETTINGS
from web.shell import OwnShell

ROOT = Path(__file__).resolve().parent
LOG = logging.getLogger("desk.web")


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


organisation.prepare()
app = st.App(
    ROOT / "dashboard" / "main.py",
    routes=[*health.ROUTES, *entering.ROUTES],
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=[*LOCAL_HOSTS, *SETTINGS.allowed_hosts], www_redirect=False),
        Middleware(Refusals),
        Middleware(Gate),
        Middleware(OwnShell),
    ],
    lifespan=lifespan,
    on_script_error=show_script_error,
)
