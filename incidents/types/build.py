"""Makes the type model and the type guide out of content: parsed YAML and the learned weights."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from incidents.types.judgement import CREDIT_KINDS, TYPES, AnswerOption, DecidingQuestion, Phrase
from incidents.types.lexicon import Atom, Lexicon, Signal
from incidents.types.model import TypeModel
from incidents.types.posture import EscalationRule, Strategy, TypeGuide, TypePosture

Content = Mapping[str, Any]
TABLES = {"type": TYPES, "kind": CREDIT_KINDS, "overlay": TYPES}
"""The weight tables of data/types/model.npz and the classes of their columns."""


def build_lexicon(words: Content, signals: Content, simplified: Mapping[int, str]) -> Lexicon:
    """`words`: data/types/words.yaml; `signals`: data/types/signals.yaml; `simplified`: a table for str.translate."""
    atoms = tuple(Atom(name, _pattern(entry), bool(entry.get("guarded"))) for name, entry in words["atoms"].items())
    made = tuple(_signal(name, entry) for name, entry in signals.items())
    return Lexicon(atoms, made, _pattern(words["negation"]), _pattern(words["attribution"]), simplified)


def build_type_model(lexicon: Lexicon, questions: Content, arrays: Mapping[str, Any]) -> TypeModel:
    """`questions`: data/types/questions.yaml; `arrays`: those of data/types/model.npz, as `packed` made them."""
    names, pieces = str(arrays["names"]).split("\n"), str(arrays["pieces"]).split("\n")
    tables = {table: _weights(names, arrays[table]) for table in TABLES}
    texts = {f"answer:{key}": phrase(entry) for key, entry in questions["answer_texts"].items()}
    texts |= {f"signal:{signal.name}": signal.text for signal in lexicon.signals}
    return TypeModel(
        lexicon=lexicon,
        weights=tables["type"],
        kind_weights=tables["kind"],
        overlay_weights=tables["overlay"],
        temperature=float(arrays["temperature"]),
        provisional_below=float(arrays["provisional_below"]),
        overlay_from=float(arrays["overlay_from"]),
        answer_texts=texts,
        wording_text=phrase(questions["wording_text"]),
        would_change={(a, b): phrase(entry) for a, to in questions["would_change"].items() for b, entry in to.items()},
        questions={pair: _question(pair, questions["deciding_questions"]) for pair in combinations(TYPES, 2)},
        worth=dict(zip(pieces, arrays["worth"].tolist(), strict=True)),
        kind_worth=dict(zip(pieces, arrays["kind_worth"].tolist(), strict=True)),
    )


def packed(
    tables: Mapping[str, Mapping[str, np.ndarray]],
    pieces: Sequence[str],
    worths: Mapping[str, np.ndarray],
    numbers: Mapping[str, float],
) -> dict[str, Any]:
    """The arrays of an .npz file for learned weights: `tables` as in TABLES, by feature; a feature without a weight is zero.
    `worths` has a number for each of the `pieces` of wording."""
    names = sorted({name for table in tables.values() for name in table})
    arrays: dict[str, Any] = {name: np.float32(value) for name, value in numbers.items()}
    arrays |= {"names": np.array("\n".join(names)), "pieces": np.array("\n".join(pieces))}
    arrays |= {name: values.astype(np.float16) for name, values in worths.items()}
    for table, classes in TABLES.items():
        nothing = np.zeros(len(classes))
        arrays[table] = np.array([tables[table].get(name, nothing) for name in names], dtype=np.float16)
    return arrays


def _weights(names: Sequence[str], rows: np.ndarray) -> dict[str, np.ndarray]:
    weighed = rows.astype(float)
    return {names[i]: weighed[i] for i in np.flatnonzero(weighed.any(axis=1)).tolist()}


def build_type_guide(types: Content, questions: Content, rules: Content) -> TypeGuide:
    """`types`: data/types/types.yaml; `questions`: questions.yaml; `rules`: escalations.yaml."""
    return TypeGuide(
        postures=tuple(_posture(name, types["types"][name]) for name in TYPES),
        credit_kinds={kind: _named(types["credit_kinds"][kind]) for kind in CREDIT_KINDS},
        evidence_questions={key: phrase(entry) for key, entry in questions["evidence_questions"].items()},
        escalations=tuple(_rule(key, entry) for key, entry in rules.items()),
    )


def phrase(entry: Content) -> Phrase:
    return Phrase(entry["zh"], entry["en"])


def _named(entry: Content) -> tuple[Phrase, Phrase]:
    return phrase(entry["name"]), phrase(entry["definition"])


def _phrases(entries: Iterable[Content]) -> tuple[Phrase, ...]:
    return tuple(phrase(entry) for entry in entries)


def _pattern(entry: Content) -> re.Pattern[str]:
    """One pattern of all Chinese and English alternatives; English ones match whole words."""
    parts = [f"(?:{part})" for part in entry.get("zh", ())]
    parts += [rf"\b(?:{part})\b" for part in entry.get("en", ())]
    return re.compile("|".join(parts))


def _signal(name: str, entry: Content) -> Signal:
    needs = tuple(tuple(need) if isinstance(need, list) else (need,) for need in entry["needs"])
    return Signal(
        name=name,
        question=entry["question"],
        text=phrase(entry),
        needs=needs,
        unless=tuple(entry.get("unless", ())),
        scope=entry.get("scope", "sentence"),
        ordered=bool(entry.get("ordered")),
        at_least=entry.get("at_least", 1),
    )


def _question(pair: tuple[str, str], entries: Content) -> DecidingQuestion:
    name = "_".join(pair)
    options = tuple(AnswerOption(type_, phrase(entries[name][type_]), type_) for type_ in pair)
    return DecidingQuestion(name, phrase(entries[name]["text"]), options)


def _posture(name: str, entry: Content) -> TypePosture:
    return TypePosture(
        type=name,
        name=phrase(entry["name"]),
        definition=phrase(entry["definition"]),
        example=phrase(entry["example"]),
        test_questions=_phrases(entry["test_questions"]),
        first_steps=_phrases(entry["first_steps"]),
        statement_must_carry=_phrases(entry["statement_must_carry"]),
        strategies=tuple(Strategy(phrase(s["name"]), phrase(s["when"])) for s in entry["strategies"]),
        never=_phrases(entry["never"]),
    )


def _rule(key: str, entry: Content) -> EscalationRule:
    return EscalationRule(
        id=key,
        from_types=tuple(entry["from"]),
        trigger=phrase(entry["trigger"]),
        to=entry["to"],
        credit_kind=entry.get("credit_kind"),
        as_=entry["as"],
        why=phrase(entry["why"]),
        first_step=phrase(entry["first_step"]),
    )
