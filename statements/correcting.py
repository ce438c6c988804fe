"""A correction names what it corrects: the number and the hour of the text that went out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from statements.records import Publication, Sentence

REFERS = "refers"  # the sentence that says which text is corrected
BEFORE = "wrong"  # it stands before the sentence that says what was wrong
_GAP = {"zh": "", "en": " "}


def reference(
    out: Iterable[Publication], statement_id: int | None, language: str, words: Callable[..., str], zone: str
) -> str | None:
    """The sentence that names the published text of `statement_id`; None where nothing of it has gone out."""
    mine = [one for one in out if one.statement_id == statement_id]
    if not mine:
        return None
    first = next((one for one in mine if one.language == language), mine[0])
    at = first.released_at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
    return words("correction.refers", number=first.number, at=at)


def with_reference(sentences: Sequence[Sentence], said: str | None) -> tuple[Sentence, ...]:
    """The text with the reference put before what was wrong; unchanged where there is nothing to refer to."""
    if said is None:
        return tuple(sentences)
    made: list[Sentence] = []
    for one in sentences:
        if one.sid == BEFORE:
            made += [
                Sentence(0, REFERS, one.language, one.position, said, "candid", lead=one.lead),
                replace(one, lead=_GAP.get(one.language, " ")),
            ]
        else:
            made.append(one)
    return tuple(replace(one, position=position) for position, one in enumerate(made))


def quoted(
    out: Iterable[Publication], sentences: Sequence[Sentence], statement_id: int | None, correction: Mapping[str, Any] | None
) -> frozenset[tuple[str, str]]:
    """The (language, sid) of sentences that quote the corrected text word for word and that nobody has edited."""
    bodies = {one.language: one.body for one in out if one.statement_id == statement_id}
    found = set()
    for one in sentences:
        words = ((correction or {}).get(one.language) or {}).get("corrects", "").strip("。. ")
        if one.sid == BEFORE and not one.edited and words and words in bodies.get(one.language, "") and words in one.text:
            found.add((one.language, one.sid))
    return frozenset(found)
