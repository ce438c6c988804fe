"""SnowNLP's score against SnowNLP: how many times faster, in one run, on one core, and how far apart the numbers are.

    python benchmarks/bench_score.py [--texts N] [--rounds N]
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from pinned import one_core

from monitoring.sentiment import score
from storage.models_cache import snow_tables

PAIRS = (
    "公司产品召回爆炸受伤消防通报调查市场监管部门回应核实投诉质量合格下降增长发布会议居民记者网友医院救治安全燃气"
    "灶具家电道歉赔偿退货昨晚今天目前没有已经正在表示认为发现要求全部部分严重良好"
)
WORDS = [PAIRS[n : n + 2] for n in range(0, len(PAIRS), 2)]
LENGTHS = {"headline": 21, "summary": 171}


def _plainly(texts: list[str]) -> list[float]:
    """SnowNLP itself, one text after the other."""
    import snownlp

    return [snownlp.SnowNLP(one).sentiments for one in texts]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--naive", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    one_core()
    tables = snow_tables(Path(__file__).resolve().parents[1] / "build" / "cache")
    score(_texts(2_000, 21), tables)  # compile, or load what was compiled
    for kind, length in LENGTHS.items():
        texts = _texts(asked.texts, length)
        few = texts[: asked.naive]
        ratios, naive_speed = [], []
        for _ in range(asked.rounds):
            naive = _seconds(partial(_plainly, few))
            ours = _seconds(partial(score, texts, tables))
            naive_speed.append(len(few) / naive)
            ratios.append((naive / len(few)) / (ours / len(texts)))
        apart = np.abs(score(few, tables) - _plainly(few)).max()
        print(f"{kind:9} {length:4} characters: {statistics.median(ratios):6.0f} times SnowNLP "
              f"({statistics.median(naive_speed):.0f}/s), largest difference {apart:.1e}")  # fmt: skip


def _texts(count: int, length: int) -> list[str]:
    chance = random.Random(length)
    made = []
    for _ in range(count):
        text = ""
        while len(text) < length:
            text += chance.choice(WORDS) + chance.choice(("", "", "", "，", "。", "致"))
        made.append(text[:length])
    return made


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
