"""Builds the guard from the content of data/guard, which arrives as values."""

from collections.abc import Mapping
from typing import Any

from statements.guard.lexicon import build_lexicon
from statements.guard.models import Guard
from statements.guard.network import Network


def build_guard(content: Mapping[str, Any], arrays: Mapping[str, Any] | None = None) -> Guard:
    """`content` holds classes, patterns, variants, words, rewrites and principles as read from data/guard/*.yaml;
    `arrays` the trained weights, None before any training (the patterns then judge alone).
    """
    network = Network.from_arrays(arrays) if arrays else None
    lexicon = build_lexicon(content["classes"], content["patterns"], content.get("variants") or {})
    return Guard(lexicon, network, content["words"], content.get("rewrites") or {}, content.get("principles") or {})
