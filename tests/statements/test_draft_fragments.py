"""Fragments as people type them become grammatical clauses, with nothing added but function words."""

from typing import Any

import pytest

from tests.statements.drafting import STOVE_EN, STOVE_ZH, drafted, sentence

LEADS = [
    ("zh", {"what_happened": "自来水异味", "where": "城北片区", "when": "2026-05-12凌晨"}, "5月12日凌晨，城北片区自来水出现异味。"),
    ("zh", {"what_happened": "燃气爆炸", "where": "拱岸区", "when": "2026-05-12 20:15"}, "5月12日20:15，拱岸区发生燃气爆炸。"),
    ("zh", {"what_happened": "二号储罐区氨泄漏", "where": "工业园"}, "5月12日20:15，工业园二号储罐区发生氨泄漏。"),
    ("zh", {"what_happened": "隧道冒烟", "where": "4号线甲站至乙站"}, "5月12日20:15，4号线甲站至乙站区间隧道冒烟。"),
    ("zh", {"what_happened": "拱岸区一厨房起火", "where": "拱岸区", "when": "2025-12-31"}, "2025年12月31日，拱岸区一厨房起火。"),
    ("en", {"what_happened": "A worker was hurt by a robot arm", "where": "Hall 3, Bree Road"},
     "A worker was hurt by a robot arm in Hall 3, Bree Road, at 20:15 on 12 May."),
    ("en", {"what_happened": "Metal fragment found in cheese", "where": "Ormskell", "when": "2026-05-11"},
     "A metal fragment was found in cheese in Ormskell on 11 May."),
    ("en", {"what_happened": "Fire at warehouse", "where": "Dock Road", "when": "2026-05-12 around 15:40"},
     "There was a fire at the warehouse on Dock Road at about 15:40 on 12 May."),
    ("en", {"what_happened": "Unknown persons accessed a customer database", "where": "", "when": "2026-05-11 evening",
            "industry": "data"}, "Unknown persons accessed a customer database on the evening of 11 May."),
    ("en", {"what_happened": "Newspaper report alleges that fees were wrong", "where": "", "industry": "bank",
            "when": "2026-05-12"},
     "On 12 May, a newspaper report alleges that fees were wrong."),
]  # fmt: skip
DEEDS = [
    ("zh", ["停演", "护送散场", "医务救治"], "我们已停演，护送散场，并安排医务救治。"),
    ("zh", ["同批次下架", "留样封存", "配合抽检"], "同批次已下架，留样已封存；我们已配合抽检。"),
    ("zh", ["接到投诉后建立登记"], "接到投诉后，我们已建立登记。"),
    ("zh", ["停供", "送水车20辆", "采样送检"], "我们已停供，采样送检，并安排送水车20辆。"),
    ("zh", ["報警"], "我們已報警。"),
    ("zh", ["全面排查客房", "厂界布设监测点"], "我们已全面排查客房，并在厂界布设监测点。"),
    ("en", ["inspectorate notified", "families liaison"], "We have notified the inspectorate and arranged family liaison."),
    ("en", ["site closed", "ticket desk open"], "We have closed the site; the ticket desk is open."),
    ("en", ["police and regulator told", "outside forensic firm"],
     "We have told the police and the regulator and brought in an outside forensic firm."),
    ("en", ["recall under review with regulator"], "A recall is under review with the regulator."),
    ("en", ["regulator informed at 20:58", "batch withdrawn"], "We informed the regulator at 20:58 and withdrew the batch."),
    ("en", ["replacement buses running", "helpline opened"], "We have opened a helpline; replacement buses are running."),
]  # fmt: skip
KNOWN = [
    ("zh", ["同批次停售"], "同批次已停售。"),
    ("zh", ["目的地机场关闭（民航部门通报）"], "据民航部门通报，目的地机场关闭。"),
    ("en", ["hall closed"], "the hall has been closed."),
    ("en", ["gusts of 58 mph recorded by the met office", "site cleared by 17:40"],
     "gusts of 58 mph were recorded by the met office and that the site was cleared by 17:40."),
    ("en", ["database offline since 2026-05-11 23:10"], "the database has been offline since 23:10 on 11 May."),
    ("en", ["lot OD44 on hold"], "lot OD44 is on hold."),
    ("en", ["fire service still on site"], "the fire service is still on site."),
    ("en", ["about 210 passengers on board"], "about 210 passengers were on board."),
]  # fmt: skip


def _base(lang: str) -> dict[str, Any]:
    return STOVE_ZH if lang == "zh" else STOVE_EN


@pytest.mark.parametrize(("lang", "changed", "said"), LEADS)
def test_the_first_sentence_says_when_where_and_what(lang: str, changed: dict[str, Any], said: str) -> None:
    made, _ = drafted({**_base(lang), **changed}, lang)
    assert sentence(made, "lead") == said


@pytest.mark.parametrize(("lang", "items", "said"), DEEDS)
def test_actions_are_said_as_deeds(lang: str, items: list[str], said: str) -> None:
    changed = {"actions_taken": items}
    if "報警" in items:
        changed |= {
            "what_happened": "資料庫遭未授權存取",
            "company": "瀾起數據",
            "groups_affected": ["用戶"],
            "confirmed": [],
        }
        changed |= {"where": "雲端", "authorities": ["警方"], "not_confirmed": ["存取範圍"]}
    made, _ = drafted({**_base(lang), **changed}, lang)
    assert sentence(made, "actions") == said


@pytest.mark.parametrize(("lang", "items", "said"), KNOWN)
def test_confirmed_things_are_said_as_clauses(lang: str, items: list[str], said: str) -> None:
    made, _ = drafted({**_base(lang), "confirmed": items}, lang)
    assert sentence(made, "confirmed").endswith(said)


def test_every_unknown_is_said_once_with_who_decides() -> None:
    made, _ = drafted({**STOVE_ZH, "not_confirmed": ["起火原因", "是否与灶具有关", "受损户数"]}, "zh")
    first, second = (sentence(made, f"unknown.{n}") for n in (1, 2))
    assert "起火原因" in first
    assert "是否与灶具有关" in first
    assert "消防救援部门和市场监管局" in first
    assert second.startswith("受损户数")
    made, _ = drafted({**STOVE_EN, "not_confirmed": ["whose data, how many", "how access was gained"]}, "en")
    assert "whose data is involved or how many people are affected" in sentence(made, "unknown.2")
    assert "how access was gained" in sentence(made, "unknown.1")


def test_a_traditional_intake_is_answered_in_traditional_characters() -> None:
    raw = {**STOVE_ZH, "company": "瀾起數據", "what_happened": "資料庫遭未授權存取", "groups_affected": ["用戶", "合作夥伴"],
           "confirmed": ["系統已離線"], "actions_taken": ["報警"], "not_confirmed": ["存取範圍"], "where": "雲端"}  # fmt: skip
    made, _ = drafted(raw, "zh")
    assert "關於" in made.text
    assert "关于" not in made.text
    assert "我们" not in made.text


def test_an_authority_is_told_only_if_the_actions_say_so() -> None:
    made, _ = drafted({**STOVE_ZH, "actions_taken": ["开通热线"]}, "zh")
    assert "报告" not in made.text
    assert "配合" in sentence(made, "cooperation")
