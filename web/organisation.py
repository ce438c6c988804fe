"""Sign-in at an organisation's own provider (OIDC): Streamlit's login is told where it is, from our settings."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from streamlit import config

from settings import Settings
from web.places import SETTINGS


def prepare() -> None:
    """Write what Streamlit's login reads, for this desk alone to read, and point Streamlit at it."""
    if SETTINGS.sign_in == "oidc":
        config.set_option("secrets.files", [str(_written(SETTINGS))])


def _written(settings: Settings) -> Path:
    folder = settings.home / "sign-in"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    values: dict[str, Any] = {
        "redirect_uri": f"{settings.oidc_address}/oauth2callback",
        "cookie_secret": _cookie_secret(folder / "cookie-secret"),
        "client_id": settings.oidc_client,
        "client_secret": settings.oidc_secret,
        "server_metadata_url": settings.oidc_metadata,
        "expose_tokens": [],
    }
    lines = ["[auth]", *(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items())]
    # "login" every provider knows (OpenID Connect Core 3.1.2.1), and at a desk shared by many nobody comes in as the one before.
    lines += ["[auth.client_kwargs]", f"scope = {json.dumps(settings.oidc_scopes)}", 'prompt = "login"']
    _write_secret(folder / "oidc.toml", "\n".join(lines) + "\n")
    return folder / "oidc.toml"


def _cookie_secret(path: Path) -> str:
    """Kept, so that a restart signs nobody out; all processes of one DESK_HOME share it."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8")


def _write_secret(path: Path, text: str) -> None:
    temporary = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    temporary.replace(path)
