"""Parses feeds in a process of its own that can be ended: bounded in time and memory, whatever is in the document.

The child is `python -m workflows.parse_guarded`; requests and answers are pickles on its standard input and output, each
behind its length. It ends when this process does, because its input closes.
"""

import gc
import os
import pickle
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from monitoring.models import ParsedFeed, Problem
from monitoring.pages import Page

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 8.0  # seconds for one document
MOST_MEMORY = 1_500 * 1024 * 1024  # bytes of address space
START_WITHIN = 60.0  # seconds until the child has imported what it needs
RETIRE_AFTER = 20_000  # documents, so that a leak in a parser stays small
_LENGTH = struct.Struct("!Q")


@dataclass(frozen=True)
class ParseRequest:
    """The arguments of monitoring.parse.parse."""

    body: bytes
    now: datetime
    content_type: str | None = None
    zone: str = "Asia/Shanghai"
    base_url: str = ""


@dataclass(frozen=True)
class PageRequest:
    """The arguments of monitoring.pages.read_page."""

    body: bytes
    content_type: str | None = None


class ParseGuard:
    """One child. `parse` may be called from any thread; calls wait for each other. Close it, or use it in a `with`."""

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._done = 0
        self._deadline: float | None = None
        self._closed = threading.Event()
        threading.Thread(target=self._watch, name="parse-guard", daemon=True).start()

    def __enter__(self) -> "ParseGuard":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def parse(self, request: ParseRequest) -> ParsedFeed:
        """The feed; `refused` is parse.too_slow or parse.too_big where the child had to be ended."""
        answer, late = self._answered(request)
        if isinstance(answer, ParsedFeed):
            return answer
        return _refused("parse.too_slow", seconds=round(self._longest)) if late else _refused("parse.too_big")

    def read_page(self, body: bytes, content_type: str | None = None) -> Page:
        """The words of a saved page; none where it took too long or too much memory."""
        answer, _ = self._answered(PageRequest(body, content_type))
        return answer if isinstance(answer, Page) else Page("", "")

    def _answered(self, request: "ParseRequest | PageRequest") -> tuple[Any, bool]:
        """(answer, False); (None, whether it took too long) where the child had to be ended."""
        with self._lock:
            started = time.monotonic()
            try:
                return self._asked(request), False
            except (OSError, EOFError, pickle.PickleError):
                self._end()
                return None, time.monotonic() - started >= self._longest
            finally:
                self._deadline = None

    def close(self) -> None:
        self._closed.set()
        with self._lock:
            self._end()

    def _asked(self, request: ParseRequest | PageRequest) -> Any:
        """A child that was gone before it took the document is none of the document's doing: the next one is asked."""
        try:
            return self._ask(request)
        except BrokenPipeError:
            self._end()
            return self._ask(request)

    def _ask(self, request: ParseRequest | PageRequest) -> Any:
        child = self._running()
        assert child.stdin is not None
        assert child.stdout is not None
        self._deadline = time.monotonic() + self._longest
        _send(child.stdin, request)
        answer = _receive(child.stdout)
        self._done += 1
        return answer

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._child is not None and (self._child.poll() is not None or self._done >= RETIRE_AFTER):
            self._end()
        if self._child is None:
            self._deadline = time.monotonic() + START_WITHIN
            command = [sys.executable, "-m", "workflows.parse_guarded"]
            self._child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
            assert self._child.stdout is not None
            _receive(self._child.stdout)
            self._done = 0
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]

    def _watch(self) -> None:
        """End the child when it takes too long: the reader then sees the end of its pipe."""
        while not self._closed.wait(0.1):
            deadline, child = self._deadline, self._child
            if deadline is not None and child is not None and time.monotonic() > deadline:
                child.kill()


def _refused(key: str, **facts: Any) -> ParsedFeed:
    return ParsedFeed("", (), refused=Problem(key, facts))


def _send(pipe: IO[bytes], value: Any) -> None:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    return pickle.loads(pipe.read(length))  # noqa: S301 from our own child


def _bound_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """The child's life: parse what comes until the input closes."""
    from monitoring.pages import read_page
    from monitoring.parse import parse
    from workflows.parse_guarded import PageRequest as AskedPage  # in the child this module also runs as __main__

    _bound_memory()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # parsing makes many small things that live as long as their document
    _send(answers, "ready")
    while True:
        try:
            request: ParseRequest | PageRequest = _receive(requests)
        except EOFError:
            return
        answer: ParsedFeed | Page
        try:
            if isinstance(request, AskedPage):
                answer = read_page(request.body, request.content_type)
            else:
                answer = parse(
                    request.body, now=request.now, content_type=request.content_type, zone=request.zone,
                    base_url=request.base_url,
                )  # fmt: skip
        except MemoryError:
            answer = _refused("parse.too_big")
        except Exception as error:  # a document nobody foresaw must not stop the others
            answer = _refused("parse.unreadable", kind=type(error).__name__)
        _send(answers, answer)


if __name__ == "__main__":
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:  # nobody is left to hear the answer: as Python's documentation has it, end without a word
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
