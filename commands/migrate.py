"""`desk.py migrate`: the database made, or brought up to date, and on one machine the account of its owner."""

import os
from datetime import UTC, datetime

from commands.options import switches
from settings import Settings
from storage import content
from storage.database import make_engine, upgrade, writing
from workflows.manage_accounts import add_owner


def main(name: str, arguments: list[str]) -> int:
    switches(name, arguments, "--child")
    settings = Settings.from_environment(os.environ)
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.database_url)
    upgrade(engine)
    if settings.sign_in == "owner":
        with writing(engine) as connection:
            add_owner(connection, name=content.words(settings.language)("people.owner"), now=datetime.now(UTC))
    engine.dispose()
    return 0
