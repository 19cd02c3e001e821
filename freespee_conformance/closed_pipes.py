"""Output that is not read any more, as behind a pipe to head: what comes after that is dropped."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

STANDARD = ("stdout", "stderr")


class Pipe(io.FileIO):
    """A file of a process that drops what is written to it once its reader has gone."""

    is_read = True

    def write(self, data: ReadableBuffer, /) -> int:
        """Write bytes, or drop them; return how many."""
        try:
            return super().write(data)
        except BrokenPipeError:
            self.is_read = False
            return memoryview(data).nbytes


def drop_what_is_not_read() -> list[Pipe]:
    """Let no writing to standard output and standard error fail because its reader has gone.

    Returns the two; none of a process that has neither.
    """
    pipes = []
    for name in STANDARD:
        stream = getattr(sys, name)
        if not isinstance(stream, io.TextIOWrapper):
            continue
        stream.flush()
        pipe = Pipe(stream.fileno(), "wb", closefd=False)
        dropping = io.TextIOWrapper(
            io.BufferedWriter(pipe),
            encoding=stream.encoding,
            errors=stream.errors,
            line_buffering=stream.line_buffering,
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
