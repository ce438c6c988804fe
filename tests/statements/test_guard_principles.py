from pathlib import Path

import pytest
import yaml
import zhconv

from statements.guard import PRINCIPLES, check
from storage import content

CASES = yaml.safe_load((Path(__file__).parent / "guard_principles.yaml").read_text(encoding="utf-8"))
WHOLE, WITHOUT = CASES["whole"], CASES["without"]


@pytest.mark.parametrize("lang", WHOLE)
def test_a_statement_that_says_everything_keeps_all_four(lang):
    found = check(WHOLE[lang], lang, content.guard()).principles
    assert {name: getattr(found, name).ok for name in PRINCIPLES} == dict.fromkeys(PRINCIPLES, True)


@pytest.mark.parametrize("principle", WITHOUT)
@pytest.mark.parametrize("lang", WHOLE)
def test_leaving_out_its_sentence_breaks_a_principle_and_says_what_is_missing(lang, principle):
    text = WHOLE[lang].replace(WITHOUT[principle][lang], "")
    judged = getattr(check(text, lang, content.guard()).principles, principle)
    assert not judged.ok
    assert judged.missing


@pytest.mark.parametrize("stamp", ["2026年5月8日 21:10", "Issued 21:10, 8 May 2026"])
def test_a_day_without_an_hour_is_no_stamp(stamp):
    lang = "en" if "Issued" in stamp else "zh"
    bare = "8 May 2026" if lang == "en" else "2026年5月8日"
    assert "stamp" in check(WHOLE[lang].replace(stamp, bare), lang, content.guard()).principles.fast.missing


@pytest.mark.parametrize("later", ["后续进展另行公布。", "稍后再次通报。"])
def test_later_is_not_an_hour(later):
    text = WHOLE["zh"].replace("下一次通报时间：今晚22:30。", later)
    assert "next" in check(text, "zh", content.guard()).principles.fast.missing


def test_a_flat_denial_breaks_candour():
    text = WHOLE["zh"] + "\n此事与我司产品毫无关系，纯属造谣。"
    assert "evasion" in check(text, "zh", content.guard()).principles.candid.missing


def test_traditional_characters_are_measured_alike():
    found = check(zhconv.convert(WHOLE["zh"], "zh-hant"), "zh", content.guard()).principles
    assert all(getattr(found, name).ok for name in PRINCIPLES)


def test_the_groups_spoken_to_are_told():
    groups = check(WHOLE["zh"], "zh", content.guard()).principles.groups
    assert set(groups) >= {"victims_families", "customers", "public", "regulators", "media", "employees_partners"}
