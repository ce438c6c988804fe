import pytest

from statements.guard import check
from statements.guard.normalise import normalise
from storage import content

PLAIN = "由于我司员工疏忽，导致储罐阀门未关，我们负全责。"
DISGUISES = {
    "zero width": PLAIN.replace("疏忽", "疏\u200b忽").replace("责", "责\u2060"),
    "spaces": "由 于 我 司 员 工 疏 忽，导 致 储 罐 阀 门 未 关，我 们 负 全 责。",
    "dots": PLAIN.replace("疏忽", "疏·忽").replace("全责", "全*责"),
    "traditional": "由於我司員工疏忽，導致儲罐閥門未關，我們負全責。",
    "wrong characters": PLAIN.replace("疏忽", "疏勿"),
    "split characters": PLAIN.replace("忽", "勿心"),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_disguise_does_not_change_the_verdict(disguise):
    found = check(DISGUISES[disguise], "zh", content.guard())
    assert found.severity == "block"
    assert "admission" in {finding.label for finding in found.findings}


def test_full_width_letters_and_spaced_letters_are_read_as_words():
    assert normalise("ｎｅｇｌｉｇｅｎｃｅ").text == "negligence"
    assert normalise("n e g l i g e n c e").text == "negligence"
    assert normalise("negli\u00adgence and negli\u200bgence").text == "negligence and negligence"


@pytest.mark.parametrize("text", [*DISGUISES.values(), "ａ\u200bb 我 們。\n\ud83d", "Ⅳ號①批次ﬁre"])
def test_every_plain_character_knows_where_it_came_from(text):
    plain = normalise(text, content.guard().lexicon.variants)
    assert len(plain.origin) == len(plain.text) + 1
    assert list(plain.origin) == sorted(plain.origin)
    assert plain.origin[-1] == len(text)


def test_spans_are_given_in_the_text_as_it_was_sent():
    text = "热线已开。" + DISGUISES["zero width"]
    finding = check(text, "zh", content.guard()).findings[0]
    assert text[finding.start : finding.end] in DISGUISES["zero width"]
    assert "\u200b" in text[finding.start : finding.end]
