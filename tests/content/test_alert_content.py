"""The shipped rules and words of alerts: complete, within their bounds, and the same in both languages."""

import re
from string import Formatter

import pytest

from monitoring.alerts.evaluate import RULES
from monitoring.alerts.words import named, without
from storage import content

BOOK = content.alert_book()


def holes(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_rule_is_shipped_with_numbers_within_its_bounds() -> None:
    assert list(BOOK.rules) == list(RULES)
    for rule in BOOK.rules.values():
        for name, usual in rule.settings.items():
            least, most = rule.bounds[name]
            assert least <= usual <= most, (rule.name, name)


def test_both_languages_say_everything_with_the_same_holes() -> None:
    zh, en = BOOK.said["zh"], BOOK.said["en"]
    assert set(zh) == set(en)
    assert {key for key in zh if holes(zh[key]) != holes(en[key])} == set()
    assert {f"rule.{name}" for name in BOOK.rules} <= set(zh)


def test_every_reason_a_rule_gives_has_words() -> None:
    from pathlib import Path

    import monitoring.alerts

    source = "".join(path.read_text(encoding="utf-8") for path in Path(monitoring.alerts.__file__).parent.glob("*_rules.py"))
    given = set(re.findall(r'"((?:named_outlet|authority|silence|feed_down|promise)(?:\.\w+)?)"', source)) - {"named_outlet", "promise"}
    assert {f"why.{key}" for key in given} <= set(BOOK.said["zh"])


@pytest.mark.parametrize("phrase", BOOK.words.no_hazards)
def test_what_only_looks_like_harm_is_taken_out_whole(phrase: str) -> None:
    assert named(without(f"青禾{phrase}", BOOK.words.no_hazards), BOOK.words.hazards) == ()


def test_no_word_stands_twice() -> None:
    for words in (BOOK.words.hazards, BOOK.words.no_hazards, BOOK.words.authorities):
        assert len(set(words)) == len(words)
