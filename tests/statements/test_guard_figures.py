import numpy as np
import pytest

from commands.guard_figures import FIXED, OUTPUTS, Judged, balance, choose, judged
from commands.guard_page import Point, page
from commands.train_guard import ROOT, recall_at, sentences_in
from statements.guard.judge import decide
from statements.guard.models import LABELS
from storage import content

LIMITS = {**FIXED, "block.zh": 0.6, "any.zh": 0.6, "block.en": 0.9, "any.en": 0.9}


def logits(bad: float, label: str) -> np.ndarray:
    """What a network says that is so sure of a violation, and of this label."""
    told = np.full(len(OUTPUTS), -4.0)
    told[:2] = bad
    told[OUTPUTS.index(label)] = 2.0
    return told


def rows(language: str, safe: int, bad: int) -> list[dict]:
    made = [{"lang": language, "text": f"s{n}", "labels": [], "severity": "none", "pair_id": f"{n}"} for n in range(safe)]
    wrong = {"lang": language, "labels": ["admission"], "severity": "block"}
    return made + [{**wrong, "text": f"b{n}", "pair_id": f"{n}"} for n in range(bad)]


def told_of(some: list[dict], seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    return np.array([logits(chance.normal(2.0 if row["labels"] else -1.0, 1.5), "admission") for row in some])


def test_each_language_has_its_own_limit():
    told = logits(1.0, "admission")
    assert decide(told, OUTPUTS, LIMITS, "zh") == {"admission": "block"}
    assert decide(told, OUTPUTS, LIMITS, "en") == {}


def test_a_label_that_may_warn_warns_until_it_is_grave():
    told = logits(2.0, "minimising")
    told[1] = -2.0
    assert decide(told, OUTPUTS, LIMITS, "zh") == {"minimising": "warn"}
    assert decide(logits(2.0, "minimising"), OUTPUTS, LIMITS, "zh") == {"minimising": "block"}


def test_the_limits_leave_few_safe_sentences_blocked_in_either_language():
    mine = rows("zh", 200, 200) + rows("en", 200, 200)
    told = np.concatenate([told_of(mine[:400], 1), told_of(mine[400:], 2) + 0.5])
    limits = choose(mine, told)
    got = judged(mine, told, limits)
    for language in ("zh", "en"):
        assert got.of(language).figures["false blocks on safe"] <= 0.04
        assert got.of(language).figures["block recall"] > 0.5
    assert limits["block.en"] >= limits["block.zh"]


def test_a_label_that_always_beats_its_neighbour_by_a_little_is_lowered():
    mine = [{"lang": "zh", "text": str(n), "labels": [name], "severity": "block"} for n in range(40) for name in ("privacy", "attack")]
    told = np.array([logits(2.0, "attack") for _ in mine])
    told[:, OUTPUTS.index("attack")] = 0.2
    told[:, OUTPUTS.index("privacy")] = [0.1 if row["labels"] == ["privacy"] else -3.0 for row in mine]
    raised = balance(mine, told)
    assert raised["bias.attack"] < raised["bias.privacy"]
    figures = judged(mine, told, {**LIMITS, **raised}).by_label()
    assert all(f1 == 1.0 for name, _, _, f1, _ in figures if name in ("privacy", "attack"))


def test_figures_count_what_was_found_and_what_was_not():
    mine = rows("zh", 2, 2)
    got = Judged(mine, [{}, {"attack": "block"}, {"admission": "block"}, {"minimising": "warn"}])
    assert got.figures["block recall"] == got.figures["false blocks on safe"] == got.figures["any flag on safe"] == 0.5
    assert got.groups_right() == 0.5
    name, precision, recall, _, stopped = got.by_label()[0]
    assert (name, precision, recall, stopped) == ("admission", 1.0, 0.5, 1.0)


def test_recall_is_taken_where_so_many_safe_ones_would_be_blocked():
    mine = rows("zh", 100, 10)
    told = np.concatenate([np.linspace(-5, 0, 100)[:, None] * np.ones(2), np.ones((10, 2))])
    assert recall_at(mine, told, false=0.04) == 1.0
    assert recall_at(mine, told - np.array([[0.0]] * 100 + [[9.0]] * 10), false=0.04) == 0.0


def test_the_page_names_every_label_in_both_languages():
    got = Judged(rows("zh", 2, 2) + rows("en", 2, 2), [{}, {}, {"admission": "block"}, {}] * 2)
    text = page(got, got, got, [Point(10, 0.5, 0.5, 0.5)], LIMITS)
    assert all(text.count(f"| {label} |") == 2 for label in LABELS)


@pytest.fixture(scope="module")
def written() -> str:
    return (ROOT / "docs" / "guard-reliability.md").read_text(encoding="utf-8")


def test_the_page_that_ships_tells_the_limits_and_the_sentences_that_ship(written):
    network = content.guard().network
    assert network is not None
    for name, value in network.thresholds.items():
        assert name.startswith("bias.") or f"| {name} | {value:.2f} |" in written
    assert f"({len(sentences_in('sentences')):,})" in written
