"""`desk.py prepare`: what is built once on this machine and kept in DESK_HOME."""

import os

from commands.options import switches
from commands.say import say
from settings import Settings
from storage.models_cache import snow_tables


def main(name: str, arguments: list[str]) -> int:
    switches(name, arguments, "--child")
    folder = Settings.from_environment(os.environ).home / "cache"
    if snow_tables(folder, build=False) is None:
        say("door.preparing")
        snow_tables(folder)  # without them the desk works too, only slower
    return 0
