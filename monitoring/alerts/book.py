"""The shipped rules, words and sentences, and how an incident's own choices are laid over them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from errors import BadInput
from monitoring.alerts.models import Rule, WordLists
from monitoring.alerts.routing import Policy

DELIVERY = "delivery"
MOST_WORDS, LONGEST_WORD = 50, 60


@dataclass(frozen=True)
class Choice:
    """What an incident has stored for a rule; without one the shipped values stand."""

    rule: str
    armed: bool
    settings: Mapping[str, Any]
    armed_at: datetime | None = None
    saved_by: str | None = None
    version: int = 0


@dataclass(frozen=True)
class AlertBook:
    """`rules` by name in the order of the page; `policy` as shipped; `said` are sentences by language."""

    rules: Mapping[str, Rule]
    policy: Policy
    policy_bounds: Mapping[str, tuple[float, float]]
    words: WordLists
    said: Mapping[str, Mapping[str, str]]

    def rule(self, name: str, choice: Choice | None) -> Rule:
        """The rule as the incident has it. Raises KeyError for a rule there is not."""
        shipped = self.rules[name]
        if choice is None:
            return shipped
        numbers = {key: float(choice.settings.get(key, usual)) for key, usual in shipped.settings.items()}
        lists = {key: tuple(choice.settings.get(key, ())) for key in shipped.words}
        return Rule(
            name, choice.armed, shipped.cool_down, shipped.same_again, numbers, lists, shipped.bounds, shipped.tried,
            choice.armed_at, choice.saved_by, choice.version,
        )  # fmt: skip

    def policy_of(self, choice: Choice | None) -> Policy:
        if choice is None:
            return self.policy
        stored, usual = choice.settings, self.policy
        return Policy(
            int(stored.get("quiet_from", usual.quiet_from)), int(stored.get("quiet_until", usual.quiet_until)),
            timedelta(minutes=float(stored.get("escalate_after", usual.escalate_after / timedelta(minutes=1)))), choice.version,
        )  # fmt: skip

    def checked(self, name: str, settings: Mapping[str, Any]) -> dict[str, Any]:
        """What somebody typed, ready to be stored. Raises BadInput("alert.bounds" | "too_many_lines" | "no_such_field")."""
        bounds = self.policy_bounds if name == DELIVERY else self.rules[name].bounds
        lists = {} if name == DELIVERY else self.rules[name].words
        checked: dict[str, Any] = {}
        for key, value in settings.items():
            if key in lists:
                checked[key] = _listed(value)
            elif key in bounds:
                checked[key] = _bounded(float(value), *bounds[key])
            else:
                raise BadInput("no_such_field", field=key)
        return checked


def _bounded(value: float, least: float, most: float) -> float:
    if not least <= value <= most:  # NaN as well
        raise BadInput("alert.bounds", value=value, least=least, most=most)
    return value


def _listed(value: Any) -> list[str]:
    words = list(dict.fromkeys(" ".join(str(word).split())[:LONGEST_WORD] for word in value if str(word).strip()))
    if len(words) > MOST_WORDS:
        raise BadInput("too_many_lines", count=len(words), limit=MOST_WORDS)
    return words


def build_book(
    rules: Mapping[str, Any], words: Mapping[str, Any], said: Mapping[str, Mapping[str, str]], simplified: Mapping[int, str]
) -> AlertBook:
    """From the values of data/alerts/rules.yaml, words.yaml and templates/alerts/*.yaml."""
    delivery = rules[DELIVERY]["settings"]
    lists = {name: tuple(word for language in found.values() for word in language) for name, found in words.items()}
    return AlertBook(
        {name: _rule(name, about) for name, about in rules.items() if name != DELIVERY},
        Policy(int(delivery["quiet_from"][0]), int(delivery["quiet_until"][0]), timedelta(minutes=delivery["escalate_after"][0])),
        {name: (float(least), float(most)) for name, (_, least, most) in delivery.items()},
        WordLists(lists["hazards"], lists["no_hazards"], lists["authorities"], simplified),
        said,
    )


def _rule(name: str, about: Mapping[str, Any]) -> Rule:
    numbers = about["settings"].items()
    return Rule(
        name, bool(about["armed"]), timedelta(minutes=about["cool_down"]), timedelta(minutes=about["same_again"]),
        {key: float(usual) for key, (usual, _, _) in numbers},
        dict.fromkeys(about.get("words", ()), ()), {key: (float(least), float(most)) for key, (_, least, most) in numbers},
        bool(about.get("tried", True)),
    )  # fmt: skip
