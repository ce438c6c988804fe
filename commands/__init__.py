"""What `desk.py` can do: one module a command, imported only when it is called. Its help line is `help.<name>` in
templates/ui/*/door.yaml."""

import sys
from dataclasses import dataclass
from importlib import import_module

from commands import failing


@dataclass(frozen=True)
class Command:
    """`module.main(name, arguments)` gives the exit status; `needs` is the lock it runs on, None for bare Python."""

    module: str
    needs: str | None = "run"
    inner: bool = False
    """Started by another command, not by a person."""
    serves_others: bool = False
    """Does nothing on its own behalf: who acts is whoever is signed in."""


COMMANDS = {
    "run": Command("commands.run"),
    "test": Command("commands.test", needs="dev"),
    "collect": Command("commands.collect"),
    "classify": Command("commands.machine"),
    "check-text": Command("commands.machine"),
    "draft": Command("commands.machine"),
    "score": Command("commands.machine"),
    "migrate": Command("commands.migrate"),
    "verify": Command("commands.verify"),
    "backup": Command("commands.backup"),
    "restore": Command("commands.backup"),
    "account": Command("commands.account"),
    "prepare": Command("commands.prepare"),
    "lock": Command("commands.lock", needs=None),
    "train-types": Command("commands.train_types", needs="dev"),
    "train-guard": Command("commands.train_guard", needs="dev"),
    "train-tone": Command("commands.train_tone", needs="dev"),
    "serve": Command("commands.serve", inner=True, serves_others=True),
}


def main(arguments: list[str]) -> int:
    """Run one command. A failure a person can mend is one sentence on stderr, in Chinese and English."""
    with failing.plainly() as outcome:
        outcome.status = dispatch(arguments)
    return outcome.status


def dispatch(arguments: list[str]) -> int:
    from commands import bootstrap, usage

    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name in ("-h", "--help", "help"):
        return usage.show(COMMANDS, sys.stdout, status=0)
    if name not in COMMANDS:
        return usage.unknown(COMMANDS, name)
    command = COMMANDS[name]
    if command.needs:
        bootstrap.enter(command.needs)
    if not command.serves_others:
        from accounts.models import DESK, act_as

        act_as(DESK)
    status: int = import_module(command.module).main(name, rest)
    return status
