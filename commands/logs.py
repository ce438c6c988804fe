"""Structured logs: JSON lines in a rotating file under DESK_HOME/logs, a file per process, secrets blotted out."""

import json
import logging
import re
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from settings import Settings

MEGABYTE = 1024 * 1024
SECRETS = (
    (re.compile(r"(\w+://[^\s:/@\"]*:)[^\s@\"]+@"), r"\1***@"),
    (re.compile(r"((?:token|secret|passw(?:or)?d|password|api_?key|access_?key|\bkey|sign(?:ature)?)[\"']?\s*[=:]\s*[\"']?)"
                r"[^\s&\"',;}]+", re.IGNORECASE), r"\1***"),
    (re.compile(r"(Authorization[\"']?\s*[=:]\s*[\"']?(?:\w+ )?)[^\s\"',;}]+", re.IGNORECASE), r"\1***"),
)
OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message"}


def configure(settings: Settings, process: str) -> Path:
    """Send everything this process logs to DESK_HOME/logs/<process>.log; returns that file."""
    path = settings.logs / f"{process}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=5 * MEGABYTE, backupCount=5, encoding="utf-8")
    handler.setFormatter(JsonLines(process))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.raiseExceptions = False  # a full disk must not fill the terminal as well
    logging.captureWarnings(True)
    return path


class JsonLines(logging.Formatter):
    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "process": self._process,
            "logger": record.name,
            "message": blotted(record.getMessage()),
            **{name: _plain(value) for name, value in vars(record).items() if name not in OWN},
        }
        if record.exc_info:
            line["trace"] = blotted(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | bool | None) else blotted(str(value))


def blotted(text: str) -> str:
    """The text with passwords, keys and tokens replaced by ***."""
    for secret, blot in SECRETS:
        text = secret.sub(blot, text)
    return text.encode("utf-8", "replace").decode()


def adopt(*families: str) -> None:
    """Let the loggers of these libraries write where everything else does, not to a terminal of their own."""
    for name in list(logging.Logger.manager.loggerDict):
        if name.split(".")[0] in families:
            logger = logging.getLogger(name)
            logger.handlers.clear()
            logger.propagate = True
