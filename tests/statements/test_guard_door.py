import json
import subprocess
import sys

import pytest

from commands.door_check_text import answer
from errors import BadInput
from statements.guard import LABELS, PRINCIPLES


def test_the_door_answers_with_its_fixed_keys():
    row = answer({"id": 7, "lang": "zh", "text": "我们负全责，每户赔偿五千元。"})
    assert row["id"] == 7
    assert row["severity"] == "block"
    assert set(row["principles"]) == set(PRINCIPLES)
    for finding in row["findings"]:
        assert set(finding) >= {"label", "severity", "start", "end", "why", "suggestion"}
        assert finding["label"] in LABELS
    json.dumps(row, ensure_ascii=False)


def test_a_clean_sentence_has_no_findings():
    row = answer({"id": "a", "lang": "en", "text": "The cause is for the fire service to determine."})
    assert (row["severity"], row["findings"]) == ("none", [])


@pytest.mark.parametrize("row", [{"id": 1}, {"id": 1, "text": None}, {"id": 1, "text": 5}, {"id": 1, "text": "长" * 200_001}])
def test_a_row_without_a_usable_text_is_refused(row):
    with pytest.raises(BadInput):
        answer(row)


def test_a_missing_language_is_told_from_the_text():
    assert "责任" in answer({"text": "我们负全责。"})["findings"][0]["why"]


def test_judging_needs_no_training_library():
    code = "import sys; from commands.door_check_text import answer; answer({'text': '我们负全责。'}); "
    code += "print([name for name in ('sklearn', 'scipy', 'sqlalchemy', 'streamlit') if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
