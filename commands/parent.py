"""A child process ends with its parent, however the parent ends."""

import os
import signal
import sys
import threading

GRACE = 5.0  # seconds between being told to end and being ended


def end_with_parent() -> None:
    """Watch the pipe on standard input, whose other end only the parent holds: it closes even on kill -9."""
    threading.Thread(target=_watch, name="parent-watch", daemon=True).start()


def _watch() -> None:
    try:
        while os.read(0, 1024):
            pass
    except OSError:
        pass
    threading.Timer(GRACE, _end_now).start()
    if sys.platform == "win32":
        signal.raise_signal(signal.SIGTERM)
    else:  # to the main thread, which may be asleep in a system call
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)


def _end_now() -> None:
    """This process and what it has started itself: it leads its own process group."""
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)
