"""What two texts say of the same thing, and where they differ: casualties, hour, place, and whether the cause is known."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from incidents.models import Fact
from statements.basis import Basis, Said
from statements.records import Sentence
from statements.tracing import Clock, Count, Day, Mention, Place, mentions
from statements.tracing.mentions import plain

TOLL = ("deaths", "injured", "missing")
_EVENT = re.compile(
    r"(?i)发生|爆炸|起火|火灾|事故|泄漏|坍塌|倒塌|脱轨|相撞|\b(?:happened|occurred|explo\w+|fire|leak\w*|collaps\w+|derail\w+|accident"
    r"|incident|broke out)\b"
)
_REPORTED_AT = re.compile(
    r"(?i)截至|截止|通报|发布|报告|到达|抵达|再次|更新|\b(?:as of|issued|released|published|reached|arrived|update)\b"
)
ROUGH_MINUTES = 15  # "about eight" and 20:10 may be the same moment
_CAUSE_OPEN = re.compile(
    r"(?i)(?:原因|起因|成因|火因)[^。；]{0,24}(?:尚|未|正在|还在|还没|还不|没有结论|待|不作猜测|调查中)"
    r"|(?:尚未|还没有|未)(?:查明|查清|确定)|\bcause\b[^.;]{0,60}(?:not (?:yet )?(?:known|been|clear)|unknown|under investigation"
    r"|being (?:determined|investigated)|to (?:be )?determine|for [^.;]{0,40}to (?:decide|determine|establish))"
)
_CAUSE_STATED = re.compile(
    r"(?i)(?:由|因|系)[^。，；]{1,24}(?:引起|导致|引发|造成|所致)|(?:原因|起因)(?:是|为|系)|\b(?:caused by|due to|as a result of)\b"
)
_CITES = re.compile(r"(?i)此前|更正|订正|先前|早前|\b(?:earlier|previously|correct(?:s|ed|ion|ing)?)\b")
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_ENGLISH_SENTENCE = re.compile(r"[^\n]+?(?:[.!?](?=\s|$)|$)", re.M)


@dataclass(frozen=True)
class Claim:
    """slot: deaths | injured | missing | when | where | cause. `value` compares; `text` is what is shown."""

    slot: str
    value: str
    text: str
    sentence: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Contradiction:
    sentence: Sentence
    mine: Claim
    theirs: Claim
    said: Said
    facts: tuple[int, ...] = ()


def claims(text: str, language: str) -> tuple[Claim, ...]:
    """What a text claims, sentence by sentence; spans are those of the sentence."""
    cut = _SENTENCE if language == "zh" else _ENGLISH_SENTENCE
    return tuple(one for found in cut.finditer(text) for one in _of_sentence(found[0], language))


def _of_sentence(text: str, language: str) -> Iterator[Claim]:
    found = mentions(text, language)
    yield from (claim for one in found if isinstance(one, Count) for claim in _toll(one, text))
    if _EVENT.search(text):
        yield from _when(found, text)
        yield from (_where(one, text) for one in found if isinstance(one, Place))
    for value, pattern in (("open", _CAUSE_OPEN), ("stated", _CAUSE_STATED)):
        said = pattern.search(plain(text))
        if said:
            yield Claim("cause", value, text[slice(*said.span())], text, *said.span())
            return


def _toll(one: Count, text: str) -> Iterator[Claim]:
    if one.number is None or not one.role:
        return
    roles = ("deaths", "injured") if one.role == "casualties" and one.number == 0 else (one.role,)
    for role in roles:
        if role in TOLL:
            yield Claim(role, f"{one.number:g}", one.text, text, one.start, one.end)


def _when(found: Sequence[Mention], text: str) -> Iterator[Claim]:
    """The hour of the event: the first of a sentence that tells it, unless that says when something was reported."""
    for one in found:
        if isinstance(one, Clock):
            if not _REPORTED_AT.search(text[: one.start] + text[one.end : one.end + 6]):
                clock = f"{one.hours[-1]:02d}:{one.minute or 0:02d}{'~' if one.rough or one.minute is None else ''}"
                yield Claim("when", clock, one.text, text, one.start, one.end)
            return
    days = [one for one in found if isinstance(one, Day) and one.month and one.day]
    if days and not _REPORTED_AT.search(text):
        yield Claim("when", f"{days[0].month}-{days[0].day}", days[0].text, text, days[0].start, days[0].end)


def _where(one: Place, text: str) -> Claim:
    return Claim("where", one.names[0].lower(), one.text, text, one.start, one.end)


def contradict(mine: Claim, theirs: Claim) -> bool:
    """Whether two claims cannot both be so."""
    if mine.slot != theirs.slot:
        return False
    if mine.slot == "where":
        return _kind(mine.value) == _kind(theirs.value) and mine.value != theirs.value
    if mine.slot == "when":
        return (":" in mine.value) == (":" in theirs.value) and not _same_hour(mine.value, theirs.value)
    return mine.value != theirs.value


def _same_hour(one: str, other: str) -> bool:
    if "~" not in one + other:
        return one == other
    first, second = (int(hour) * 60 + int(minute.rstrip("~")) for hour, minute in (one.split(":"), other.split(":")))
    return abs(first - second) <= ROUGH_MINUTES


def _kind(place: str) -> str:
    return place.split()[-1] if " " in place else place[-1]


def between(mine: Iterable[Claim], theirs: Iterable[Claim]) -> list[tuple[Claim, Claim]]:
    """Pairs that contradict each other; a place is contradicted only where none of theirs of its kind is the same."""
    other = tuple(theirs)
    pairs = []
    for one in mine:
        same_slot = [it for it in other if it.slot == one.slot]
        if any(not contradict(one, it) for it in same_slot if one.slot != "where" or it.value == one.value):
            continue
        pairs += [(one, it) for it in same_slot if contradict(one, it)][:1]
    return pairs


# --- a text of ours against what was said before, and against what an authority has published ---------------------

def contradictions(sentences: Sequence[Sentence], language: str, basis: Basis) -> tuple[Contradiction, ...]:
    """Where the text in one language differs from our newest earlier word on the same thing and from official notices."""
    mine = [one for one in sentences if one.language == language]
    found: list[Contradiction] = []
    replaced: set[str] = set()
    for said in (*basis.earlier, *notices(basis.facts)):  # the newest first
        official = said.key.startswith("fact:")
        told = claims(said.text, said.language)
        theirs = [one for one in told if official or one.slot not in replaced]
        replaced |= {one.slot for one in told}
        for one in mine:
            claimed = tuple(_of_sentence(one.text, language))
            for here, there in between(claimed, theirs):
                if not (_cites(one.text, said) if official else _resolved(one, here, there, said, basis)):
                    found.append(Contradiction(one, here, there, said, one.facts))
    return tuple(found)


def notices(facts: Iterable[Fact]) -> tuple[Said, ...]:
    """Official notices among the facts: findings that an authority gave."""
    return tuple(
        Said(f"fact:{fact.id}", " ".join(part for part in (fact.source, fact.document_number) if part), name, text, fact.said_at)
        for fact in facts
        if fact.kind == "finding" and fact.settled and fact.source
        for name, text in _texts(fact)
    )


def _texts(fact: Fact) -> list[tuple[str, str]]:
    """A notice is read in the language it was written in; a translation of ours is not a notice."""
    text = str(fact.value or "")
    return [("zh" if re.search(r"[一-龥]", text) else "en", text)] if text else []


def _cites(text: str, said: Said) -> bool:
    return any(part and part in text for part in (said.label, *said.label.split()))


def _resolved(one: Sentence, here: Claim, there: Claim, said: Said, basis: Basis) -> bool:
    """A correction, a sentence that refers back or names a notice, or a toll that has risen by a fact confirmed since."""
    if basis.corrects or _CITES.search(one.text) or any(_cites(one.text, notice) for notice in notices(basis.facts)):
        return True
    if here.slot in TOLL:
        fact = next((it for it in basis.facts if it.slot == here.slot and it.kind == "number" and it.settled), None)
        risen = fact is not None and float(here.value) > float(there.value) and float(here.value) == fact.value
        return bool(risen and said.at and fact and fact.confirmed_at and fact.confirmed_at > said.at)
    return here.slot == "cause" and here.value == "stated" and any(it.kind == "finding" and it.settled for it in basis.facts)


# --- an official notice against our facts -------------------------------------------------------------------------

def against_facts(notice: Fact, facts: Iterable[Fact], zone: str) -> tuple[tuple[Claim, Fact], ...]:
    """What a notice says otherwise than a fact of ours, confirmed or only reported."""
    found = []
    for language, text in _texts(notice):
        told = claims(text, language)
        for fact in facts:
            ours = _claim_of(fact, zone, language)
            found += [(there, fact) for _, there in between(ours, told)]
    return tuple(found)


def _claim_of(fact: Fact, zone: str, language: str) -> tuple[Claim, ...]:
    if fact.status == "withdrawn" or fact.value is None:
        return ()
    if fact.slot in TOLL and fact.kind == "number":
        return (Claim(fact.slot, f"{fact.value:g}", str(fact.value), ""),)
    if fact.slot == "when" and fact.kind == "time":
        at = datetime.fromisoformat(fact.value).astimezone(ZoneInfo(zone))
        return (Claim("when", f"{at:%H:%M}", f"{at:%H:%M}", ""),)
    said = fact.wording(language) or str(fact.value)
    return tuple(_where(one, said) for one in mentions(said, language) if isinstance(one, Place)) if fact.slot == "where" else ()
