"""`desk.py serve`: the web server as `run` starts it. Prints its port first; with `--child` it ends with its parent."""

import errno
import logging
import os
import socket
import sys

from commands import logs, parent
from commands.options import switches
from commands.say import say
from errors import Unavailable
from settings import Settings

PORTS_TRIED = 100
TAKEN = {errno.EADDRINUSE, errno.EACCES}


def main(name: str, arguments: list[str]) -> int:
    chosen = switches(name, arguments, "--child")
    settings = Settings.from_environment(os.environ)
    logs.configure(settings, "serve")
    if settings.sign_in == "local":
        _somebody_can_sign_in(settings)
    listening = listen(settings)
    print(listening.getsockname()[1], flush=True)
    if "--child" in chosen:
        parent.end_with_parent()
    return _serve(listening)


def _somebody_can_sign_in(settings: Settings) -> None:
    """Raises Unavailable where accounts are asked for and there is none."""
    from storage import accounts
    from storage.database import make_engine, reading, upgrade

    engine = make_engine(settings.database_url)
    try:
        upgrade(engine)
        with reading(engine) as connection:
            if not accounts.any_account(connection):
                raise Unavailable("door.no_accounts")
    finally:
        engine.dispose()


def listen(settings: Settings) -> socket.socket:
    """A listening socket on the wanted port, or on the next free one where nobody chose it. Raises Unavailable."""
    last = settings.port if settings.port_is_chosen else settings.port + PORTS_TRIED
    for port in range(settings.port, last + 1):
        listening = _bound(settings.host, port)
        if listening:
            if port != settings.port:
                say("door.port_taken", wanted=settings.port, port=port)
            return listening
    raise Unavailable("door.port_in_use", port=settings.port)


def _bound(host: str, port: int) -> socket.socket | None:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform == "win32":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as cause:
        listening.close()
        if cause.errno in TAKEN:
            return None
        raise
    return listening


def _serve(listening: socket.socket) -> int:
    import uvicorn

    from streamlit_app import app, largest_message

    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=largest_message(),
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=2,
    )
    logs.adopt("streamlit", "uvicorn", "websockets")
    logging.getLogger("uvicorn.access").disabled = True
    server = uvicorn.Server(config)
    server.run(sockets=[listening])
    return 0 if server.started else 1
