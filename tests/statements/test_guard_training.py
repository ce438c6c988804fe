import numpy as np
import pytest

from commands import train_guard
from statements.guard.features import units
from statements.guard.fit import design, fit, probabilities
from statements.guard.models import LABELS
from statements.guard.network import Network, packed, soft_maximum
from statements.guard.split import sentences
from storage import content

ROWS = [
    {"lang": "zh", "text": "阀门是我们装反的。", "labels": ["admission"], "severity": "block", "pair_id": "a"},
    {"lang": "zh", "text": "阀门已经交给消防部门。", "labels": [], "severity": "none", "pair_id": "a"},
    {"lang": "zh", "text": "每户赔偿两千元。", "labels": ["compensation_commitment"], "severity": "block", "pair_id": "b"},
    {"lang": "zh", "text": "各户损失请先登记。", "labels": [], "severity": "none", "pair_id": "b"},
    {"lang": "en", "text": "We left the gate open.", "labels": ["admission"], "severity": "block", "pair_id": "c"},
    {"lang": "en", "text": "The gate log is with the police.", "labels": [], "severity": "none", "pair_id": "c"},
]


@pytest.fixture(scope="module")
def learnt():
    return train_guard.encode(ROWS)


def test_a_pair_that_was_learnt_is_told_apart(learnt):
    told = probabilities(learnt, *fit(learnt, train_guard.targets(ROWS), strength=0.01))
    assert [bool(p > 0.5) for p in told[:, 0]] == [bool(row["labels"]) for row in ROWS]


def test_learning_twice_gives_the_same_weights(learnt):
    wanted = train_guard.targets(ROWS)
    assert np.array_equal(fit(learnt, wanted)[0], fit(learnt, wanted)[0])


def test_packed_weights_judge_as_the_trained_ones_do(learnt):
    weights, bias = fit(learnt, train_guard.targets(ROWS), strength=0.01)
    network = Network.from_arrays(packed(("any", "block", *LABELS), weights, bias, {"block": 0.5}))
    text = ROWS[0]["text"]
    bag = units(text, sentences(text)[0], content.guard().lexicon)
    before = probabilities(design([bag]), weights, bias)[0]
    after = 1 / (1 + np.exp(-soft_maximum(network.logits(bag))))
    assert np.allclose(before, after, atol=0.05)
    assert network.thresholds["block"] == pytest.approx(0.5)


def test_longer_sentences_keep_the_label_of_what_was_put_behind():
    for row in train_guard.lengthened(ROWS):
        source = next(own for own in ROWS if row["text"].lower().endswith(own["text"].lower()))
        assert row["labels"] == source["labels"]


def test_the_sentences_of_a_pair_fall_into_one_fold():
    assert train_guard.group(ROWS[0], 0) == train_guard.group(ROWS[1], 1) != train_guard.group(ROWS[2], 2)
