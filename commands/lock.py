"""`desk.py lock`: requirements*.txt resolved anew, for every supported Python and system, with hashes."""

import shutil
import subprocess

from commands.bootstrap import ROOT
from commands.options import switches
from commands.say import say
from errors import Unavailable

RESOLVE = ("pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--quiet")


def main(name: str, arguments: list[str]) -> int:
    upgrade = switches(name, arguments, "--upgrade")
    uv = shutil.which("uv")
    if uv is None:
        raise Unavailable("door.no_uv")
    for source, lock, bound in (
        ("requirements.txt", "requirements.lock", []),
        ("requirements-dev.txt", "requirements-dev.lock", ["-c", "requirements.lock"]),
    ):
        done = subprocess.run([uv, *RESOLVE, *upgrade, source, *bound, "-o", lock], cwd=ROOT)
        if done.returncode:
            return done.returncode
    say("door.locked", names="requirements.lock, requirements-dev.lock")
    return 0
