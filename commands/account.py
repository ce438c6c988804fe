"""`desk.py account LOGIN --name NAME --roles head,administrator`: an account made from the terminal, the first one for instance.

The password is asked for, or read as one line from standard input; it is good for one sign-in. An account without
a way in, such as the owner's, which the first start makes, is given a password the same way: `desk.py account owner`.
"""

import getpass
import os
import sys
from argparse import ArgumentParser
from datetime import UTC, datetime

from commands.say import say
from settings import Settings
from storage import accounts, content
from storage.database import make_engine, upgrade, writing
from workflows.manage_accounts import add_account, reset_password
from workflows.sign_in import clean_login


def main(name: str, arguments: list[str]) -> int:
    parser = ArgumentParser(prog=f"desk.py {name}")
    parser.add_argument("login")
    parser.add_argument("--name", default="")
    parser.add_argument("--roles", default="head,administrator")
    asked = parser.parse_args(arguments)
    engine = make_engine(Settings.from_environment(os.environ).database_url)
    upgrade(engine)
    login, password = clean_login(asked.login), _password()
    common, now = content.common_passwords(), datetime.now(UTC)
    with writing(engine) as connection:
        stands = accounts.by_login(connection, login)
        if stands and stands.active and not stands.has_way_in:
            reset_password(connection, stands.id, password=password, common=common, now=now)
        else:
            name, roles = asked.name or asked.login, tuple(asked.roles.split(","))
            add_account(connection, login=login, name=name, roles=roles, password=password, common=common, now=now)
    say("door.account.added", login=login)
    return 0


def _password() -> str:
    return getpass.getpass("密码 Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
