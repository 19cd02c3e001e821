"""What ends Hypothesis' search for a smaller example, past its own handling of exceptions."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from conformance.verdicts import OutcomeError

if TYPE_CHECKING:
    from collections.abc import Iterator


class Enough(BaseException):
    """Ends the search for a smaller example."""


class Ended(BaseException):
    """Carries an outcome out of Hypothesis, which takes any Exception for a failure."""

    def __init__(self, outcome: OutcomeError) -> None:
        """Take the outcome that ends the case."""
        super().__init__(str(outcome))
        self.outcome = outcome


@contextmanager
def at_once() -> Iterator[None]:
    """Have an outcome end the whole case at once, without further examples.

    It is for the steps of a state machine; rules with @given are wrapped in it already.
    """
    try:
        yield
    except OutcomeError as outcome:
        raise Ended(outcome) from outcome
