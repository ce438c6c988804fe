"""How far an installation is, from what pip or uv prints: a line that moves on a terminal, short lines elsewhere."""

import re
import sys
from pathlib import Path

from commands.say import say

PACKAGE = re.compile(
    r"\s*(?:Collecting|Downloading|Processing|Building|Built|Using cached) +(?:\S*/)?"
    r"([A-Za-z0-9._-]+?)(?:[=@ -]\d|[=@ \n])"
)
WRITING = re.compile(r"Installing collected packages|Prepared \d+ packages")
RETRYING = re.compile(r"WARNING: Retrying|warning: .*retr", re.IGNORECASE)


class Progress:
    """Hears an installer's lines and tells of them on stderr."""

    def __init__(self, lock: Path) -> None:
        names = re.findall(r"^([A-Za-z0-9._-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE)
        self._waited_for = {name.lower().replace("_", "-") for name in names}
        self._seen: set[str] = set()
        self._retried = False
        self._moves = sys.stderr.isatty()

    def hear(self, line: str) -> None:
        if found := PACKAGE.match(line):
            self._package(found[1].lower().replace("_", "-"))
        elif WRITING.match(line):
            self.end()
            say("door.unpacking")
        elif RETRYING.search(line) and not self._retried:
            self._retried = True
            self.end()
            say("door.retrying")

    def _package(self, name: str) -> None:
        if name in self._seen or name not in self._waited_for:
            return
        self._seen.add(name)
        line = f"  {len(self._seen):>3}/{len(self._waited_for)}  {name}"
        print(f"\r{line:<60}" if self._moves else line, end="" if self._moves else "\n", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._moves and self._seen:
            print(file=sys.stderr, flush=True)
