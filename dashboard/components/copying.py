"""A button that puts a text on the clipboard. What it does is in copy.js, which the web door serves."""

from dashboard import session
from dashboard.components.show import h


def copy_button(text: str, what: str) -> str:
    """Markup of a thumb-sized button; `what` tells a screen reader which of several it is."""
    w = session.words()
    return (
        f"<button type='button' class='cd-copy' data-copy='{_whole(text)}' data-done='{h(w('out.copied'))}' "
        f"data-failed='{h(w('out.copy.failed'))}' aria-label='{h(w('out.copy'))} {h(what)}'>{h(w('out.copy'))}</button>"
    )


def _whole(text: str) -> str:
    """The text as an attribute keeps it, line ends and all."""
    return h(text).replace("<br>", "&#10;")
