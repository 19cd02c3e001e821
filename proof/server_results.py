"""What the rules say of one server, and whether that is as it has to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.verdicts import ExitCode, Verdict, worst

if TYPE_CHECKING:
    from conformance.results.case import Case
    from conformance.results.conclusion import Conclusion

NOTICES = frozenset({Verdict.FAILED, Verdict.DEVIATION})
"""The verdicts by which a rule notices a fault: an assertion did not hold."""


@dataclass(frozen=True, slots=True)
class ServerResult:
    """One server, and every case that it was judged by.

    `expected` are the ids of the rules that have to notice it, of those that were shown to it.
    `conclusion` is what a run says of it where it conforms. `docstring` says what it does in its
    own way, `module` where that is written.
    """

    server: str
    conforms: bool
    module: str
    seed: int
    docstring: str
    expected: frozenset[str]
    cases: tuple[Case, ...]
    conclusion: Conclusion | None = None

    @property
    def noticed(self) -> dict[str, Case]:
        """The rules that noticed the server, each with the first case that did."""
        found: dict[str, Case] = {}
        for case in self.cases:
            if case.verdict in NOTICES:
                found.setdefault(case.rule.id, case)
        return found

    @property
    def untried(self) -> set[str]:
        """The rules from which the server takes what they need."""
        verdicts = {case.rule.id: set[Verdict]() for case in self.cases}
        for case in self.cases:
            verdicts[case.rule.id].add(case.verdict)
        return {rule for rule, seen in verdicts.items() if worst(seen) is Verdict.INCONCLUSIVE}

    @property
    def problems(self) -> list[str]:
        """What is not as it has to be; nothing, where the matrix is right about the server."""
        noticed = self.noticed
        return [
            *(
                f"{self.server} does not name {rule}\n\n{case.text}"
                for rule, case in noticed.items()
                if rule not in self.expected
            ),
            *(
                f"{self.server} is not noticed by {rule}: {self._seen(rule)}"
                for rule in sorted(self.expected - noticed.keys())
            ),
            *(
                f"{self.server} breaks the suite itself in {case.rule.id}\n\n{case.evidence}"
                for case in self.cases
                if case.verdict is Verdict.ERROR
            ),
            *self._blame(),
        ]

    def _blame(self) -> list[str]:
        """Say that a server that has to end conformant did not."""
        end = self.conclusion
        if end is None or end.exit_code == ExitCode.CONFORMANT:
            return []
        return [f"{self.server} ends {end.word} ({end.exit_code}): {end.sentence}"]

    def _seen(self, rule: str) -> str:
        """Say what the cases of a rule said instead."""
        said = dict.fromkeys(
            f"{case.verdict.value} {case.reason}".strip()
            for case in self.cases
            if case.rule.id == rule
        )
        return "; ".join(said) or "all its responses are those of the plain server"
