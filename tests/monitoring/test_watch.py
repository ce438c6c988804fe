import pytest

from errors import BadInput
from monitoring.watch import EXCLUDE, WatchTerm, check, matching, names_of, press_name

ENDINGS = ("股份有限公司", "集团", "厨电", "Kitchen", "Appliances", "Ltd")


@pytest.mark.parametrize(
    ("expression", "text", "matches"),
    [
        ("雅燃 爆炸", "雅燃灶具爆炸", True),
        ("雅燃 爆炸", "雅燃新品上市", False),
        ("雅燃 | 焰禾", "焰禾新品", True),
        ("雅燃 或 焰禾", "别家新品", False),
        ("雅燃 -招聘", "雅燃招聘工程师", False),
        ("雅燃 非 招聘", "雅燃灶具爆炸", True),
        ("(雅燃 | 焰禾) (爆炸 | 召回)", "焰禾召回灶具", True),
        ("(雅燃 | 焰禾) (爆炸 | 召回)", "焰禾新品", False),
        ('"gas stove"', "A gas stove exploded", True),
        ('"gas stove"', "The stove used gas", False),
        ("“城东 医院”", "伤者在城东 医院", True),
        ("Apex", "APEX recalls", True),
        ("apex", "apexes", False),
        ("ＡＰＥＸ", "Apex recalls", True),
        ("雅燃 and 爆炸", "雅燃灶具爆炸", True),
    ],
)
def test_an_expression_says_what_matters(expression: str, text: str, matches: bool) -> None:
    assert bool(matching([WatchTerm("brand", expression)], text)) is matches


def test_an_excluding_term_outweighs_the_others() -> None:
    terms = [WatchTerm("brand", "雅燃"), WatchTerm(EXCLUDE, "股价")]
    assert matching(terms, "雅燃灶具爆炸") == (terms[0],)
    assert matching(terms, "雅燃股价上涨") == ()


@pytest.mark.parametrize(
    "expression", ["", "   ", "(雅燃", "雅燃)", "雅燃 |", "| 雅燃", "-", "not", "()", '""', "雅" * 301, "(" * 200]
)
def test_what_makes_no_sense_is_refused(expression: str) -> None:
    with pytest.raises(BadInput):
        check(expression)


@pytest.mark.parametrize(
    ("company", "short"),
    [("雅燃厨电股份有限公司", "雅燃"), ("雅燃", "雅燃"), ("燃厨电", "燃厨电"), ("Yaran Kitchen Appliances Ltd", "Yaran"),
     ("", None), (None, None), ("雅", None)],
)  # fmt: skip
def test_a_firm_is_called_as_the_press_calls_it(company: str | None, short: str | None) -> None:
    assert press_name(company, ENDINGS) == short


def test_a_firms_names_are_terms() -> None:
    assert [term.expression for term in names_of("雅燃厨电", ENDINGS)] == ['"雅燃厨电"', '"雅燃"']
