"""Cases of tests/cases/audiences as the pure room reads them: an intake becomes facts that everybody has confirmed."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from incidents.intake import facts_of
from incidents.models import Fact, Incident, IntakeAnswer
from stakeholders.case import Case, read_case
from storage.content import catalogue, read_yaml

FOLDER = Path(__file__).resolve().parent.parent / "cases" / "audiences"
CASES = {path.stem: read_yaml(path) for path in sorted(FOLDER.glob("*.yaml"))}


def facts_from(answers: dict[str, IntakeAnswer], status: str = "confirmed") -> list[Fact]:
    seeds = [seed for answer in answers.values() for seed in facts_of(answer)]
    return [
        Fact(number, 1, seed.slot, seed.kind, status if seed.status == "reported" else seed.status, seed.value,
             seed.field, seed.wording, seed.wording)
        for number, seed in enumerate(seeds, 1)
    ]  # fmt: skip


def case_of(written: dict[str, Any], status: str = "confirmed", without: str = "") -> Case:
    """The case that `written` describes; `without`: the slot whose facts are withdrawn."""
    answers = {name: IntakeAnswer(name, value) for name, value in written["intake"].items()}
    facts = [
        replace(fact, status="withdrawn") if fact.slot == without else fact for fact in facts_from(answers, status)
    ]
    opened = datetime(2026, 3, 14, 13, tzinfo=UTC)
    incident = Incident(1, "real", "open", "t", "zh", "Asia/Shanghai", opened, listed=written.get("listed"))
    return read_case(
        catalogue(), incident, answers, facts, crisis_type=written.get("type", ""),
        secondary=written.get("secondary", ()), credit_kind=written.get("credit_kind"),
    )  # fmt: skip


@pytest.fixture(params=CASES)
def written(request: pytest.FixtureRequest) -> dict[str, Any]:
    return CASES[request.param]
