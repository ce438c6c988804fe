"""Personal data of the injured and of those who complain or report: what of it is shown, and how long it is kept."""

from collections.abc import Mapping
from datetime import datetime

from errors import BadInput
from incidents.intake import clean_text

CLASSES = ("injured", "complainant", "reporter", "witness", "minor")
FIELDS = ("name", "contact", "details")
LONGEST = {"name": 120, "contact": 200, "details": 2_000}

KEEP_YEARS = {"injured": 3, "complainant": 3, "witness": 3, "minor": 3, "reporter": 1}
"""Our policy: as long as a claim can be brought (three years, Civil Code of the PRC, art. 188), complaints never shorter."""


def retention_until(data_class: str, since: datetime) -> datetime:
    """When it is erased, unless it is held. Raises BadInput("not_a_choice")."""
    if data_class not in CLASSES:
        raise BadInput("not_a_choice", value=data_class)
    year = since.year + KEEP_YEARS[data_class]
    try:
        return since.replace(year=year)
    except ValueError:  # the 29th of February
        return since.replace(year=year, day=28)


def clean_personal(given: Mapping[str, str]) -> dict[str, str]:
    """The fields that were filled in. Raises BadInput("nothing_written" | "too_long")."""
    found = {name: clean_text(given.get(name) or "", LONGEST[name]) for name in FIELDS}
    if not found["name"] and not found["contact"]:
        raise BadInput("nothing_written")
    return {name: value for name, value in found.items() if value}


def masked(value: Mapping[str, str]) -> dict[str, str]:
    """As it is shown without opening it: the first character of a name, the last two of a contact, nothing of the rest."""
    shown = {}
    if name := value.get("name"):
        shown["name"] = f"{name[0]}＊＊"
    if contact := value.get("contact"):
        shown["contact"] = f"＊＊＊＊{contact[-2:]}" if len(contact) > 6 else "＊＊＊＊"
    if value.get("details"):
        shown["details"] = "＊＊＊＊"
    return shown
