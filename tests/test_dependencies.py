"""Known holes in what the desk runs on. Without the network it says so, and fails nobody."""

import json
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
OUT_OF_REACH = ("connection", "resolve", "timed out", "proxy", "max retries", "403", "404", "502", "503", "ssl")


def test_every_dependency_is_pinned_with_its_hashes():
    lines = [line for line in LOCK.read_text(encoding="utf-8").splitlines() if line and not line.startswith((" ", "#", "-"))]
    assert len(lines) > 30
    assert [line for line in lines if "==" not in line] == []
    assert LOCK.read_text(encoding="utf-8").count("--hash=sha256:") >= len(lines)


def test_no_dependency_has_a_known_hole():
    audit = [sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--no-deps", "--disable-pip", "--format", "json",
             "--progress-spinner", "off", "--timeout", "10"]  # fmt: skip
    try:
        done = subprocess.run(audit, capture_output=True, text=True, timeout=90)
    except subprocess.TimeoutExpired:
        warnings.warn("the dependencies were NOT audited: the data on known holes did not answer in time", stacklevel=1)
        pytest.skip("no data on known holes")
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        said = done.stderr.strip().splitlines()[-1:] or ["no answer"]
        assert any(word in done.stderr.lower() for word in OUT_OF_REACH), done.stderr[-2000:]
        warnings.warn(f"the dependencies were NOT audited: {said[0][:300]}", stacklevel=1)
        pytest.skip("no data on known holes")
    holes = {f"{one['name']} {one['version']}: {hole['id']}" for one in found for hole in one.get("vulns", ())}
    assert holes == set()
    passed_over = [one["name"] for one in found if "skip_reason" in one]
    if passed_over:
        warnings.warn(f"{len(passed_over)} of {len(found)} dependencies were NOT audited: {', '.join(passed_over)[:200]}", stacklevel=1)
    if len(passed_over) == len(found):
        pytest.skip("no data on known holes")
