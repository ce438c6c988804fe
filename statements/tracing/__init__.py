"""Finds numbers, times and places in a text and traces each to a confirmed fact."""

from statements.tracing.match import Untraced, untraced
from statements.tracing.mentions import Clock, Code, Count, Day, Mention, Place, mentions
from statements.tracing.truth import Truth, truth

__all__ = ["Clock", "Code", "Count", "Day", "Mention", "Place", "Truth", "Untraced", "mentions", "truth", "untraced"]
