"""Every test that docs/security.md names exists, and every row names one."""

import ast
import re
from functools import cache

import pytest

from tests.conftest import ROOT

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "security.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| Threat", "| ---"))
]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")


@cache
def defined_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")}


def test_there_are_rows() -> None:
    assert len(ROWS) > 40


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:60])
def test_every_row_names_tests_that_exist_and_items_of_the_standard(row: list[str]) -> None:
    assert len(row) == 4
    named = NAMED.findall(row[2])
    assert named
    for path, name in named:
        assert (ROOT / path).is_file(), path
        assert not name or name in defined_in(path), f"{path}::{name}"
    assert all(re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{1,2}", item) for item in row[3].split())


def test_links_of_the_documents_lead_somewhere() -> None:
    for name in ("security.md", "behind-nginx.md"):
        said = (ROOT / "docs" / name).read_text(encoding="utf-8")
        found = re.findall(r"\]\(([^)#:]+)\)", said) + [path for path, _ in NAMED.findall(said)]
        assert [one for one in found if not (ROOT / one).exists() and not (ROOT / "docs" / one).exists()] == []
