"""What `desk.py --help` prints."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO

from commands.say import say, words
from words import LANGUAGES

if TYPE_CHECKING:
    from commands import Command


def show(commands: "Mapping[str, Command]", stream: TextIO, status: int) -> int:
    say("door.usage", stream)
    for name, command in commands.items():
        if not command.inner:
            first, *others = (words(language)(f"help.{name}") for language in LANGUAGES)
            print(f"\n  {name:<11} {first}", *(f"\n  {'':<11} {line}" for line in others), sep="", file=stream)
    return status


def unknown(commands: "Mapping[str, Command]", name: str) -> int:
    if name:
        say("door.unknown_command", name=name)
    return show(commands, sys.stderr, status=2)
