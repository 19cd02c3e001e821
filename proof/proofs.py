"""What the proofs have in common: trials, whose tasks are carried out in processes of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pytest

    from conformance.rules import Rule
    from proof.matrix import Matrix

Found = TypeVar("Found")
"""What comes of the tasks of a proof."""
Found_co = TypeVar("Found_co", covariant=True)


class Task(Protocol[Found_co]):
    """Something to find out about rules and servers; picklable, and so is what it finds."""

    def carry_out(self, matrix: Matrix) -> Found_co:
        """Find it out."""
        ...


class Finding(Protocol):
    """What came of a task, where that can be judged alone."""

    @property
    def problems(self) -> list[str]:
        """What is not as it has to be, in texts of one or more lines."""
        ...


@dataclass(frozen=True, slots=True)
class Trial(Generic[Found]):
    """One test of a proof: it waits for what its tasks find, and judges that as a whole.

    `place` is the file and the line, from 1, of what it is about. `judge` returns what is not as it
    has to be, in texts of one or more lines. `-k` finds it by its `keywords`, too.
    """

    name: str
    place: tuple[Path, int]
    tasks: Sequence[Task[Found]]
    judge: Callable[[Sequence[Found]], list[str]]
    keywords: frozenset[str] = frozenset()


class Proof(Protocol[Found]):
    """One way to prove that verdicts can be trusted."""

    @property
    def name(self) -> str:
        """What `--prove` calls it."""
        ...

    def trials(self, cases: Sequence[pytest.Item]) -> Sequence[Trial[Found]]:
        """Return all that there is to try with these cases of the rules."""
        ...

    def report(self, found: Sequence[Found], rules: Sequence[Rule], directory: Path) -> str:
        """Write what was found into a directory, if there is more than one line to say of it.

        Returns the line.
        """
        ...


def problems_of(found: Sequence[Finding]) -> list[str]:
    """Return the problems of findings that are judged one by one."""
    return [problem for each in found for problem in each.problems]
