"""The inner loops of sentiment.py. Written in the small Python that numba compiles; the same functions run uncompiled.

The tables are sentiment.SnowTables; those of open addressing come twice, as integers and as floats over one memory.
Ties are broken as SnowNLP breaks them: the first of equals in its order of insertion, which is last tag before previous
tag, each in the order b m e s; at a character the model never saw the last predecessor stands.
"""

# mypy: disallow-untyped-defs=False, disallow-incomplete-defs=False, check-untyped-defs=False
from functools import cache
from types import FunctionType, SimpleNamespace
from typing import Any

import numpy as np

HAN_FIRST, HAN_LAST = 0x4E00, 0x9FA5
MASK = (1 << 61) - 1
B, M, E, S = 0, 1, 2, 3
IMPOSSIBLE = float("-inf")


def fingerprint(codes, first, last):
    """61 bits, not all 0, for the word codes[first:last]. The product may wrap: its low bits stay as they are."""
    mark = 0x51ED270B7A3F
    for i in range(first, last):
        mark = ((mark ^ codes[i]) * 0x1E3779B97F4A7C15) & MASK
    return mark | 1


def home(key, bits):
    """The slot where the search for a key of up to 61 bits begins, in a table of 2 ** bits slots."""
    return ((key * 0x1E3779B97F4A7C15) & MASK) >> (61 - bits)


def _is_space(code, space):
    return code < len(space) and space[code] == 1


def _is_han(code):
    return HAN_FIRST <= code <= HAN_LAST


def _bases(c2, c3, characters, uni, pair, pair_log, pair_bits, base):
    """Fills base[4*t2 + t3] for two neighbours: bigram where there is one, else unigram."""
    for t2 in range(4):
        for t3 in range(4):
            base[4 * t2 + t3] = uni[c3, t3]
    if c2 >= 0:
        key = c2 * characters + c3
        slot = home(key, pair_bits)
        while pair[slot, 0] != 0:
            if pair[slot, 0] >> 8 == key:
                base[pair[slot, 0] & 15] = pair_log[slot, 1]
            slot = (slot + 1) & ((1 << pair_bits) - 1)


def _trigrams(c1, c2, c3, characters, triple, triple_log, triple_bits, seen_tags, seen_log):
    """Writes the trigram values of three neighbours, tags as 16*t1 + 4*t2 + t3; returns how many there are."""
    count = 0
    if c1 >= 0 and c2 >= 0:
        key = (c1 * characters + c2) * characters + c3
        slot = home(key, triple_bits)
        while triple[slot, 0] != 0:
            if triple[slot, 0] >> 8 == key:
                seen_tags[count], seen_log[count] = triple[slot, 0] & 63, triple_log[slot, 1]
                count += 1
            slot = (slot + 1) & ((1 << triple_bits) - 1)
    return count


def _leader(best, now, n1, t2):
    """The t1 that leads whatever is added to all: the first greatest. -1 where rounding could change the order."""
    top, winner = best[now + t2], 0
    for t1 in range(1, n1):
        if best[now + 4 * t1 + t2] > top:
            top, winner = best[now + 4 * t1 + t2], t1
    for t1 in range(n1):
        rival = best[now + 4 * t1 + t2]
        if rival < top and top - rival < 1e-6:
            return -1
    return winner


def _cell(best, now, n1, t2, t3, base, seen, seen_tags, seen_log):
    """The greatest best[t1, t2] + value over t1 and the first t1 that reaches it; value is the trigram, else base."""
    top, winner = IMPOSSIBLE, 0
    for t1 in range(n1):
        value = base
        for k in range(seen):
            if seen_tags[k] == 16 * t1 + 4 * t2 + t3:
                value = seen_log[k]
        p = best[now + 4 * t1 + t2] + value
        if p > top:
            top, winner = p, t1
    return top, winner


def _step(best, now, back, row, n1, n2, base, seen, seen_tags, seen_log):
    """One Viterbi step from the half of best at `now`, by [t1, t2], to the other half and back[row], by [t2, t3]."""
    after = 16 - now
    for t2 in range(n2):
        leader = _leader(best, now, n1, t2)
        for t3 in range(4):
            cell = 4 * t2 + t3
            if base[cell] == IMPOSSIBLE:
                best[after + cell], back[row + cell] = IMPOSSIBLE, 0
            elif leader >= 0:
                best[after + cell], back[row + cell] = best[now + 4 * leader + t2] + base[cell], leader
            else:
                top, winner = _cell(best, now, n1, t2, t3, base[cell], 0, seen_tags, seen_log)
                best[after + cell], back[row + cell] = top, winner
    for k in range(seen):
        cell = seen_tags[k] & 15
        if cell >> 2 < n2:
            top, winner = _cell(best, now, n1, cell >> 2, cell & 3, base[cell], seen, seen_tags, seen_log)
            best[after + cell], back[row + cell] = top, winner


def _walk_back(count, n1, best, now, back, tags):
    """Follows `back` from the best last pair of tags; n1 is how many previous tags there are."""
    t2, t3 = 0, 0
    top = best[now]
    for last_tag in range(4):
        for previous in range(n1):
            if best[now + 4 * previous + last_tag] > top:
                top = best[now + 4 * previous + last_tag]
                t2, t3 = previous, last_tag
    for i in range(count - 1, -1, -1):
        tags[i] = t3
        t2, t3 = int(back[16 * i + 4 * t2 + t3]), t2


def _tag_run(codes, begin, end, char_id, uni, model, bits, work, back, tags):
    """Writes the tags of the Han run codes[begin:end] to tags[0:end - begin] by second-order Viterbi."""
    pair, pair_log, triple, triple_log = model
    best, base, seen_log, seen_tags = work
    characters, now = len(uni), 0
    n1, n2, c1, c2 = 1, 1, 0, 0
    best[0] = 0.0
    for i in range(end - begin):
        c3 = int(char_id[codes[begin + i] - HAN_FIRST])
        if c3 < 0:
            for t2 in range(n2):
                for t3 in range(4):
                    best[16 - now + 4 * t2 + t3] = best[now + 4 * (n1 - 1) + t2]
                    back[16 * i + 4 * t2 + t3] = n1 - 1
        else:
            _bases(c2, c3, characters, uni, pair, pair_log, bits[0], base)
            seen = _trigrams(c1, c2, c3, characters, triple, triple_log, bits[1], seen_tags, seen_log)
            _step(best, now, back, 16 * i, n1, n2, base, seen, seen_tags, seen_log)
        now = 16 - now
        n1, n2, c1, c2 = n2, 4, c2, c3
    _walk_back(end - begin, n1, best, now, back, tags)


def _run_words(begin, end, tags, first, last, count):
    """Adds the words of the tagged run codes[begin:end] to first and last; returns the new count."""
    word = begin
    for k in range(begin, end):
        tag = tags[k - begin]
        if tag == E:
            first[count], last[count] = word, k + 1
            count += 1
            word = k + 1
        elif tag != M and k > word:
            first[count], last[count] = word, k
            count += 1
            word = k
    if word < end:
        first[count], last[count] = word, end
        count += 1
    return count


def _words_of(codes, begin, end, space, char_id, uni, model, bits, work, back, tags, first, last):
    """Writes where the words of codes[begin:end] begin and end to first and last; returns how many there are."""
    count = 0
    i = begin
    while i < end:
        j = i + 1
        if _is_han(codes[i]):
            while j < end and _is_han(codes[j]):
                j += 1
            _tag_run(codes, i, j, char_id, uni, model, bits, work, back, tags)
            count = _run_words(i, j, tags, first, last, count)
        elif not _is_space(codes[i], space):
            while j < end and not _is_han(codes[j]) and not _is_space(codes[j], space):
                j += 1
            first[count], last[count] = i, j
            count += 1
        i = j
    return count


def score_all(codes, starts, longest, space, char_id, uni, model, word, word_log, bayes, bits):
    """Log-scores of all texts under neg and under pos, summed in the order of the words as SnowNLP sums them."""
    work = (np.empty(32), np.empty(16), np.empty(64), np.empty(64, np.int64))
    back, tags = np.empty(16 * longest, np.int8), np.empty(longest, np.int8)
    first, last = np.empty(longest, np.int64), np.empty(longest, np.int64)
    texts = len(starts) - 1
    negative, positive = np.empty(texts), np.empty(texts)
    for text in range(texts):
        begin, end = starts[text], starts[text + 1]
        count = _words_of(
            codes, begin, end, space, char_id, uni, model, bits, work, back, tags, first, last
        )
        neg, pos = bayes[0], bayes[1]
        for k in range(count):
            key = fingerprint(codes, first[k], last[k])
            slot = key >> (61 - bits[2])
            while word[slot, 0] != 0 and word[slot, 0] != key:
                slot = (slot + 1) & ((1 << bits[2]) - 1)
            if word[slot, 0] == 0:
                neg += bayes[2]
                pos += bayes[3]
            else:
                neg += word_log[slot, 1]
                pos += word_log[slot, 2]
        negative[text], positive[text] = neg, pos
    return negative, positive


def cut_all(codes, starts, longest, space, char_id, uni, model, word, word_log, bayes, bits):
    """Where every word begins and ends in codes, and how many each text has."""
    work = (np.empty(32), np.empty(16), np.empty(64), np.empty(64, np.int64))
    back, tags = np.empty(16 * longest, np.int8), np.empty(longest, np.int8)
    first, last = np.empty(len(codes), np.int64), np.empty(len(codes), np.int64)
    counts = np.empty(len(starts) - 1, np.int64)
    total = 0
    for text in range(len(counts)):
        begin, end = starts[text], starts[text + 1]
        counts[text] = _words_of(
            codes, begin, end, space, char_id, uni, model, bits, work, back, tags, first[total:], last[total:]
        )
        total += counts[text]
    return first[:total], last[:total], counts


_INNER = (
    "fingerprint", "home", "_is_space", "_is_han", "_bases", "_trigrams", "_leader", "_cell", "_step", "_walk_back",
    "_tag_run", "_run_words", "_words_of",
)  # fmt: skip
_OUTER = ("score_all", "cut_all")
_ALONE = ("_words_of", "_cell", "_walk_back")


@cache
def plain() -> SimpleNamespace:
    """score_all and cut_all as plain Python: no start-up cost, a few times SnowNLP's own speed."""

    def listed(function: Any) -> Any:
        return lambda codes, starts, *rest: function(codes.tolist(), starts.tolist(), *rest)

    return SimpleNamespace(**{name: listed(globals()[name]) for name in _OUTER})


@cache
def compiled() -> SimpleNamespace:
    """The same two compiled by numba and kept in its cache. Raises what numba raises where it cannot.

    Copies are compiled, in a namespace where they find each other compiled; the plain functions stay as they are.
    """
    from numba import njit

    scope = dict(globals())
    for name in (*_INNER, *_OUTER):
        inline: Any = "never" if name in _OUTER or name in _ALONE else "always"
        function = FunctionType(globals()[name].__code__, scope, name)
        scope[name] = njit(cache=True, nogil=True, error_model="numpy", inline=inline)(function)
    return SimpleNamespace(**{name: scope[name] for name in _OUTER})
