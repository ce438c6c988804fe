"""Who may import whom. A trespass is told as a sentence: file, line, what it imports, why it may not."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PURE = ("accounts", "incidents", "stakeholders", "statements", "monitoring")
ROOMS = (*PURE, "documents", "storage", "workflows", "dashboard", "web", "commands")
OURS = {*ROOMS, "errors", "words", "settings", "streamlit_app", "desk"}

# The rooms of ours that each room may import, itself apart.
MAY = {
    "errors": set(),
    "words": {"errors"},
    "settings": {"errors"},
    "accounts": {"errors"},
    "incidents": {"errors"},
    "stakeholders": {"errors", "incidents"},
    "statements": {"errors", "incidents", "stakeholders"},
    "monitoring": {"errors"},
    "documents": {"errors", "words", *PURE},
    "storage": {"errors", "words", "settings", *PURE},
    "workflows": {"errors", "documents", "storage", *PURE},
    "dashboard": {"errors", "words", "settings", "documents", "storage", "workflows", *PURE},
    "web": {"errors", "words", "settings", "accounts", "storage", "workflows"},
    "commands": OURS,
}

# A technology and the only places that may touch it.
HOMES = {
    "streamlit": ("dashboard/", "web/", "streamlit_app.py", "commands/"),
    "starlette": ("web/", "streamlit_app.py"),
    "argon2": ("accounts/",),
    "plotly": ("dashboard/",),
    "sqlalchemy": ("storage/", "commands/"),
    "alembic": ("storage/",),
    "yaml": ("storage/",),
    "jinja2": ("statements/",),
    "feedparser": ("monitoring/",),
    "snownlp": ("monitoring/sentiment.py",),
    "aiohttp": ("monitoring/fetch.py", "monitoring/channels/", "monitoring/addresses.py", "monitoring/transport.py"),
    "docx": ("documents/",),
    "xlsxwriter": ("documents/",),
    "typst": ("documents/",),
    "pypdf": ("documents/",),
    "sklearn": ("commands/",),
}

# The outside world, which a pure room never reaches for: models, content and the hour arrive as values.
WORLD = {"os", "pathlib", "io", "socket", "subprocess", "shutil", "tempfile", "sqlite3", "requests", "httpx", "time", "random", "secrets"}
# Where a pure room does reach out: the two doors of design, and the pool that can kill a parser that hangs.
REACHING_OUT = (
    "monitoring/fetch.py", "monitoring/channels/", "monitoring/sentiment.py", "monitoring/guarded.py", "monitoring/parse.py",
    "monitoring/addresses.py",
)
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}


def room_of(path: str) -> str:
    return path.split("/")[0].removesuffix(".py")


def trespasses(path: str, source: str) -> list[str]:
    """What the file at `path` (relative to the project) does that its room may not."""
    tree = ast.parse(source)
    found = [f"{path}:{line}: {why}" for line, name in _imports(tree) if (why := _why_not(path, name))]
    if room_of(path) in (*PURE, "workflows", "documents") and not path.startswith(REACHING_OUT):
        found += [f"{path}:{line}: asks the clock; the hour is passed in" for line in _clock_calls(tree)]
    if room_of(path) in PURE and not path.startswith(REACHING_OUT):
        found += [f"{path}:{node.lineno}: opens a file" for node in ast.walk(tree) if _opens(node)]
    return found


def _why_not(path: str, name: str) -> str | None:
    room, top = room_of(path), name.split(".")[0]
    if top in OURS and top != room and top not in MAY.get(room, OURS):
        return f"{room} may not import {top}"
    if top in HOMES and not path.startswith(HOMES[top]):
        return f"{top} has another home: {', '.join(HOMES[top])}"
    if room in PURE and top in WORLD and not path.startswith(REACHING_OUT):
        return f"{room} is pure and may not import {top}"
    return None


def _imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def _clock_calls(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name | ast.Attribute):
            owner = node.func.value.id if isinstance(node.func.value, ast.Name) else node.func.value.attr
            if (owner, node.func.attr) in CLOCKS:
                yield node.lineno


def _opens(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"


def sources() -> list[tuple[str, str]]:
    """Every Python file of the house with its text."""
    files = [*ROOT.glob("*.py"), *(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))]
    return [(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in sorted(files)]
