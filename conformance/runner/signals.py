"""Ctrl-C, SIGTERM and SIGHUP: the first one ends the rules, another one the clean-up."""

from __future__ import annotations

import signal
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType

    import pytest
    from _pytest._code.code import TracebackEntry

ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
"""The signals that end a run, where the system has them."""

ONE_GESTURE = 2.0
"""Seconds within which signals are one: a terminal, make and tox all pass a Ctrl-C on."""


def drop_places_without_lines(interrupt: pytest.ExceptionInfo[BaseException]) -> None:
    """Leave out of a traceback what has no line: a signal may come there, and pytest needs one."""
    interrupt.traceback = interrupt.traceback.filter(_has_line)


def _has_line(entry: TracebackEntry) -> bool:
    try:
        return entry.lineno >= 0
    except TypeError:
        return False


class Signals:
    """Turns the signals that end a run into KeyboardInterrupt."""

    def __init__(self) -> None:
        """Start without listening."""
        self.received = ""
        self._at = 0.0
        self._previous: dict[int, Any] = {}

    def listen(self) -> None:
        """Begin to listen; what this process was told to ignore, as by nohup, stays ignored."""
        if threading.current_thread() is not threading.main_thread():
            return
        for name in ENDING:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                self._previous[number] = signal.signal(number, self._stop)

    def ignore(self) -> None:
        """Let nothing but SIGKILL keep the results from being written."""
        for number in self._previous:
            signal.signal(number, signal.SIG_IGN)

    def restore(self) -> None:
        """Leave the signals to those who handled them before."""
        for number, handler in self._previous.items():
            signal.signal(number, handler)
        self._previous.clear()

    def _stop(self, number: int, _: FrameType | None) -> None:
        now = time.monotonic()
        if self.received and now - self._at < ONE_GESTURE:
            return
        self._at = now
        self.received = self.received or signal.Signals(number).name
        raise KeyboardInterrupt
