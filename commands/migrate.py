"""`desk.py migrate`: the database made, or brought up to date."""

import os

from commands.options import switches
from settings import Settings
from storage.database import make_engine, upgrade


def main(name: str, arguments: list[str]) -> int:
    switches(name, arguments, "--child")
    settings = Settings.from_environment(os.environ)
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.database_url)
    upgrade(engine)
    engine.dispose()
    return 0
