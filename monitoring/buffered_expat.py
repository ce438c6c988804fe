"""The SAX driver feedparser is given: Python's expat, told to hand over text in whole runs instead of line by line."""

from xml.sax.expatreader import ExpatParser


class BufferedExpatParser(ExpatParser):
    def reset(self) -> None:
        super().reset()
        expat = vars(self)["_parser"]
        expat.buffer_text, expat.buffer_size = True, 64 * 1024


def create_parser() -> BufferedExpatParser:
    """What xml.sax.make_parser asks a driver module for."""
    return BufferedExpatParser()
