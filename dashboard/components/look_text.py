"""A text to be read, with the desk's marks in it: holes, objections, what was taken out and put in."""

from collections.abc import Iterable
from typing import Any

from dashboard import session
from dashboard.components.show import h
from statements.differences import Piece
from statements.gates import HOLE


def marked(text: str, findings: Iterable[Any]) -> str:
    """The text as HTML: holes impossible to overlook, objections underlined, each with its label for those who only hear it."""
    w = session.words()
    spans = [(*match.span(), "cd-hole", "") for match in HOLE.finditer(text)]
    spans += [(one.start, one.end, f"cd-find-{one.severity}", w(f"label.{one.label}")) for one in findings]
    out, at = [], 0
    for begin, end, name, said in sorted(spans):
        if begin >= at:
            out.append(f"{h(text[at:begin])}<span class='{name}' title='{h(said)}'>{h(text[begin:end])}</span>")
            at = end
    return "".join(out) + h(text[at:])


def compared(pieces: Iterable[Piece]) -> str:
    """Two versions in one text: marks and words beside colour, so that nobody needs to see red or green."""
    w = session.words()
    tags = {"gone": ("del", "−", w("versions.gone")), "new": ("ins", "+", w("versions.new"))}
    out = []
    for piece in pieces:
        if piece.kind == "same":
            out.append(h(piece.text))
            continue
        tag, mark, said = tags[piece.kind]
        out.append(
            f"<{tag} class='cd-{tag}'><span class='cd-heard'>{h(said)} </span><span aria-hidden='true'>{mark}</span>"
            f"{h(piece.text)}</{tag}>"
        )
    return "".join(out)
