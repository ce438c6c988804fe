"""Tells whose a deed is: each deed told belongs to the firm last named before it, ours or another's.

"Our paint supplier forged the certificates" is the supplier's deed; "we forged them" is ours. Chinese drops the subject
once it is known, so that the last one named holds on into the next sentence.
"""

from collections.abc import Sequence

from incidents.types.spans import Hit

DEEDS = ("wrong_done", "settled", "unsettled", "decided_inside")
OWN, OTHER = ("firm", "company"), ("other_firm", "other_name")
HOLDS_FOR = 1


def owned(found: Sequence[Hit]) -> tuple[Hit, ...]:
    """For each deed a further hit `own:<deed>`, `other:<deed>` or, with nobody named near it, `open:<deed>`.

    `found` are the hits of one field in order of place.
    """
    named = [hit for hit in found if hit.atom in OWN + OTHER]
    return tuple(_with_owner(hit, named) for hit in found if hit.atom in DEEDS)


def _with_owner(deed: Hit, named: Sequence[Hit]) -> Hit:
    near = [hit for hit in named if deed.sentence - HOLDS_FOR <= hit.sentence <= deed.sentence]
    before = [hit for hit in near if hit.start < deed.end]
    after = [hit for hit in near if hit.start >= deed.end and hit.clause == deed.clause]
    whose = before[-1] if before else after[0] if after else None
    owner = "open" if whose is None else "other" if whose.atom in OTHER else "own"
    return Hit(f"{owner}:{deed.atom}", deed.field, deed.start, deed.end, deed.sentence, deed.clause)
