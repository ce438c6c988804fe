"""Short cards on how to speak with people, at hand where somebody is about to be contacted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stakeholders.catalogue import Phrase


@dataclass(frozen=True)
class Card:
    """At hand on `channels`; only for `groups` or `stances` where any are named, and never for `not_groups`."""

    id: str
    title: Phrase
    lines: tuple[Phrase, ...]
    channels: tuple[str, ...]
    groups: tuple[str, ...] = ()
    not_groups: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()


def read_cards(entries: Iterable[Mapping[str, Any]]) -> tuple[Card, ...]:
    """The cards as data/guidance writes them, in their order."""
    return tuple(
        Card(
            one["id"], _phrase(one["title"]), tuple(_phrase(line) for line in one["lines"]), tuple(one["channels"]),
            *(tuple(one.get(name, ())) for name in ("groups", "not_groups", "stances")),
        )
        for one in entries
    )


def cards_for(cards: Sequence[Card], channel: str, group: str, stance: str) -> tuple[Card, ...]:
    """The cards for a person of `group`, contacted by `channel`; what is said of this very group comes right after the opening."""
    mine = [card for card in cards if _fits(card, channel, group, stance)]
    return tuple(sorted(mine, key=lambda card: (not card.id.startswith("opening"), not (card.groups or card.stances))))


def _fits(card: Card, channel: str, group: str, stance: str) -> bool:
    return (
        channel in card.channels
        and group not in card.not_groups
        and (not card.groups or group in card.groups)
        and (not card.stances or stance in card.stances)
    )


def _phrase(entry: Mapping[str, str]) -> Phrase:
    return Phrase(entry["zh"], entry["en"])
