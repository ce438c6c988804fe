"""The pages of the desk, read from the script that lists them: importing it would run it."""

import ast

from tests.conftest import ROOT

MAIN = ROOT / "dashboard" / "main.py"


def _listed() -> tuple[tuple[str, str], ...]:
    for node in ast.parse(MAIN.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "PAGES":  # type: ignore[attr-defined]
            found: tuple[tuple[str, str], ...] = ast.literal_eval(node.value)
            return found
    raise AssertionError("dashboard/main.py lists no PAGES")


PAGES = dict(_listed())
"""{name of the screen: key of its title}"""
