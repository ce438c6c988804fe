"""Says in one sentence why a clause may not stand, naming the words that decided."""

from collections.abc import Sequence

from statements.guard.features import Unit, bucket, weight
from statements.guard.lexicon import Tag
from statements.guard.models import Guard

_MOST = 3


def why(label: str, judged: Sequence[Unit], language: str, guard: Guard) -> str:
    """The reason for a label, in zh or en, with the words of the clause that weighed most, if any did."""
    reason = str(guard.words["why"][label][language])
    words = deciding_words(label, judged, guard)
    if not words:
        return reason
    frame = guard.words["deciding"][language]
    quoted = frame["join"].join(frame["quote"].format(word=word) for word in words)
    return reason + str(frame["sentence"].format(words=quoted))


def deciding_words(label: str, judged: Sequence[Unit], guard: Guard) -> list[str]:
    """Up to three words of the judged units whose classes speak most for the label, in reading order."""
    weighed = [(_says(tag, unit, label, guard), unit.piece.start, tag, unit) for unit in judged for tag in unit.tags]
    best = sorted((row for row in weighed if row[0] > 0), key=lambda row: -row[0])
    chosen: dict[str, int] = {}
    for _, _, tag, unit in best:
        offset = unit.base
        word = unit.piece.text[tag.start - offset : tag.end - offset].strip(" ，,。：")
        if len(word) > 1 and word.lower() not in map(str.lower, chosen) and len(chosen) < _MOST:
            chosen[word] = tag.start
    return sorted(chosen, key=chosen.__getitem__)


def _says(tag: Tag, unit: Unit, label: str, guard: Guard) -> float:
    network = guard.network
    if network is None:
        return 0.0
    columns = [network.outputs.index("any"), network.outputs.index(label)]
    names = [f"t:{tag.name}"]
    names += [f"t:{tag.name}>{other.name}" for other in unit.tags if other.start >= tag.end]
    names += [f"t:{other.name}>{tag.name}" for other in unit.tags if tag.start >= other.end]
    rows = [network.weights[bucket(name)][columns] * network.scale[columns] * weight(name) for name in names]
    return float(sum(row.sum() for row in rows))
