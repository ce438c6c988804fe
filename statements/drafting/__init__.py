"""Drafting: confirmed facts in, sentences out. Every sentence knows which facts it says and which principle it serves."""

from statements.drafting.draft import draft, leave_out_blocked
from statements.drafting.render import laid_out, render
from statements.models import Casualties, Draft, DraftSentence, StatementIntake, StatementKit, StatementTemplate

__all__ = [
    "Casualties",
    "Draft",
    "DraftSentence",
    "StatementIntake",
    "StatementKit",
    "StatementTemplate",
    "draft",
    "laid_out",
    "leave_out_blocked",
    "render",
]
