"""The rules behind what stands in a text's way: where each comes from, and whether two names may let it through."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Rule:
    """`effective_from` and `last_checked` are ISO days; without `override` nobody may let a finding through."""

    id: str
    source: str
    effective_from: str
    last_checked: str
    override: bool


@dataclass(frozen=True)
class ClearingRules:
    """`findings` and `kinds` name the rule behind a guard's label and behind any other obstacle."""

    rules: Mapping[str, Rule]
    findings: Mapping[str, str]
    kinds: Mapping[str, str]
    never: frozenset[str]
    deletion: re.Pattern[str]
    denial: re.Pattern[str]

    def behind(self, kind: str, label: str, duty_to_warn: bool = False) -> Rule | None:
        """The rule behind an obstacle; None where there is none to override (a hole has to be filled)."""
        if kind in self.never:
            return None
        name = self.findings.get("duty_to_warn" if duty_to_warn else label) if kind == "blocked" else self.kinds.get(kind)
        return self.rules.get(name or "")


def read_rules(raw: Mapping[str, Any]) -> ClearingRules:
    """The rules as data/rules/clearing.yaml holds them."""
    rules = {
        name: Rule(name, one["source"], str(one["effective_from"]), str(one["last_checked"]), one["override"])
        for name, one in raw["rules"].items()
    }
    patterns = {name: re.compile(raw[name], re.IGNORECASE) for name in ("deletion", "denial")}
    return ClearingRules(rules, raw["findings"], raw["kinds"], frozenset(raw["never"]), **patterns)
