"""What people have asked us stands first on the sheet of agreed lines, each with where its answer is. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from re import Pattern
from typing import Any

from statements.records import Sentence

MOST = 6  # more than these nobody has in mind on the phone
AFTER = "who"  # the sentence of the sheet behind which they stand


@dataclass(frozen=True)
class Topic:
    """What a question is about. `standing`: the question of the sheet that answers it; otherwise it has its own, by language.
    `loaded`: whoever asks it takes something for granted, so it never stands in the asker's words."""

    id: str
    cues: tuple[Pattern[str], ...]
    standing: str | None
    question: Mapping[str, str]
    answer: Mapping[str, str]
    loaded: bool = False


@dataclass(frozen=True)
class Asked:
    """`said` by somebody of the group called `by`; `key` names it for good."""

    key: str
    by: str
    said: str


def read_topics(entries: Iterable[Mapping[str, Any]]) -> tuple[Topic, ...]:
    """The topics as data/qa/topics.yaml writes them."""
    return tuple(
        Topic(
            one["id"], tuple(re.compile(one[side], re.IGNORECASE) for side in ("zh", "en")), one.get("standing"),
            one.get("question", {}), one.get("answer", {}), bool(one.get("loaded")),
        )
        for one in entries
    )  # fmt: skip


def topic_of(topics: Sequence[Topic], said: str) -> Topic | None:
    """The topic whose words come first in what was said; of two at one place the earlier of the list."""
    found = [
        (match.start(), place, topic) for place, topic in enumerate(topics) for cue in topic.cues if (match := cue.search(said))
    ]
    return min(found, key=lambda one: one[:2])[2] if found else None


def with_questions(
    sentences: Sequence[Sentence],
    asked: Sequence[Asked],
    language: str,
    topics: Sequence[Topic],
    may_stand: Callable[[str], bool],
    words: Callable[..., str],
) -> tuple[Sentence, ...]:
    """The sheet with what was asked behind its first lines, a topic once, `MOST` at most; unchanged where nothing was asked.

    A question stands in its asker's words where `may_stand` lets them (a loaded one must not be read out), else by its topic.
    """
    place = next((at for at, one in enumerate(sentences, 1) if one.sid == AFTER), None)
    if place is None or not asked:
        return tuple(sentences)
    standing = {one.sid: one.text for one in sentences}
    made: list[Sentence] = []
    for one, topic in _distinct(asked, topics)[:MOST]:
        question = _question(one, topic, standing, language, may_stand, words)
        answer = _answer(one, topic, standing, language, words)
        made += [
            Sentence(0, f"asked.{one.key}.q", language, 0, question, "form", (), False, "\n\n"),
            Sentence(0, f"asked.{one.key}.a", language, 0, answer, "candid", (), False, "\n"),
        ]
    whole = [*sentences[:place], *made, *sentences[place:]]
    return tuple(replace(one, position=position) for position, one in enumerate(whole))


def _distinct(asked: Sequence[Asked], topics: Sequence[Topic]) -> list[tuple[Asked, Topic | None]]:
    """Each topic as it was asked first; what is about none of them stays by itself."""
    kept: dict[str, tuple[Asked, Topic | None]] = {}
    for one in asked:
        topic = topic_of(topics, one.said)
        kept.setdefault(topic.id if topic else one.said, (one, topic))
    return list(kept.values())


def _question(
    one: Asked, topic: Topic | None, standing: Mapping[str, str], language: str, may_stand: Callable[[str], bool],
    words: Callable[..., str],
) -> str:  # fmt: skip
    said = words("qa.asked", by=one.by, said=one.said)
    if may_stand(said) and not (topic and topic.loaded):
        return said
    plain = "" if topic is None else topic.question.get(language) or _bare(standing.get(topic.standing or "", ""))
    return words("qa.asked.about", by=one.by, about=plain) if plain else words("qa.asked.else", by=one.by)


def _answer(
    one: Asked, topic: Topic | None, standing: Mapping[str, str], language: str, words: Callable[..., str]
) -> str:
    if topic and topic.standing in standing:
        return words("qa.answer.see", question=_bare(standing[topic.standing or ""]))
    if topic and topic.answer.get(language):
        return words("qa.answer.say", said=topic.answer[language])
    return words("qa.answer.hold", by=one.by)


def _bare(question: str) -> str:
    """A question of the sheet without the sign that it is one."""
    return re.sub(r"^(问：|Q: )", "", question)
