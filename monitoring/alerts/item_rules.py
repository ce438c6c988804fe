"""Rules over single items: red at n = 1, because two local papers never trip a volume alarm (practice R43)."""

from collections.abc import Iterator

from monitoring.alerts.models import RED, Finding, Ground, Mention, Rule
from monitoring.alerts.words import folded, named, together, without


def named_outlet(rule: Rule, ground: Ground) -> tuple[Finding, ...]:
    """An outlet others copy, or one on the incident's list, names the brand beside a word of harm."""
    listed = {folded(name) for name in (*ground.outlets, *rule.words.get("outlets", ()))}
    hazards = (*ground.words.hazards, *rule.words.get("hazards", ()))
    return tuple(_named_outlet(rule, ground, listed, hazards))


def _named_outlet(rule: Rule, ground: Ground, listed: set[str], hazards: tuple[str, ...]) -> Iterator[Finding]:
    for each in _recent(rule, ground):
        on_list = folded(each.outlet) in listed
        if each.tier > rule.settings["tier"] and not on_list:
            continue
        text = ground.words.read(f"{each.title}\n{each.summary}")
        brand = named(text, ground.brands)
        harm = named(without(text, ground.words.no_hazards), hazards) if brand else ()
        if brand and harm:
            facts = {"outlet": each.outlet, "tier": each.tier, "brand": brand[0], "words": harm[:3], "title": each.title}
            yield _finding(rule, each, "named_outlet.listed" if on_list else "named_outlet.tier", facts)


def authority(rule: Rule, ground: Ground) -> tuple[Finding, ...]:
    """A body that regulates, rescues or prosecutes is named together with the firm, whoever writes it."""
    bodies = (*ground.words.authorities, *ground.authorities, *rule.words.get("authorities", ()))
    return tuple(_authority(rule, ground, bodies))


def _authority(rule: Rule, ground: Ground, bodies: tuple[str, ...]) -> Iterator[Finding]:
    for each in _recent(rule, ground):
        read = ground.words.read
        body, brand = together(read(each.title), read(each.summary), bodies, ground.brands)
        if body and each.tier <= rule.settings["tier"]:
            facts = {"outlet": each.outlet, "tier": each.tier, "brand": brand[0], "words": body[:3], "title": each.title}
            yield _finding(rule, each, "authority", facts)


def _recent(rule: Rule, ground: Ground) -> Iterator[Mention]:
    """Items published in the stretch that is asked about, the oldest first. Live, it is the rule's last hours, and what had
    been seen before somebody armed the rule is taken as known."""
    since = ground.now - rule.span("within", "hours") if ground.live else ground.since
    known = rule.armed_at if ground.live else None
    fresh = (each for each in ground.mentions if since <= each.at <= ground.now and (known is None or each.seen_at > known))
    return iter(sorted(fresh, key=lambda each: (each.at, each.id)))


def _finding(rule: Rule, each: Mention, why: str, facts: dict[str, object]) -> Finding:
    subject = f"story:{each.story}" if each.story is not None else f"item:{each.id}"
    return Finding(rule.name, RED, f"item:{each.id}", subject, each.at, why, facts, each.id)
