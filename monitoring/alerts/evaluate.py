"""All rules over one ground, and what they would have done in the past."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from monitoring.alerts.burst import burst
from monitoring.alerts.item_rules import authority, named_outlet
from monitoring.alerts.merging import merge, standing_of
from monitoring.alerts.models import Finding, Ground, Rule, Standing
from monitoring.alerts.standing_rules import feed_down, promise, silence

RULES: Mapping[str, Callable[[Rule, Ground], tuple[Finding, ...]]] = {
    "named_outlet": named_outlet, "authority": authority, "burst": burst, "silence": silence, "feed_down": feed_down,
    "promise": promise,
}  # fmt: skip


def find(rule: Rule, ground: Ground) -> tuple[Finding, ...]:
    """What a rule finds, the oldest first."""
    return tuple(sorted(RULES[rule.name](rule, ground), key=lambda one: (one.at, one.key)))


@dataclass(frozen=True)
class Trial:
    """What a rule would have done from `since` to `until`: one entry for each alert it would have opened."""

    since: datetime
    until: datetime
    opened: tuple[tuple[Finding, ...], ...]


def try_out(rule: Rule, ground: Ground) -> Trial | None:
    """Over the stretch of the ground, merged and cooled down as it would have been had each alert been acknowledged at once.

    None for a rule whose past is not stored.
    """
    if not rule.tried:
        return None
    found = [one for one in find(rule, ground) if ground.since <= one.at <= ground.now]
    opened: list[list[Finding]] = []
    for one in found:
        standing = [_seen(standing_of(n, each)) for n, each in enumerate(opened)]
        merged = merge([one], standing, rule.cool_down, rule.same_again, one.at)
        for growth in merged.growths:
            opened[growth.alert].append(one)
        opened += [[one] for _ in merged.openings]
    return Trial(ground.since, ground.now, tuple(tuple(each) for each in opened))



def _seen(alert: Standing) -> Standing:
    return replace(alert, state="acknowledged", acknowledged_at=alert.opened_at)
