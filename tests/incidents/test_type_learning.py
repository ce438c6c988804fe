"""How the weights are learned: reproducible, events kept together, nothing learned from a word seen once."""

import numpy as np
import pytest

from commands.train_types import main
from incidents.types.features import gram_values
from incidents.types.learn import Settings, best_temperature, folds, known_names, pulls, scores, tabulate, weigh, worth
from incidents.types.learn import fit as learn_weights
from storage.content import DATA, ROOT


def test_cases_of_one_event_are_never_parted():
    groups = ["a", "b", "a", "c", "b", "d", "a"]
    placed = folds(groups, 3)
    assert all(len({int(f) for f, g in zip(placed, groups, strict=True) if g == name}) == 1 for name in groups)


def test_a_gram_seen_once_is_not_learned_but_a_signal_is():
    rows = [{"gram:停电": 1.0, "signal:event_told": 1.0}, {"gram:爆炸": 1.0}, {"gram:爆炸": 1.0}]
    assert known_names(rows, 2) == ("gram:爆炸", "signal:event_told")


def test_what_is_left_out_gets_no_weight():
    table = tabulate([{"signal:deed_in_finance": 1.0}, {"signal:event_told": 1.0}], ["signal:deed_in_finance", "signal:event_told"])
    weights = learn_weights(table, np.eye(2), pulls(table, Settings(leave_out=("signal:deed_",))), exclusive=True)
    assert not weights[0].any()
    assert weights[1].any()


def test_weights_part_what_can_be_parted():
    table = tabulate([{"signal:a": 1.0}, {"signal:b": 1.0}] * 5, ["signal:a", "signal:b"])
    targets = np.array([[1.0, 0.0], [0.0, 1.0]] * 5)
    weights = learn_weights(table, targets, pulls(table, Settings(strictness=0.1)), exclusive=True)
    assert scores(table, weights).argmax(axis=1).tolist() == targets.argmax(axis=1).tolist()


def test_a_piece_of_wording_counts_the_more_the_rarer_and_the_less_evenly_spread_it_is():
    rows = [{"gram:爆炸": 1.0, "gram:今天": 1.0, "gram:晚报": 1.0}, {"gram:爆炸": 1.0, "gram:今天": 1.0}, {"gram:今天": 1.0}] * 3
    names = known_names([*rows, {}], 2)
    found = dict(zip(names, worth(tabulate([*rows, {}], names), np.array([[1, 0], [1, 0], [0, 1]] * 3 + [[0, 1]])), strict=True))
    assert found["gram:爆炸"] > found["gram:今天"]
    assert found["gram:晚报"] > found["gram:今天"]


def test_a_table_is_weighed_as_the_judgement_weighs():
    rows = [{"gram:爆炸": 1.5, "gram:今天": 1.0, "signal:a": 2.0}, {"gram:今天": 1.0}, {}]
    table = tabulate(rows, ["gram:今天", "gram:爆炸", "signal:a"])
    weighed = weigh(table, np.array([0.5, 2.0])).numbers.toarray()
    judged = gram_values({"爆炸": 1.5, "今天": 1.0, "别的": 1.0}, {"今天": 0.5, "爆炸": 2.0})
    assert weighed[0].tolist() == pytest.approx([judged["今天"], judged["爆炸"], 2.0])
    assert weighed[2].tolist() == [0, 0, 0]


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
