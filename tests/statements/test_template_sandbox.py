"""What a template may do, and that everything else is refused in words, with its line and without waiting."""

import pytest

from errors import DeskError
from statements.drafting.phrases import Phrase
from statements.drafting.sandbox import LONGEST_SOURCE, LONGEST_TEXT, names_in, rendered

VALUES = {"x": Phrase("text" * 1000, ("what",)), "items": [Phrase("甲"), Phrase("乙")], "who": {"public": Phrase("邻居")}}
HOSTILE = {
    "{{ x.__class__.__mro__[1].__subclasses__() }}": "not_allowed",
    "{{ x|attr('__class__') }}": "not_allowed",
    "{{ self._TemplateReference__context }}": "not_allowed",
    "{{ items.append('x') }}": "not_allowed",
    "{% for a in range(10**9) %}x{% endfor %}": "not_allowed",
    "{% for a in items %}{% for b in items %}{{ a }}{% endfor %}{% endfor %}": "not_allowed",
    "{% for a in items %}{% if a %}{% for b in items %}{{ a }}{% endfor %}{% endif %}{% endfor %}": "not_allowed",
    "{% for a in items recursive %}{{ loop(items) }}{% endfor %}": "not_allowed",
    "{% for a in [1,2,3] %}{{ a }}{% endfor %}": "not_allowed",
    "{{ 'a' * 999999999 }}": "not_allowed",
    "{{ 10 ** 10 ** 10 }}": "not_allowed",
    "{{ '%999999999d' % 1 }}": "not_allowed",
    "{{ x|center(999999999) }}": "not_allowed",
    "{{ x|join(x) }}": "not_allowed",
    "{{ items|join('" + "a" * 50 + "') }}": "not_allowed",
    "{% set a = x %}{{ a }}": "not_allowed",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "not_allowed",
    "{% include 'secret' %}": "not_allowed",
    "{% import 'os' as os %}": "not_allowed",
    "{% extends 'x' %}": "not_allowed",
    "{% block a %}{% endblock %}": "not_allowed",
    "{% if x is callable %}x{% endif %}": "not_allowed",
    "{{ items }}": "not_allowed",
    "{{ who }}": "not_allowed",
    "{{ x.upper }}": "not_allowed",
    "{{ self }}": "not_allowed",
    "{{ none }}": "not_allowed",
    "{{ missing }}": "unknown_slot",
    "{{ who.missing }}": "unknown_slot",
    "{{ lipsum }}": "unknown_slot",
    "{{ cycler }}": "unknown_slot",
    "{{ x": "syntax",
    "{% for a in items %}": "syntax",
    "{% endif %}": "syntax",
    "{% for a in x %}{{ x }}{% endfor %}": "too_long",
    "{{ " + "(" * 4000 + "x" + ")" * 4000 + " }}": "too_long",
    "甲" * (LONGEST_SOURCE + 1): "too_long",
    "{% for a in items %}{{ a }}{% endfor %}" * 21: "too_long",
}


@pytest.mark.parametrize("source", HOSTILE, ids=lambda source: source[:30])
def test_what_is_not_on_the_list_is_refused(source: str):
    with pytest.raises(DeskError) as told:
        rendered(source, VALUES)
    assert (told.value.key, told.value.facts["trouble"]) == ("template.broken", HOSTILE[source])


@pytest.mark.parametrize(
    ("source", "line", "name"),
    [("甲\n乙\n{{ nope }}", 3, "nope"), ("甲\n{{ who.nope }}\n", 2, "nope"), ("甲\n\n\n{% set a = 1 %}", 4, "assign"), ("甲\n{{ x", 2, "")],
)
def test_a_refusal_names_the_line_and_the_word(source: str, line: int, name: str):
    with pytest.raises(DeskError) as told:
        rendered(source, VALUES)
    assert (told.value.facts["at"], told.value.facts["name"]) == (line, name)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ who.public or '附近居民' }}", "\ue000\ue001邻居\ue002"),
        ("{% for one in items[:1] %}{{ loop.index }}{{ one }}{% endfor %}", "1\ue000\ue001甲\ue002"),
        ("{{ items|join('、') }}", "甲、乙"),
        ("{% if items and not none %}是{% else %}否{% endif %}", "是"),
        ("{{ items|length }}", "2"),
    ],
)
def test_what_people_need_works(source: str, said: str):
    assert rendered(source, VALUES) == said


def test_every_name_is_found_in_branches_not_taken_as_well():
    assert names_in("{% if x %}{{ y }}\n{% else %}{{ z }}{% endif %}{% for a in items %}{{ a }}{{ loop.index }}{% endfor %}") == {
        "x": 1, "y": 1, "z": 2, "items": 2,
    }  # fmt: skip


def test_the_longest_text_is_more_than_any_statement_needs():
    assert LONGEST_TEXT >= 20 * 1_000
