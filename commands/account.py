"""`desk.py account LOGIN --name NAME --roles head,administrator`: an account made from the terminal, the first one for instance.

The password is asked for, or read as one line from standard input; it is good for one sign-in.
"""

import getpass
import os
import sys
from argparse import ArgumentParser
from datetime import UTC, datetime

from commands.say import say
from settings import Settings
from storage import content
from storage.database import make_engine, upgrade, writing
from workflows.manage_accounts import add_account


def main(name: str, arguments: list[str]) -> int:
    parser = ArgumentParser(prog=f"desk.py {name}")
    parser.add_argument("login")
    parser.add_argument("--name", default="")
    parser.add_argument("--roles", default="head,administrator")
    asked = parser.parse_args(arguments)
    engine = make_engine(Settings.from_environment(os.environ).database_url)
    upgrade(engine)
    with writing(engine) as connection:
        made = add_account(
            connection, login=asked.login, name=asked.name or asked.login, roles=tuple(asked.roles.split(",")),
            password=_password(), common=content.common_passwords(), now=datetime.now(UTC),
        )  # fmt: skip
    say("door.account.added", login=made.login)
    return 0


def _password() -> str:
    return getpass.getpass("密码 Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
