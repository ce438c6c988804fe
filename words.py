"""Looks keys up in a language. Sentences live in templates/ui/<language>/*.yaml; Python passes keys and facts."""

from collections.abc import Mapping
from typing import Any

from errors import DeskError

LANGUAGES = ("zh", "en")
DEFAULT_LANGUAGE = "zh"


class Words:
    """One language's sentences: flat dotted keys, {holes} filled by keyword."""

    def __init__(self, language: str, sentences: Mapping[str, str]) -> None:
        self.language = language
        self._sentences = sentences

    def __call__(self, key: str, **facts: Any) -> str:
        """The sentence under `key` with its holes filled. Raises KeyError for an unknown key or hole: a defect, not an input."""
        sentence = self._sentences[key]
        return sentence.format(**facts) if facts else sentence

    def has(self, key: str) -> bool:
        return key in self._sentences

    def error(self, error: DeskError) -> str:
        """The sentence for an error; holes it does not use are ignored, and an unknown key still gives a calm sentence."""
        key = f"error.{error.key}"
        sentence = self._sentences.get(key) or self._sentences["error.unknown"]
        return sentence.format_map(_Facts(error.facts))


class _Facts(dict[str, Any]):
    def __missing__(self, hole: str) -> str:
        return "?"
