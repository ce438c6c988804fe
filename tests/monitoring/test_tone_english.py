"""English items are read by VADER and a lexicon of news, and say so."""

import pytest

from monitoring.tone import ToneInput, ToneJudgement, judge
from storage.content import tone_model


def judged(title: str, company: str | None = None) -> ToneJudgement:
    return judge([ToneInput(title, "", company)], [None], [[]], tone_model())[0]


@pytest.mark.parametrize(
    ("title", "tone", "gravity"),
    [
        ("Three workers killed in boiler explosion at Stonebridge", "negative", 3),
        ("Stonebridge boss arrested on bribery charges", "negative", 2),
        ("Regulator clears Stonebridge of any wrongdoing", "positive", 0),
        ("Stonebridge to hold annual meeting in May", "neutral", 0),
        ("Stonebridge named best employer", "positive", 0),
        ("Stonebridge Bank opens branch", "neutral", 0),
    ],
)
def test_an_english_headline_has_a_tone(title: str, tone: str, gravity: int) -> None:
    told = judged(title)
    assert (told.tone, told.gravity) == (tone, gravity), told


def test_an_english_item_is_marked_and_never_certain() -> None:
    told = judged("Three workers killed in boiler explosion")
    assert told.reasons[0].key == "english"
    assert told.certain is False


def test_an_english_item_about_another_firm_is_unclear() -> None:
    assert judged("Boiler explosion at Stonebridge", "Kestrel").attribution == "unclear"
