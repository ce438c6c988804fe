"""Environment → one frozen `Settings`. Every variable, its default and how it is read stand in VARIABLES;
what each means is said in templates/ui/*/door.yaml under `setting.<NAME>`."""

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from errors import BadInput

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
ROLES = ("head", "pr", "legal", "operations", "executive", "observer", "administrator")


@dataclass(frozen=True)
class Settings:
    """What a start of the desk is told from outside."""

    home: Path
    host: str
    port: int
    port_is_chosen: bool
    """Whether somebody named the port; otherwise the next free one will do."""
    database_url: str
    zone: str
    language: str
    pip_index: str | None
    chromium: Path | None
    allowed_hosts: tuple[str, ...]
    log_level: str
    allow_private_feeds: bool
    sign_in: str
    """Who may come in: "owner", whoever sits at this machine; "local", accounts kept here; "oidc", an organisation's."""
    idle_minutes: int
    https: bool
    behind_proxy: bool
    oidc_metadata: str | None
    oidc_client: str | None
    oidc_secret: str | None
    oidc_address: str | None
    oidc_claim: str
    oidc_scopes: str
    oidc_roles: Mapping[str, tuple[str, ...]]
    allow_private_targets: bool
    smtp_host: str | None
    smtp_port: int
    smtp_security: str
    smtp_from: str | None
    smtp_user: str | None
    smtp_password: str | None = field(repr=False)
    heads_to: str | None
    """Where the newest hashes of the records are mailed once a day."""

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> "Settings":
        """Read every DESK_* variable; an empty one counts as absent. Raises BadInput("setting.bad", name, value, …)."""
        read = {variable.field: variable.read(env) for variable in VARIABLES}
        if not ip_address(read["host"]).is_loopback and read["sign_in"] == "owner":  # whoever reaches the port may do everything
            raise BadInput("setting.host", name="DESK_HOST", value=read["host"])
        if read["sign_in"] == "oidc" and not all(read[name] for name in OIDC_NEEDS):
            raise BadInput("setting.oidc", name="DESK_SIGN_IN", needed=", ".join(OIDC_NEEDS.values()))
        home = read["home"] = read["home"] or default_home(env)
        read["database_url"] = read["database_url"] or f"sqlite:///{(home / 'desk.sqlite3').as_posix()}"
        return cls(**read, port_is_chosen=bool(env.get("DESK_PORT", "").strip()))

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def cookie(self) -> str:
        """The name of the session's cookie; under TLS the browser itself binds it to this host (RFC 6265bis, __Host-)."""
        return "__Host-desk" if self.https else "desk"

    @property
    def idle(self) -> timedelta:
        return timedelta(minutes=self.idle_minutes)


@dataclass(frozen=True)
class Variable:
    """One environment variable. `default` is shown to people as it stands; None means that it is worked out."""

    name: str
    field: str
    default: str | None
    parse: Callable[[str], Any]

    def read(self, env: Mapping[str, str]) -> Any:
        given = env.get(self.name, "").strip() or self.default
        if given is None:
            return None
        try:
            return self.parse(given)
        except (ValueError, OSError, KeyError) as cause:
            raise BadInput("setting.bad", name=self.name, value=given) from cause


def default_home(env: Mapping[str, str]) -> Path:
    """The per-user data folder of this system: %LOCALAPPDATA%, ~/Library/Application Support, or XDG_DATA_HOME."""
    user = Path(os.path.expanduser("~"))
    if sys.platform == "win32":
        return Path(env.get("LOCALAPPDATA") or user / "AppData" / "Local") / "CrisisDesk"
    if sys.platform == "darwin":
        return user / "Library" / "Application Support" / "crisis-desk"
    named = env.get("XDG_DATA_HOME", "")
    return (Path(named) if os.path.isabs(named) else user / ".local" / "share") / "crisis-desk"


def _folder(given: str) -> Path:
    return Path(os.path.abspath(os.path.expanduser(given)))


OIDC_NEEDS = {
    "oidc_metadata": "DESK_OIDC_METADATA", "oidc_client": "DESK_OIDC_CLIENT", "oidc_secret": "DESK_OIDC_SECRET",
    "oidc_address": "DESK_OIDC_ADDRESS",
}  # fmt: skip


def _host(given: str) -> str:
    return str(ip_address(given))


def _minutes(given: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", given) or not 1 <= int(given) <= 720:
        raise ValueError(given)
    return int(given)


def _web_address(given: str) -> str:
    if urlsplit(given).scheme not in ("http", "https") or not urlsplit(given).netloc:
        raise ValueError(given)
    return given.rstrip("/")


def _role_map(given: str) -> dict[str, tuple[str, ...]]:
    """`press-office=pr; legal-team=legal; board=head+executive`: what a claim says → roles at the desk."""
    found = {}
    for pair in filter(None, (part.strip() for part in given.split(";"))):
        claim, _, roles = pair.rpartition("=")
        found[claim.strip()] = tuple(role.strip() for role in roles.split("+"))
        if not claim.strip() or not set(found[claim.strip()]) <= set(ROLES):
            raise ValueError(given)
    return found


def _port(given: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", given) or int(given) > 65535:
        raise ValueError(given)
    return int(given)


def _database_url(given: str) -> str:
    if not re.match(r"(sqlite|postgresql(\+psycopg)?)://", given):
        raise BadInput("setting.database", name="DESK_DATABASE_URL")  # never quoted: it may hold a password
    return given


def _zone(given: str) -> str:
    return ZoneInfo(given).key


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(given: str) -> str:
        found = next((choice for choice in choices if choice.lower() == given.lower()), None)
        if found is None:
            raise ValueError(given)
        return found

    return parse


def _index(given: str) -> str:
    if urlsplit(given).scheme not in ("http", "https", "file"):
        raise ValueError(given)
    return given


def _hosts(given: str) -> tuple[str, ...]:
    hosts = tuple(host.strip().lower() for host in given.split(",") if host.strip())
    if not all(re.fullmatch(r"(\*\.)?[a-z0-9][a-z0-9.-]*|\[[0-9a-f:]+\]", host) for host in hosts):
        raise ValueError(given)
    return hosts


def _sender(given: str) -> str:
    if not re.fullmatch(r"[^\r\n]*[^\s@<>]+@[A-Za-z0-9.-]+>?", given):
        raise ValueError(given)
    return given


def _mailbox(given: str) -> str:
    if not re.fullmatch(r"[^\s@<>,;\x00-\x1f]+@[A-Za-z0-9.-]+", given):
        raise ValueError(given)
    return given


def _scopes(given: str) -> str:
    scopes = given.split()
    if "openid" not in scopes:
        raise ValueError(given)
    return " ".join(scopes)


def _switch(given: str) -> bool:
    return {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}[
        given.lower()
    ]


VARIABLES = (
    Variable("DESK_HOME", "home", None, _folder),
    Variable("DESK_HOST", "host", "127.0.0.1", _host),
    Variable("DESK_PORT", "port", "8501", _port),
    Variable("DESK_DATABASE_URL", "database_url", None, _database_url),
    Variable("DESK_ZONE", "zone", "Asia/Shanghai", _zone),
    Variable("DESK_LANGUAGE", "language", "zh", _one_of("zh", "en")),
    Variable("DESK_PIP_INDEX", "pip_index", None, _index),
    Variable("DESK_CHROMIUM", "chromium", None, _folder),
    Variable("DESK_ALLOWED_HOSTS", "allowed_hosts", "", _hosts),
    Variable("DESK_LOG_LEVEL", "log_level", "INFO", _one_of(*LOG_LEVELS)),
    Variable("DESK_ALLOW_PRIVATE_FEEDS", "allow_private_feeds", "off", _switch),
    Variable("DESK_SIGN_IN", "sign_in", "owner", _one_of("owner", "local", "oidc")),
    Variable("DESK_IDLE_MINUTES", "idle_minutes", "30", _minutes),
    Variable("DESK_HTTPS", "https", "off", _switch),
    Variable("DESK_BEHIND_PROXY", "behind_proxy", "off", _switch),
    Variable("DESK_OIDC_METADATA", "oidc_metadata", None, _web_address),
    Variable("DESK_OIDC_CLIENT", "oidc_client", None, str),
    Variable("DESK_OIDC_SECRET", "oidc_secret", None, str),
    Variable("DESK_OIDC_ADDRESS", "oidc_address", None, _web_address),
    Variable("DESK_OIDC_CLAIM", "oidc_claim", "groups", str),
    Variable("DESK_OIDC_SCOPES", "oidc_scopes", "openid email profile", _scopes),
    Variable("DESK_OIDC_ROLES", "oidc_roles", "", _role_map),
    Variable("DESK_ALLOW_PRIVATE_TARGETS", "allow_private_targets", "off", _switch),
    Variable("DESK_SMTP_HOST", "smtp_host", None, str),
    Variable("DESK_SMTP_PORT", "smtp_port", "587", _port),
    Variable("DESK_SMTP_SECURITY", "smtp_security", "starttls", _one_of("starttls", "tls", "none")),
    Variable("DESK_SMTP_FROM", "smtp_from", None, _sender),
    Variable("DESK_SMTP_USER", "smtp_user", None, str),
    Variable("DESK_SMTP_PASSWORD", "smtp_password", None, str),
    Variable("DESK_HEADS_TO", "heads_to", None, _mailbox),
)


def read_one(env: Mapping[str, str], name: str) -> Any:
    """One variable alone, before there is an environment that could read them all."""
    return next(variable for variable in VARIABLES if variable.name == name).read(env)


def misspelt(env: Mapping[str, str]) -> tuple[str, ...]:
    """DESK_* names that mean nothing to the desk."""
    known = {variable.name for variable in VARIABLES}
    return tuple(sorted(name for name in env if name.startswith("DESK_") and name not in known))
