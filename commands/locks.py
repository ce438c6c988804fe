"""One process at a time: a lock the system itself lets go of when its holder dies, however it dies."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}
FAR_BEYOND = 1 << 30


def take(path: Path, wait: bool) -> int | None:
    """The open lock file's descriptor, or None where another process holds the lock and `wait` is false."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle, wait)
    except OSError as refused:
        if refused.errno in HELD:
            os.close(handle)
            return None
    return handle  # locked, or on a network disk that knows no locks: then two at once is the smaller evil


def _lock(handle: int, wait: bool) -> None:
    if sys.platform == "win32":
        os.lseek(handle, FAR_BEYOND, os.SEEK_SET)  # Windows lets nobody read what is locked
        msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


@contextmanager
def held(path: Path) -> Iterator[int]:
    """Hold the lock, waiting for it as long as it takes."""
    handle = None
    while handle is None:  # Windows gives up waiting after ten seconds
        handle = take(path, wait=True)
    try:
        yield handle
    finally:
        os.close(handle)
