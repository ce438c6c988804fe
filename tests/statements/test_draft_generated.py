"""Whatever the intake: no invented number, no leftover, sentences make up the text, the same again, every fact and flag."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import content
from tests.statements.drafting import drafted, invented_numbers

POOLS: dict[str, dict[str, list[str]]] = content.read_yaml(Path(__file__).with_name("draft_fragments.yaml"))
HOSTILE: dict[str, tuple[str, str]] = {
    "markup_stripped": ("<b onclick=x()>", "</b>"),
    "control_characters": ("\u202e", "\u200b"),
    "template_syntax": ("{{ 7*7 }}", "${x}"),
    "emoji": ("🔥", "😀"),
}
SLOTS = [
    *["company", "what_happened", "when", "where", "confirmed", "actions_taken", "not_confirmed", "contact"],
    "groups_affected",
    "as_of",
    "casualties",
]
LISTS = st.lists(st.text(max_size=60), max_size=3)
LEFTOVER = re.compile(
    r"[{}]|<[a-zA-Z/!]|\bNone\b|\bnan\b|onclick|[\u200b-\u200f\u202a-\u202e\ue000-\uf8ff\U0001f300-\U0001faff]"
)


@st.composite
def intakes(draw: Any) -> tuple[str, dict[str, Any], set[str]]:
    """(lang, raw intake, flags it must earn)."""
    lang = draw(st.sampled_from(["zh", "en"]))
    pool, flags = POOLS[lang], set()
    one = {
        key: draw(st.sampled_from(pool[key]))
        for key in ("company", "industry", "what", "where", "contact", "spokesperson")
    }
    many = {
        key: draw(st.lists(st.sampled_from(pool[key]), unique=True, max_size=5))
        for key in ("confirmed", "not_confirmed", "actions_taken", "authorities", "groups", "publish_on")
    }
    as_of = datetime(2026, 1, 1) + timedelta(minutes=draw(st.integers(0, 525_000)))
    began = as_of - timedelta(minutes=draw(st.integers(1, 5000)))
    count = st.one_of(st.none(), st.integers(0, 60))
    toll = {kind: draw(count) for kind in ("deaths", "injured", "missing")} | {"note": ""}
    following = as_of + timedelta(minutes=draw(st.sampled_from([-600, 45, 240, 1500])))
    if following < as_of:
        flags.add("next_update_in_past")
    raw = {
        "as_of": f"{as_of:%Y-%m-%dT%H:%M}", "company": one["company"], "industry": one["industry"], "what_happened": one["what"],
        "when": f"{began:%Y-%m-%d %H:%M}", "where": one["where"], "casualties": toll, "contact": one["contact"],
        "spokesperson": one["spokesperson"], "next_update": f"{following:%Y-%m-%d %H:%M}", "groups_affected": many["groups"],
        **{key: many[key] for key in ("confirmed", "not_confirmed", "actions_taken", "authorities", "publish_on")},
        "crisis_type": draw(st.sampled_from(["", "linear", "media", "matrix", "credit", "chain"])),
    }  # fmt: skip
    return lang, raw, flags | _spoiled(draw, raw)


def _spoiled(draw: Any, raw: dict[str, Any]) -> set[str]:
    """Damages the intake in up to three ways and tells the flags that must follow."""
    flags: set[str] = set()
    missing = draw(st.sampled_from(["", "", "", "company", "when", "contact", "spokesperson"]))
    if missing:
        raw[missing] = ""
        flags.add({"when": "missing_time"}.get(missing, f"missing_{missing}"))
    for flag in draw(st.lists(st.sampled_from(sorted(HOSTILE)), unique=True, max_size=2)):
        before, after = HOSTILE[flag]
        key = draw(
            st.sampled_from([k for k in ("company", "what_happened", "contact", "spokesperson") if k != missing])
        )
        raw[key] = f"{before}{raw[key]}{after}"
        flags.add(flag)
    if draw(st.booleans()) and draw(st.booleans()):
        raw["casualties"] = {**raw["casualties"], "injured": -2}
        flags.add("negative_or_implausible_casualties")
    return flags


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def holds(lang: str, raw: dict[str, Any], flags: set[str]) -> None:
    made, found = drafted(raw, lang)
    assert invented_numbers(made.text, raw) == set()
    assert not LEFTOVER.search(made.text)
    assert _bare("".join(s.text for s in made.sentences)) == _bare(made.text)
    assert flags <= set(found)
    assert (made, found) == drafted(raw, lang)
    spoken = made.text.lower()
    for word in [*raw["groups_affected"], *raw["publish_on"]]:
        assert re.sub(r" and famil(y|ies)", "", word).lower() in spoken
    if "next_update_in_past" not in flags:
        assert raw["next_update"][-5:] in made.text
    missing = {flag for flag in found if flag.startswith("missing_")} - {"missing_place"}
    assert not missing or "【待填" in made.text or "[to fill" in made.text
    said = {fact for s in made.sentences for fact in s.facts}
    for slot in ("confirmed", "not_confirmed", "actions_taken", "authorities"):
        kept = {f"{slot}.{n}" for n, _ in enumerate(raw[slot], 1)}
        assert kept <= said or slot == "authorities"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(intakes())
def test_a_draft_invents_nothing_and_leaves_nothing_out(case: tuple[str, dict[str, Any], set[str]]) -> None:
    holds(*case)


@pytest.mark.long
@settings(max_examples=30_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(intakes())
def test_tens_of_thousands_of_drafts_hold_the_same(case: tuple[str, dict[str, Any], set[str]]) -> None:
    holds(*case)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(SLOTS), st.one_of(st.text(max_size=120), st.none(), st.integers(), LISTS)))
def test_no_intake_however_odd_breaks_the_draft(raw: dict[str, Any]) -> None:
    for lang in ("zh", "en"):
        made, _ = drafted(raw, lang)
        assert _bare("".join(s.text for s in made.sentences)) == _bare(made.text)
        assert not re.search(r"\{\{|\}\}|<script", made.text)
