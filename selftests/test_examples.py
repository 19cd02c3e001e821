"""Rules with generated payloads end as the smallest example that failed, or at once."""

from __future__ import annotations

from contextlib import suppress
from functools import wraps
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.runner.generated import MOST_SMALLER, Examples
from conformance.runner.search_ends import Ended, Enough
from conformance.verdicts import SetupFailed
from conformance.wire.exchanges import Exchange
from conformance.wire.journal import Journal
from conformance.wire.recorder import recording

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.wire.recorder import Recorder


def run(rule: Callable[[int], None], examples: int = 50) -> tuple[Examples, Recorder]:
    """Run a rule over generated numbers; return what was watched of it, and recorded."""
    watched = Examples(())
    tested: Any = settings(max_examples=examples, derandomize=True)(
        given(number=st.integers(0, 10_000))(rule)
    )
    inner = tested.hypothesis.inner_test
    tested.hypothesis.inner_test = wraps(inner)(
        lambda *args, **values: watched.try_one(inner, args, values)
    )
    with recording() as recorder, suppress(AssertionError, Enough):
        tested()
    return watched, recorder


def sent(number: int) -> Exchange:
    """Return an exchange that tells a number."""
    return Exchange("api", "GET", f"https://host/{number}", {}, b"", None, 0.0)


def test_the_smallest_example_is_kept() -> None:
    """Of all examples, the values and the exchanges of the smallest that failed are kept."""
    journal = Journal()

    def rule(number: int) -> None:
        journal.add(sent(number))
        assert number < 100

    watched, recorder = run(rule)

    assert recorder.failed is not None
    assert recorder.failed.values == ("number = 100",)
    assert [each.url for each in recorder.last(6)] == ["https://host/100"]
    assert str(watched.failure)


def test_an_outcome_ends_the_rule_at_once() -> None:
    """What could not be tried is neither tried again nor made smaller."""
    seen = []

    def rule(number: int) -> None:
        seen.append(number)
        message = "no room"
        raise SetupFailed(message)

    with pytest.raises(Ended) as ended:
        run(rule)

    assert len(seen) == 1
    assert isinstance(ended.value.outcome, SetupFailed)


def test_the_search_for_a_smaller_example_is_bounded() -> None:
    """However long it could go on, it ends, and the failure stays known."""
    failed: list[bool] = []

    def rule(number: int) -> None:
        failed.append(sum(map(int, str(number * 7919))) % 5 == 1)
        assert not failed[-1]

    watched, _ = run(rule)

    assert watched.failure is not None
    assert len(failed) - failed.index(True) - 1 <= MOST_SMALLER
