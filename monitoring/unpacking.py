"""Unpacks gzip, deflate and brotli piece by piece, never holding more than it was allowed."""

import zlib
from collections.abc import Iterator
from typing import Any, Protocol

import brotli

PIECE = 64 * 1024
_GZIP = b"\x1f\x8b\x08"


class TooMuch(Exception):
    """The body is longer than allowed."""


class Spoilt(Exception):
    """The body is not what its encoding says."""


class _Unpacker(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]: ...


class Body:
    """Collects a body as it arrives. Raises TooMuch beyond `most` bytes, packed or unpacked, and Spoilt."""

    def __init__(self, encodings: str, most: int) -> None:
        names = [name.strip().lower() for name in encodings.split(",") if name.strip()]
        self._chain: list[_Unpacker] = [_unpacker(name) for name in reversed(names) if name != "identity"]
        self._most = most
        self._packed = 0
        self._parts: list[bytes] = []
        self._length = 0

    def add(self, data: bytes) -> None:
        self._packed += len(data)
        if self._packed > self._most:
            raise TooMuch
        for part in self._through(data, 0):
            self._length += len(part)
            if self._length > self._most:
                raise TooMuch
            self._parts.append(part)

    def whole(self) -> bytes:
        return b"".join(self._parts)

    def _through(self, data: bytes, depth: int) -> Iterator[bytes]:
        if depth == len(self._chain):
            yield data
            return
        for part in self._chain[depth].feed(data):
            yield from self._through(part, depth + 1)


def _unpacker(name: str) -> _Unpacker:
    if name in ("gzip", "x-gzip", "deflate"):
        return _Zlib()
    if name == "br":
        return _Brotli()
    raise Spoilt(name)


class _Zlib:
    """gzip with any number of members, zlib, and the raw deflate that some servers call deflate."""

    def __init__(self) -> None:
        self._engine: Any = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._engine is None and data:
            self._engine = zlib.decompressobj(47 if _has_header(data) else -15)
        while data:
            if self._engine.eof:
                if not data.startswith(b"\x1f\x8b"):
                    return  # padding after the end
                self._engine = zlib.decompressobj(47)
            try:
                yield self._engine.decompress(data, PIECE)
            except zlib.error as cause:
                raise Spoilt("gzip") from cause
            data = self._engine.unconsumed_tail or self._engine.unused_data


def _has_header(data: bytes) -> bool:
    return data[:2] == b"\x1f\x8b" or (data[0] & 15 == 8 and (len(data) < 2 or int.from_bytes(data[:2]) % 31 == 0))


class _Brotli:
    def __init__(self) -> None:
        self._engine = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        try:
            yield self._engine.process(data, output_buffer_limit=PIECE)
            while not self._engine.can_accept_more_data() and not self._engine.is_finished():
                yield self._engine.process(b"", output_buffer_limit=PIECE)
        except brotli.error as cause:
            raise Spoilt("br") from cause


def gunzip(data: bytes, most: int) -> bytes:
    """A gzip file's content. Raises TooMuch and Spoilt."""
    body = Body("gzip", most)
    body.add(data)
    return body.whole()


def is_gzip(data: bytes) -> bool:
    return data.startswith(_GZIP)
