"""SnowNLP's own sentiment score, computed as SnowNLP computes it, but in batches and some hundred times faster.

What SnowNLP does (0.12.3): runs of U+4E00..U+9FA5 are cut by a character model with the tags b, m, e, s (second-order
Viterbi over interpolated uni-, bi- and trigrams), everything else by white space; stop words go; naive Bayes with
add-one counts over the rest. Here its model is laid out once in integer tables (`build_tables`), the logarithms taken
beforehand, and read by one kernel (_snow_kernel.py): compiled by numba for batches, as plain Python for a few texts.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from monitoring import _snow_kernel as kernel

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

LAYOUT = 1
"""Counted up whenever tables of an older build could no longer be read."""
TAGS = "bmes"
HAN_FIRST, HAN_LAST = 0x4E00, 0x9FA5
COMPILE_FROM_CHARACTERS = 20_000
"""Below this many characters the plain kernel answers before numba would be loaded."""


@dataclass(frozen=True)
class SnowTables:
    """SnowNLP's model as arrays. Characters are numbered from 1 in code-point order, 0 is the beginning of a run.

    char_id [20902] int32: number of each Han character, -1 where the model never saw it
    uni [C, 4]: log-probability of (character, tag) alone
    pair, triple [2 ** n, 2] int64: open addressing; key * 256 + tags, then the bits of the float64 log-probability;
        the keys are c1 * C + c2 and (c1 * C + c2) * C + c3, the tags 4 * t1 + t2 and 16 * t1 + 4 * t2 + t3; 0 is empty
    word [2 ** n, 4] int64: open addressing; fingerprint, bits of the log-probability under neg and pos (0: stop word)
    bayes [4]: log prior of neg, of pos, log-probability of an unseen word under neg, under pos
    space [12289] uint8: 1 for code points that count as white space
    """

    char_id: npt.NDArray[np.int32]
    uni: FloatArray
    pair: IntArray
    triple: IntArray
    word: IntArray
    bayes: FloatArray
    space: npt.NDArray[np.uint8]

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> "SnowTables":
        """Raises KeyError where one is missing."""
        return cls(**{field.name: arrays[field.name] for field in fields(cls)})


def score(texts: Sequence[str], tables: SnowTables | None = None) -> FloatArray:
    """SnowNLP's number for each text, 0..1; NaN for the empty text, for which SnowNLP has none.

    Without tables SnowNLP itself is asked, slowly and with its memory.
    """
    if tables is None:
        return _ask_snownlp(texts)
    codes, starts = _code_points(texts)
    run = _kernels(len(codes))
    negative, positive = run.score_all(codes, starts, _longest(starts), *_arguments(tables))
    scores = _posterior(negative, positive)
    scores[np.diff(starts) == 0] = np.nan
    return scores


def cut(texts: Sequence[str], tables: SnowTables | None = None) -> list[list[str]]:
    """SnowNLP's own words of each text, stop words included; [] for the empty text."""
    if tables is None:
        seg = _snownlp().seg
        return [list(seg.seg(text)) for text in texts]
    codes, starts = _code_points(texts)
    run = _kernels(len(codes))
    first, last, counts = run.cut_all(codes, starts, _longest(starts), *_arguments(tables))
    joined = "".join(texts)
    words = [joined[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)]
    ends = np.cumsum(counts).tolist()
    return [words[end - n : end] for end, n in zip(ends, counts.tolist(), strict=True)]


def item_text(title: str, summary: str) -> str | None:
    """What is scored of an item: title and summary joined by a newline, or the one present; None for no text."""
    parts = [part for part in (title, summary) if part and part.strip()]
    return "\n".join(parts) or None


def _code_points(texts: Sequence[str]) -> tuple[npt.NDArray[np.int32], IntArray]:
    joined = "".join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.int32)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    return codes, np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])


def _longest(starts: IntArray) -> int:
    return int(np.diff(starts).max(initial=0))


def _arguments(tables: SnowTables) -> tuple[Any, ...]:
    opened = (tables.pair, tables.triple, tables.word)
    pair, triple, word = ((table, table.view(np.float64)) for table in opened)
    bits = tuple(len(table).bit_length() - 1 for table in opened)
    return (tables.space, tables.char_id, tables.uni, (*pair, *triple), *word, tables.bayes, bits)


def _posterior(negative: FloatArray, positive: FloatArray) -> FloatArray:
    """Bayes.classify: 1 / (1 + exp(other - own)), the surer class first, so that the small side keeps its digits."""
    with np.errstate(over="ignore"):
        is_positive = positive > negative
        sure = 1.0 / (1.0 + np.exp(np.where(is_positive, negative - positive, positive - negative)))
    return cast(FloatArray, np.where(is_positive, sure, 1.0 - sure))


@cache
def _compiled() -> Any:
    """The kernel compiled by numba, or the plain one where numba is missing or broken."""
    try:
        return kernel.compiled()
    except Exception:  # a broken LLVM must cost speed, not the score
        return kernel.plain()


def _kernels(characters: int) -> Any:
    if characters < COMPILE_FROM_CHARACTERS and not _compiled.cache_info().currsize:
        return kernel.plain()
    return _compiled()


def _snownlp() -> Any:
    """SnowNLP, imported only when it is needed: 2 s and 400 MB."""
    import snownlp
    import snownlp.normal
    import snownlp.seg
    import snownlp.sentiment

    return snownlp


def _ask_snownlp(texts: Sequence[str]) -> FloatArray:
    snownlp = _snownlp()
    return np.array([snownlp.SnowNLP(text).sentiments if text else np.nan for text in texts], dtype=np.float64)


def build_tables() -> SnowTables:
    """The tables, from the model files of the installed SnowNLP.

    Takes some ten seconds and SnowNLP's memory: do it once, in a process of its own, and keep the result.
    """
    snownlp = _snownlp()
    cutter = snownlp.seg.segger.segger
    return SnowTables(
        **_cutting_arrays(cutter),
        **_bayes_arrays(snownlp.sentiment.classifier.classifier, snownlp.normal.stop),
        space=np.array([chr(code).isspace() for code in range(0x3001)], dtype=np.uint8),
    )


class _Model:
    """SnowNLP's cutter with its counts by number: Han characters only, for no other is ever asked of it."""

    def __init__(self, cutter: Any) -> None:
        characters = sorted({c for c, _ in cutter.uni.d if len(c) == 1 and HAN_FIRST <= ord(c) <= HAN_LAST})
        self.cutter = cutter
        self.number = {c: n for n, c in enumerate(characters, 1)} | {"": 0}
        self.states = {(c, t): (n, TAGS.find(t)) for c, n in self.number.items() for t in TAGS}
        self.states[("", "BOS")] = (0, 0)

    def log_uni(self, state: tuple[str, str]) -> float:
        alone = self.cutter.l1 * self.cutter.uni.freq(state)
        return math.log(alone) if alone else float("-inf")

    def pairs(self) -> Iterator[tuple[int, int, float]]:
        """Key, tags and log-probability, without a trigram, of every pair the model saw."""
        for states in self.cutter.bi.d:
            yield from self._entry(states, (("", ""), *states))

    def triples(self) -> Iterator[tuple[int, int, float]]:
        for states in self.cutter.tri.d:
            yield from self._entry(states, states)

    def _entry(self, states: Sequence[tuple[str, str]], asked: Sequence[Any]) -> Iterator[tuple[int, int, float]]:
        if all(state in self.states for state in states):
            key, tags = 0, 0
            for number, tag in (self.states[state] for state in states):
                key, tags = key * len(self.number) + number, tags * 4 + tag
            yield key, tags, self.cutter.log_prob(*asked)


def _cutting_arrays(cutter: Any) -> dict[str, npt.NDArray[Any]]:
    model = _Model(cutter)
    char_id = np.full(HAN_LAST - HAN_FIRST + 1, -1, dtype=np.int32)
    uni = np.full((len(model.number), 4), -np.inf)
    for character, number in model.number.items():
        if character:
            char_id[ord(character) - HAN_FIRST] = number
            uni[number] = [model.log_uni((character, tag)) for tag in TAGS]
    return {"char_id": char_id, "uni": uni, "pair": _open_table(model.pairs()), "triple": _open_table(model.triples())}


def _open_table(entries: Iterable[tuple[int, int, float]]) -> IntArray:
    """Open addressing over (key, tags, value); one key may have several entries. At most 0.7 full."""
    rows = list(entries)
    bits = max(1, math.ceil(math.log2(len(rows) / 0.7)))
    taken: dict[int, tuple[int, float]] = {}
    for key, tags, value in rows:
        slot = kernel.home(key, bits)
        while slot in taken:
            slot = (slot + 1) & ((1 << bits) - 1)
        taken[slot] = (key << 8 | tags, value)
    table = np.zeros((1 << bits, 2), dtype=np.int64)
    slots = np.fromiter(taken, dtype=np.int64)
    table[slots, 0] = [key for key, _ in taken.values()]
    table.view(np.float64)[slots, 1] = [value for _, value in taken.values()]
    return table


def _bayes_arrays(bayes: Any, stop: set[str]) -> dict[str, npt.NDArray[Any]]:
    sides = [bayes.d["neg"], bayes.d["pos"]]
    words = {word: [0.0, 0.0] if word in stop else [math.log(side.freq(word)) for side in sides] for word in
             sorted(set(sides[0].d) | set(sides[1].d) | stop)}
    priors = [math.log(side.getsum()) - math.log(bayes.total) for side in sides]
    unseen = [math.log(side.none / side.total) for side in sides]
    return {"word": _word_table(words), "bayes": np.array(priors + unseen)}


def _word_table(words: Mapping[str, Sequence[float]]) -> IntArray:
    bits = math.ceil(math.log2(len(words) / 0.7))
    table = np.zeros((1 << bits, 4), dtype=np.int64)
    logs = table.view(np.float64)
    for word, values in words.items():
        key = kernel.fingerprint([ord(c) for c in word], 0, len(word))
        slot = key >> (61 - bits)
        while table[slot, 0]:
            if table[slot, 0] == key:
                raise ValueError(f"two words share the fingerprint {key}")
            slot = (slot + 1) & ((1 << bits) - 1)
        table[slot, 0], logs[slot, 1:3] = key, values
    return table
