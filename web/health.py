"""Small answers: alive, ready, and the few lines behind the copy buttons."""

import logging
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from errors import DeskError
from storage.database import is_current
from web.places import engine

LOG = logging.getLogger("desk.web")
COPY_SCRIPT = (Path(__file__).resolve().parent.parent / "dashboard" / "components" / "copy.js").read_text(encoding="utf-8")


def livez(_request: Request) -> JSONResponse:
    """The process answers."""
    return JSONResponse({"status": "alive"})


def copy_script(_request: Request) -> Response:
    """The few lines behind the copy buttons: the content policy lets a page run nothing inline."""
    return Response(COPY_SCRIPT, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


def readyz(_request: Request) -> JSONResponse:
    """The database answers and its schema is the one this version knows."""
    try:
        if is_current(engine()):
            return JSONResponse({"status": "ready"})
        why = "migrations"
    except DeskError as error:
        why = error.key
    except Exception:
        LOG.exception("not ready")
        why = "database"
    return JSONResponse({"status": "not ready", "why": why}, status_code=503)


ROUTES = [Route("/livez", livez), Route("/readyz", readyz), Route("/desk/copy.js", copy_script)]
