"""Makes the catalogue from the tables of data/audiences."""

import re
from collections.abc import Iterable, Mapping
from re import Pattern
from typing import Any

from stakeholders.catalogue import (
    Catalogue,
    Clause,
    Domain,
    Group,
    Named,
    Needs,
    Phrase,
    Precedence,
    Strategy,
    Tension,
)
from stakeholders.conditions import read_condition
from stakeholders.models import TEXTS

Table = Mapping[str, Any]
TRAITS = ("physical", "site", "consumer", "shops", "parts")


def build_catalogue(tables: Table, groups: Mapping[str, Table]) -> Catalogue:
    """`tables`: domains, cues, shared, strategies, plan, own by name; `groups`: a table a group, by its slug."""
    shared, plan = tables["shared"], tables["plan"]
    made = sorted((_group(slug, table, shared) for slug, table in groups.items()), key=lambda group: group.order)
    return Catalogue(
        groups={group.slug: group for group in made},
        own=_group("own", {"order": 99, "names": [{"zh": "", "en": ""}], **tables["own"]}, shared),
        domains=tuple(_domain(slug, table) for slug, table in tables["domains"].items()),
        cues={name: _patterns(entry) for name, entry in tables["cues"].items()},
        quotes={name.removeprefix("quote_"): _phrase(entry) for name, entry in shared.items() if name.startswith("quote_")},
        strategies={stance: _strategy(entry) for stance, entry in tables["strategies"].items()},
        tensions=tuple(Tension(one["id"], tuple(one["between"]), _phrase(one)) for one in plan["conflicts"]),
        precedences=tuple(
            Precedence(one["id"], one["first"], tuple(one["then"]), _phrase(one)) for one in plan["order"]
        ),
        reviews=tuple(plan["reviews"]),
        channels=tuple(plan["channels"]),
    )


def _phrase(entry: Table) -> Phrase:
    return Phrase(str(entry["zh"]), str(entry["en"]))


def _patterns(entry: Table) -> tuple[Pattern[str], ...]:
    return tuple(re.compile(entry[name], re.IGNORECASE) for name in ("zh", "en") if entry.get(name))


def _domain(slug: str, table: Table) -> Domain:
    return Domain(
        slug, _patterns(table["cues"]), float(table.get("weight", 1)),
        frozenset(name for name in TRAITS if table.get(name)),
        {name: _phrase(entry) for name, entry in table["terms"].items()},
    )  # fmt: skip


def _strategy(entry: Table) -> Strategy:
    do, never = (tuple(_phrase(one) for one in entry[name]) for name in ("do", "never"))
    return Strategy(_phrase(entry["aim"]), do, never)


def _clauses(entries: Iterable[Table], shared: Table) -> tuple[Clause, ...]:
    return tuple(_clause(shared[entry["use"]] if "use" in entry else entry) for entry in entries or ())


def _clause(entry: Table) -> Clause:
    phrase = Phrase("", "") if "quote" in entry else _phrase(entry)
    return Clause(phrase, read_condition(entry.get("when")), entry.get("open"), tuple(entry.get("quote", ())))


def _group(slug: str, table: Table, shared: Table) -> Group:
    scores, needs = table["scores"], table["needs"]
    stances = table["stance"] if isinstance(table["stance"], list) else [{"is": table["stance"]}]
    return Group(
        slug=slug, order=float(table["order"]), cues=tuple(table.get("cues", ())),
        applies=read_condition(table.get("applies")),
        names=tuple(Named(_phrase(one), read_condition(one.get("when"))) for one in table["names"]),
        why=_clauses(table["why"], shared),
        addressed=read_condition(table["addressed"]) if "addressed" in table else None,
        harm=scores["harm"], influence=scores["influence"], interest=scores["interest"],
        harm_when=tuple((read_condition(one["when"]), one["harm"]) for one in table.get("harm_when", ())),
        stances=tuple((read_condition(one.get("when")), one["is"]) for one in stances),
        within=table["within"], channels=tuple(table["channels"]), role=table.get("role"),
        legal_gate=bool(table.get("legal_gate")),
        needs=Needs(_phrase(needs["tangible"]), _phrase(needs["felt"])),
        answers={name: _clauses(table[name], shared) for name in TEXTS},
        asks=_clauses(table["asks"], shared), moved=_phrase(table["moved"]), heard_in=tuple(table.get("heard_in", ())),
    )  # fmt: skip
