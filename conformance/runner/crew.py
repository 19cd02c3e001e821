"""A fixed number of threads that do what there is to do, and keep their connections."""

from __future__ import annotations

import threading
from contextvars import copy_context
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Work = Callable[[], None]

LOOK_EVERY: Final = 0.2
"""Seconds between two looks at how far the crew is."""

LONGEST_GOODBYE: Final = 5.0
"""Seconds that one who is still at work is waited for, in all."""


class Crew:
    """Some threads; what they do sees the context of whoever asked for it, in a copy."""

    def __init__(self, workers: int) -> None:
        """Start so many."""
        self._work: SimpleQueue[Work | None] = SimpleQueue()
        self._changed = threading.Condition()
        self._left = 0
        self._failure: BaseException | None = None
        self._is_over = False
        self._threads = [
            threading.Thread(target=self._run, name=f"worker {number}", daemon=True)
            for number in range(1, workers + 1)
        ]
        for each in self._threads:
            each.start()

    def do(self, work: Sequence[Work], look: Work) -> None:
        """Have everything done, begun in order; return when it is. `look` is called now and then.

        Raises what any of it raises, when the rest of it is done.
        """
        self._left = len(work)
        for each in work:
            context = copy_context()
            self._work.put(lambda context=context, each=each: context.run(each))  # type: ignore[misc]
        with self._changed:
            while self._left:
                self._changed.wait(LOOK_EVERY)
                look()
        if self._failure is not None:
            raise self._failure

    def dismiss(self) -> None:
        """Begin nothing more; wait, for some time, for what is under way."""
        self._is_over = True
        for _ in self._threads:
            self._work.put(None)
        for each in self._threads:
            each.join(LONGEST_GOODBYE / len(self._threads))

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            try:
                if not self._is_over:
                    work()
            except BaseException as error:  # noqa: BLE001  (the one who asked for it raises it)
                self._failure = self._failure or error
            finally:
                with self._changed:
                    self._left -= 1
                    self._changed.notify()
