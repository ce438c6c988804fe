"""The rules behind what stands in a text's way: where each comes from, and whether two names may let it through."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Rule:
    """`effective_from` and `last_checked` are ISO days (None: nobody has checked it); without `override` nobody may let a
    finding through."""

    id: str
    zh: str  # the source, named in either language
    en: str
    effective_from: str
    last_checked: str | None
    override: bool

    def source(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


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
    rules = {name: _rule(name, one) for name, one in raw["rules"].items()}
    patterns = {name: re.compile(raw[name], re.IGNORECASE) for name in ("deletion", "denial")}
    return ClearingRules(rules, raw["findings"], raw["kinds"], frozenset(raw["never"]), **patterns)


def _rule(name: str, raw: Mapping[str, Any]) -> Rule:
    checked = str(raw["last_checked"]) if raw["last_checked"] else None
    return Rule(name, raw["source"]["zh"], raw["source"]["en"], str(raw["effective_from"]), checked, raw["override"])
