"""Test files are collected by name: two of the same name would hide each other."""

from collections import Counter

from tests.house import ROOT


def test_no_two_test_files_share_a_name():
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []
