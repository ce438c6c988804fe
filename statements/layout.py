"""Keeps a text's layout beside its sentences, so that an edited text is laid out as the drafted one was."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from errors import BadInput, NotFound
from incidents.models import Fact
from statements.models import Draft
from statements.records import Sentence

Facts = Mapping[str, tuple[Fact, ...]]


def from_draft(draft: Draft, language: str, behind: Facts) -> tuple[Sentence, ...]:
    """The draft's sentences with the white space before each and the ids of the facts they say."""
    made, at = [], 0
    for position, one in enumerate(draft.sentences):
        start = draft.text.find(one.text, at)
        lead = draft.text[at:start] if start >= 0 else ""
        at = start + len(one.text) if start >= 0 else at
        ids = tuple(dict.fromkeys(fact.id for slot in one.facts for fact in behind.get(slot, ())))
        sid = one.slot or f"s{position}"
        made.append(Sentence(0, sid, language, position, one.text, one.principle, ids, False, lead))
    return tuple(_distinct(made))


def _distinct(sentences: Sequence[Sentence]) -> list[Sentence]:
    """A slot that speaks twice gets a number, so that every sentence can be named."""
    seen: dict[str, int] = {}
    named = []
    for one in sentences:
        seen[one.sid] = seen.get(one.sid, 0) + 1
        named.append(one if seen[one.sid] == 1 else replace(one, sid=f"{one.sid}~{seen[one.sid]}"))
    return named


def edited(sentences: Sequence[Sentence], language: str, sid: str, text: str) -> tuple[Sentence, ...]:
    """The same text with one sentence put in other words; an empty text takes the sentence out. Raises NotFound."""
    return _replaced(sentences, language, sid, lambda one: replace(one, text=text, edited=True) if text else None)


def with_new(sentences: Sequence[Sentence], language: str, after: str, text: str) -> tuple[Sentence, ...]:
    """A sentence of the writer's own, behind the one called `after`. Raises NotFound, BadInput("nothing_written")."""
    if not text:
        raise BadInput("nothing_written")
    numbers = [int(one.sid.removeprefix("own.")) for one in sentences if one.sid.removeprefix("own.").isdigit()]
    sid = f"own.{max(numbers, default=0) + 1}"
    kept: list[Sentence] = []
    for one in sentences:
        kept.append(one)
        if (one.language, one.sid) == (language, after):
            lead = "" if language == "zh" else " "
            kept.append(Sentence(0, sid, language, one.position, text, "form", (), True, lead))
    if len(kept) == len(sentences):
        raise NotFound("not_found", what="sentence")
    return _numbered(kept)


def _replaced(
    sentences: Sequence[Sentence], language: str, sid: str, change: Callable[[Sentence], Sentence | None]
) -> tuple[Sentence, ...]:
    named = [one for one in sentences if (one.language, one.sid) == (language, sid)]
    if not named:
        raise NotFound("not_found", what="sentence")
    new = [change(one) if one in named else one for one in sentences]
    return _numbered([one for one in new if one is not None])


def _numbered(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    return tuple(replace(one, position=position) for position, one in enumerate(sentences))
