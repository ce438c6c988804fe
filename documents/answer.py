"""The answer on a text that somebody brought, in words: what it is, which one, what differs."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from documents.envelope import Opened
from statements.verifying import Answer, Release
from words import Words

KindName = Callable[[str, str], str]
"""(kind, language) → what it is called."""


def answer_lines(answer: Answer, text: Opened, zone: str, w: Words, kind_name: KindName) -> list[str]:
    """A sentence a line, the verdict first."""
    said = [w(f"verify.{answer.state}")]
    if answer.release:
        which = "released.what" if answer.state == "released" else "altered.nearest"
        said.append(_release(which, answer.release, zone, w, kind_name))
    if answer.draft:
        one = answer.draft
        kind = kind_name(one.kind, w.language)
        said.append(w("verify.draft.what", kind=kind, version=one.version, incident=one.incident))
    for change in answer.changes:
        for side, sentence in (("was", change.was), ("now", change.now)):
            said.append(f"  {w(f'verify.change.{side}')}: {sentence or w('verify.change.missing')}")
    if answer.state == "released" and text.draft:
        said.append(w("verify.marked_draft"))
    if answer.state == "altered" and answer.release and text.sha and answer.release.publication.sha256.startswith(text.sha[:16]):
        said.append(w("verify.claims"))
    if answer.newer:
        said.append(w("verify.newer", number=answer.newer))
    return said


def _release(key: str, one: Release, zone: str, w: Words, kind_name: KindName) -> str:
    out = one.publication
    at = out.released_at.astimezone(ZoneInfo(zone)).isoformat(" ", "minutes").replace("+", " +", 1)
    return w(
        f"verify.{key}", kind=kind_name(one.kind, w.language), number=out.number, version=one.version, at=at,
        name=out.released_by, incident=one.incident or "—",
    )  # fmt: skip
