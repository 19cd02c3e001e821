"""Output that nobody takes: what comes after that is dropped, and no run fails for it.

It may go to a pipe whose reader has gone, as head does, to a full disk, or to a closed terminal.
"""

from __future__ import annotations

import io
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

STANDARD = ("stdout", "stderr")


class Pipe(io.FileIO):
    """A file of a process that drops what cannot be written to it."""

    is_read = True
    """Whether it has a reader, as far as it is known."""

    def write(self, data: ReadableBuffer, /) -> int:
        """Write bytes, or drop them; return how many."""
        try:
            return super().write(data)
        except BrokenPipeError:
            self.is_read = False
        except OSError:
            pass  # a full disk, or a terminal that was closed: the results have all of it
        return memoryview(data).nbytes


def drop_what_is_not_read() -> list[Pipe]:
    """Let no writing to standard output and standard error fail.

    Returns the two; none of a process that has neither. Done twice, it is done once.
    """
    pipes: list[Pipe] = []
    for name in STANDARD:
        stream = getattr(sys, name)
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if isinstance(known := getattr(stream.buffer, "raw", None), Pipe):
            pipes.append(known)
            continue
        with suppress(OSError):
            stream.flush()
        pipe = Pipe(stream.fileno(), "wb", closefd=False)
        dropping = io.TextIOWrapper(
            io.BufferedWriter(pipe),
            encoding=stream.encoding,
            errors=stream.errors,
            line_buffering=True,  # no one flushes it in the end
            write_through=stream.write_through,
        )
        setattr(sys, name, dropping)
        pipes.append(pipe)
    return pipes


class StopsUnread:
    """A plugin that ends the rules when the output is not read any more; the clean-up follows."""

    def __init__(self, pipes: list[Pipe]) -> None:
        """Take what the session writes to."""
        self._pipes = pipes
        self._session: pytest.Session | None = None

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Keep the session."""
        self._session = session

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logfinish(self) -> None:
        """Let no case begin after this one."""
        if self._session is not None and not all(each.is_read for each in self._pipes):
            self._session.shouldstop = "the output is not read any more"
