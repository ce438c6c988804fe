"""From an exception to one sentence and an exit status."""

import errno
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from commands.say import say_error
from errors import DeskError, Unavailable

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if hasattr(errno, "EDQUOT") else {errno.ENOSPC, errno.EFBIG}
READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}
NO_FOLDER = {errno.ENOTDIR, errno.EEXIST, errno.ENOENT, errno.ENAMETOOLONG, errno.EINVAL}


@dataclass
class Outcome:
    status: int = 1


@contextmanager
def plainly() -> Iterator[Outcome]:
    """Run a command; what a person can mend becomes a sentence, a defect keeps its trace under a sentence."""
    outcome = Outcome()
    try:
        yield outcome
    except KeyboardInterrupt:
        outcome.status = 130
    except BrokenPipeError:
        outcome.status = 1
    except Exception as error:
        known = as_desk_error(error)
        if known is None:
            traceback.print_exc(file=sys.stderr)
        say_error(known or DeskError("door.defect"))


def as_desk_error(error: Exception) -> DeskError | None:
    """The failure as a person should read about it, or None where it is a defect of the desk's own."""
    if isinstance(error, DeskError):
        return error
    if isinstance(error, ModuleNotFoundError) and not _ours(error.name or ""):
        return Unavailable("door.not_installed", module=error.name)
    if isinstance(error, OSError) and error.errno in FULL:
        return Unavailable("door.disk_full", file=error.filename or "stdout")
    if isinstance(error, OSError) and error.filename and error.errno in READ_ONLY | NO_FOLDER:
        return Unavailable("door.unwritable", file=error.filename, why=error.strerror)
    return None


def _ours(module: str) -> bool:
    from commands.say import UI

    return (UI.parent.parent / module.split(".")[0]).exists()
