"""What a news item does to the name of the firm it is about: tone, certainty, gravity and whose trouble it is."""

from monitoring.tone.judging import judge
from monitoring.tone.model import Reason, ToneInput, ToneJudgement, ToneModel

__all__ = ["Reason", "ToneInput", "ToneJudgement", "ToneModel", "judge"]
