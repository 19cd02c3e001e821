"""The exchanges, observations and readings of the running case, kept for its evidence."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.wire.context import within
from conformance.wire.exchanges import Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.wire.compared import Comparison, Unaccepted
    from conformance.wire.exchanges import Exchange


@dataclass(slots=True, eq=False, weakref_slot=True)
class Recorder:
    """The exchanges of one case, in order, its observations, and its readings.

    Observations count what was compared, by name. A reading is the answer that the target chose
    where the document leaves a choice. `comparison` and `unaccepted` are what the last assertion
    that did not hold has compared, and the last answer that no reading allows. `borrowed` counts
    records that were lent to the case, `replaceable` those it made where one might have been lent.
    `module` is where its rule stands; "" for what is no case.
    """

    exchanges: list[Exchange] = field(default_factory=list)
    observations: Counter[str] = field(default_factory=Counter)
    readings: dict[str, str] = field(default_factory=dict)
    failed: Example | None = None
    comparison: Comparison | None = None
    unaccepted: Unaccepted | None = None
    borrowed: int = 0
    replaceable: int = 0
    module: str = ""
    _begun: int = 0

    def begin_example(self) -> None:
        """Start another example of generated values."""
        self._begun = len(self.exchanges)
        self.comparison = self.unaccepted = None

    def begin_again(self) -> None:
        """Start the case once more: nothing that was seen of it counts, but what was sent stays."""
        self.observations.clear()
        self.readings.clear()
        self.failed = self.comparison = self.unaccepted = None
        self.begin_example()

    def keep_example(self, values: list[str], exchanges: list[Exchange] | None = None) -> None:
        """Keep the example that has just failed: its values as text, and its exchanges.

        They are all exchanges since the example began, unless given.
        """
        kept = self.exchanges[self._begun :] if exchanges is None else exchanges
        self.failed = Example(tuple(values), tuple(kept), self.comparison, self.unaccepted)

    @property
    def last_comparison(self) -> Comparison | None:
        """What the assertion that ended the case compared; of examples, the smallest's."""
        return (self.failed and self.failed.comparison) or self.comparison

    @property
    def last_unaccepted(self) -> Unaccepted | None:
        """The answer that no reading allows; of generated examples, the smallest's."""
        return (self.failed and self.failed.unaccepted) or self.unaccepted

    @property
    def saw_something(self) -> bool:
        """Whether there was an observation: something counted, or else any exchange."""
        return self.observations.total() > 0 if self.observations else bool(self.exchanges)

    def last(self, count: int) -> list[Exchange]:
        """Return the last exchanges, oldest first, without those that only fetched a challenge.

        For generated examples, those of the one that failed.
        """
        shown = self.exchanges if self.failed is None else list(self.failed.exchanges)
        following: list[Exchange | None] = [*shown[1:], None]
        told = [
            exchange
            for exchange, after in zip(shown, following, strict=False)
            if after is None or not exchange.is_round_trip_of(after)
        ]
        return told[-count:]


_recorder: ContextVar[Recorder | None] = ContextVar("recorder", default=None)
_place: ContextVar[int] = ContextVar("place", default=-1)


@contextmanager
def placed(place: int) -> Iterator[None]:
    """Have what is exchanged in this context stand at the place of its case among all cases."""
    with within(_place, place):
        yield


def current_place() -> int:
    """Return the place of the running case; -1 where cases run one after another, as they stand."""
    return _place.get()


@contextmanager
def recording(known: Recorder | None = None) -> Iterator[Recorder]:
    """Record the exchanges, observations and readings of this context, in a new recorder or one.

    A new one belongs to the module of the running case.
    """
    recorder = known or Recorder(module=current_recorder().module)
    with within(_recorder, recorder):
        yield recorder


def current_recorder() -> Recorder:
    """Return the recorder of the running case, or an unused one where no case runs."""
    return _recorder.get() or Recorder()


def note_reading(question: str, answer: str) -> None:
    """Note which answer the target gave where the document leaves a choice."""
    current_recorder().readings[question] = answer


def note_comparison(comparison: Comparison) -> None:
    """Note what an assertion that does not hold has compared."""
    current_recorder().comparison = comparison


def note_unaccepted(unaccepted: Unaccepted) -> None:
    """Note an answer that no reading of the document allows."""
    current_recorder().unaccepted = unaccepted


def observed(what: str, count: int) -> None:
    """Count what the running case has compared; a case that counts nothing is inconclusive."""
    current_recorder().observations[what] += count
