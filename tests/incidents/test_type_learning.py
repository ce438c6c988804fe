"""How the weights are learned: reproducible, events kept together, nothing learned from a word seen once."""

import numpy as np
import pytest

from commands.train_types import main
from incidents.types.learn import Settings, as_matrix, best_temperature, folds, learnable, pull_of, rarities, weighed
from incidents.types.learn import fit as learn_weights
from storage.content import DATA, ROOT


def test_cases_of_one_event_are_never_parted():
    groups = ["a", "b", "a", "c", "b", "d", "a"]
    placed = folds(groups, 3)
    assert all(len({int(f) for f, g in zip(placed, groups, strict=True) if g == name}) == 1 for name in groups)


def test_a_gram_seen_once_is_not_learned_but_a_signal_is():
    rows = [{"gram:停电": 1.0, "signal:event_told": 1.0}, {"gram:爆炸": 1.0}, {"gram:爆炸": 1.0}]
    assert learnable(weighed(rows, rarities(rows, 2)), Settings()) == ["gram:爆炸", "signal:event_told"]


def test_what_is_left_out_gets_no_weight():
    rows = [{"signal:deed_in_finance": 1.0, "signal:event_told": 1.0}]
    assert learnable(rows, Settings(leave_out=("signal:deed_",))) == ["signal:event_told"]


def test_weights_part_what_can_be_parted():
    rows = [{"signal:a": 1.0}, {"signal:b": 1.0}] * 5
    targets = np.array([[1.0, 0.0], [0.0, 1.0]] * 5)
    names = learnable(rows, Settings())
    matrix = as_matrix(rows, names)
    weights = learn_weights(matrix, targets, pull_of(names, Settings(strictness=0.1)), exclusive=True)
    assert (matrix @ weights).argmax(axis=1).tolist() == targets.argmax(axis=1).tolist()


def test_scores_that_boast_are_cooled():
    boasting = np.array([[9.0, 0.0], [9.0, 0.0], [9.0, 0.0], [9.0, 0.0]])
    assert best_temperature(boasting, np.array([0, 0, 0, 1])) > 2


@pytest.mark.long
def test_training_again_writes_the_same_model_and_page():
    paths = [DATA / "types" / "model.npz", ROOT / "docs" / "type-reliability.md"]
    before = [path.read_bytes() for path in paths]
    try:
        assert main("train-types", []) == 0
        assert [path.read_bytes() for path in paths] == before
    finally:
        for path, written in zip(paths, before, strict=True):
            path.write_bytes(written)
