"""The house keeps its rooms apart, and the test that says so fails on each kind of trespass."""

import ast
import re

import pytest

from tests.house import ROOT, sources, trespasses

SENTENCE_KEYS = re.compile(r"^[a-z0-9_.\-]+$")


def test_no_room_imports_what_it_may_not():
    assert [found for path, source in sources() for found in trespasses(path, source)] == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("incidents/x.py", "import streamlit"),
        ("incidents/x.py", "from sqlalchemy import select"),
        ("incidents/x.py", "import yaml"),
        ("incidents/x.py", "from statements.guard import check"),
        ("incidents/x.py", "from stakeholders import models"),
        ("stakeholders/x.py", "import statements.models"),
        ("statements/x.py", "from storage import facts"),
        ("statements/x.py", "from pathlib import Path"),
        ("monitoring/x.py", "import aiohttp"),
        ("monitoring/x.py", "def f():\n    import snownlp"),
        ("monitoring/x.py", "from datetime import datetime\nhour = datetime.now()"),
        ("monitoring/x.py", "words = open('list.txt').read()"),
        ("statements/x.py", "from datetime import datetime\nhour = datetime.utcnow()"),
        ("documents/x.py", "from storage import facts"),
        ("documents/x.py", "import streamlit as st"),
        ("storage/x.py", "from workflows import add_fact"),
        ("storage/x.py", "from dashboard import session"),
        ("workflows/x.py", "import streamlit"),
        ("workflows/x.py", "from sqlalchemy import Connection"),
        ("workflows/x.py", "import yaml"),
        ("workflows/x.py", "import datetime\nhour = datetime.datetime.now()"),
        ("workflows/x.py", "from dashboard import session"),
        ("dashboard/x.py", "from sqlalchemy import select"),
        ("dashboard/x.py", "import yaml"),
        ("dashboard/x.py", "import jinja2"),
        ("dashboard/x.py", "from docx import Document"),
        ("storage/x.py", "import feedparser"),
    ],
)
def test_a_trespass_is_seen(path: str, source: str):
    assert trespasses(path, source)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("statements/x.py", "from incidents.models import Fact\nimport jinja2"),
        ("storage/x.py", "import yaml\nfrom sqlalchemy import select\nfrom incidents.models import Fact"),
        ("dashboard/x.py", "import streamlit\nimport plotly.graph_objects\nfrom workflows.add_fact import add_fact"),
        ("workflows/x.py", "from storage import facts\nfrom datetime import datetime, timedelta"),
    ],
)
def test_what_is_allowed_is_left_alone(path: str, source: str):
    assert trespasses(path, source) == []


def test_no_sentence_stands_in_the_python_of_a_page():
    """Words people read come from templates/ui; Chinese in a page would be one that did not."""
    han = re.compile("[\u4e00-\u9fff]")
    found = []
    for path, source in sources():
        if path.startswith("dashboard/"):
            tree = ast.parse(source)
            docs = {id(node.body[0].value) for node in ast.walk(tree) if _documented(node)}
            strings = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docs]
            found += [f"{path}:{node.lineno}" for node in strings if han.search(node.value)]
    assert found == []


def _documented(node: ast.AST) -> bool:
    body = getattr(node, "body", None)
    first = body[0] if isinstance(body, list) and body else None
    return isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)


def test_every_deed_is_one_file_that_says_what_it_does():
    for path in (ROOT / "workflows").glob("*.py"):
        if path.name != "__init__.py":
            assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path.name
