"""What a person corrects is learnt, told in figures, and can be taken back."""

import json

from monitoring.tone import ToneInput, judge
from monitoring.tone.learn import retrain
from monitoring.tone.model import TONES, Correction
from storage.content import DATA, tone_model


def correction(title: str, tone: str) -> Correction:
    return Correction(ToneInput(title), tone, None, [])  # type: ignore[arg-type]


def test_a_model_learns_what_it_got_wrong() -> None:
    model = tone_model()
    said = [correction(f"第{n}店今日开张，掌柜发糖", "negative") for n in range(12)]
    item = ToneInput("第九店今日开张，掌柜发糖")
    before, after = (judge([item], [None], [[]], m)[0] for m in (model, retrain(model, said).model))
    assert before.tone != "negative"
    assert after.tone == "negative"


def test_learning_tells_before_and_after() -> None:
    told = retrain(tone_model(), [correction(f"第{n}店今日开张，掌柜发糖", "negative") for n in range(12)])
    assert told.corrections == 12
    assert told.before == 0.0
    assert told.after is not None
    assert told.after > 0.5


def test_too_few_corrections_give_no_figures() -> None:
    told = retrain(tone_model(), [correction("掌柜发糖", "negative")])
    assert (told.before, told.after) == (None, None)


def test_learning_from_nothing_is_the_trained_model() -> None:
    taught = retrain(tone_model(), [correction("掌柜发糖", "negative")]).model
    assert retrain(taught, []).model.corrected is None


def test_learning_is_the_same_twice() -> None:
    said = [correction(f"掌柜发糖{n}", TONES[n % 3]) for n in range(9)]
    one, two = (retrain(tone_model(), said).model.corrected for _ in range(2))
    assert one is not None
    assert two is not None
    assert (one.weights == two.weights).all()


def test_a_few_corrections_do_not_turn_what_was_right() -> None:
    rows = [json.loads(line) for line in (DATA / "tone" / "corpus" / "daily.jsonl").read_text(encoding="utf-8").splitlines()]
    items = [ToneInput(row["title"], row["summary"]) for row in rows]
    blank: list[list[str]] = [[] for _ in items]
    taught = retrain(tone_model(), [correction(f"掌柜发糖{n}", "negative") for n in range(12)]).model
    right = [
        sum(told.tone == row["tone"] for told, row in zip(judge(items, [None] * len(items), blank, m, False), rows, strict=True))
        for m in (tone_model(), taught)
    ]
    assert right[1] >= right[0] - len(rows) // 20
