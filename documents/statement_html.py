"""A statement as a page for a newsroom: one file, nothing fetched, no script, readable on paper."""

from html import escape

from documents.outgoing import ILLEGAL, OutgoingText

_STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #1c2328; font-size: 1.06rem; line-height: 1.8;
  font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
article { max-width: 40em; margin: 0 auto; padding: 2rem 1.2rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.4; margin: .4rem 0 1.2rem; }
p { margin: 0 0 1rem; }
.mark { border: 2px solid #b3261e; color: #8c1d18; padding: .3rem .8rem; font-weight: 600; }
header p, footer p { color: #4a5358; font-size: .9rem; margin: 0 0 .6rem; }
footer { border-top: 1px solid #c9cec7; margin-top: 2rem; padding-top: .8rem; }
@media print { article { max-width: none; padding: 0; } .mark { break-inside: avoid; } p { orphans: 2; widows: 2; } }
@page { margin: 2cm; }
"""


def as_html(whole: OutgoingText) -> bytes:
    """UTF-8. Every outside word is escaped; the number and the whole hash stand in <meta>."""
    parts = (_head(whole), *_body(whole), "</article>", "</body>", "</html>", "")
    return "\n".join(parts).encode("utf-8", "replace")


def _head(whole: OutgoingText) -> str:
    title = _said(whole.heading or whole.kind or whole.firm or "—")
    meta = "".join(f'<meta name="{name}" content="{_said(value)}">\n' for name, value in _meta(whole) if value)
    robots = '<meta name="robots" content="noindex">\n' if whole.watermark else ""
    return (
        f'<!doctype html>\n<html lang="{_said(whole.tag)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{meta}{robots}<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<article>"
    )


def _meta(whole: OutgoingText) -> tuple[tuple[str, str], ...]:
    return (
        ("author", whole.firm), ("keywords", ", ".join(whole.keywords)),
        ("dcterms.identifier", f"sha256:{whole.sha256}" if whole.sha256 else ""),
        ("dcterms.issued", whole.at.isoformat(timespec="seconds") if whole.at else ""),
    )  # fmt: skip


def _body(whole: OutgoingText) -> list[str]:
    lines = list(whole.lines)
    above = [f'<p class="mark" role="note">{_said(mark)}</p>' for mark in whole.marks]
    if whole.kind:
        above.append(f"<header><p>{_said(whole.kind)}</p></header>")
    if whole.heading:
        above.append(f"<h1>{_said(lines.pop(0))}</h1>")
    below = [f"<footer><p>{_timed(whole)}</p></footer>"] if whole.stamp else []
    return [*above, *(f"<p>{_said(line)}</p>" for line in lines), *below]


def _timed(whole: OutgoingText) -> str:
    """The stamp, with the moment in it as a machine reads it."""
    stamp = _said(whole.stamp)
    return f'<time datetime="{whole.at.isoformat(timespec="seconds")}">{stamp}</time>' if whole.at else stamp


def _said(text: str) -> str:
    return escape(ILLEGAL.sub("", text), quote=True)
