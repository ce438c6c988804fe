"""Cuts the long articles inside a feed document down to what a lead needs, so that parsing costs what is used."""

LONGEST = 5_000


def shorten(document: str) -> str:
    """The XML document with every CDATA section and every run of text cut to about LONGEST characters."""
    if len(document) <= LONGEST:
        return document
    return _cut_runs(_cut_sections(document))


def _cut_sections(document: str) -> str:
    parts = []
    done = 0
    start = document.find("<![CDATA[")
    while start >= 0:
        end = document.find("]]>", start)
        if end < 0:
            break
        if end - start > LONGEST:
            parts.append(document[done : start + LONGEST])
            done = end
        start = document.find("<![CDATA[", end)
    return "".join([*parts, document[done:]])


def _cut_runs(document: str) -> str:
    return "<".join(run if len(run) <= LONGEST + 2_000 else _cut_run(run) for run in document.split("<"))


def _cut_run(run: str) -> str:
    """The beginning of the run, not ending within an entity; a run that ends a CDATA section stays."""
    if "]]>" in run:
        return run
    cut = run[:LONGEST]
    entity = cut.rfind("&", LONGEST - 40)
    return cut[:entity] if entity >= 0 and ";" not in cut[entity:] else cut
