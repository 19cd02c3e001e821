"""One judged case of a rule, with all that reports show of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from conformance.spec.statements import statements

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conformance.rules import Rule
    from conformance.verdicts import Verdict

LONGEST_WRITTEN = 1200
"""Characters of a sentence, at most, once those that act on a terminal are written out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case of a rule, judged.

    `name` is its test's, with the parameters; `phase` is the part of the test that ended it.
    `reason` is one line for a verdict other than passed. `expected` and `observed` say in a
    sentence each what a rule asked for and what came, where it did not hold. `finding`,
    `exchanges`, `script` and `source` are further evidence of a case that did not pass: what else
    is to be said, the last exchanges, shell lines that repeat it from scratch, and the assertion
    as the suite has it. `curl` repeats the last request. `requests` counts what the case sent,
    `sent` the same by method, with the records and the wrong credentials in it, `observations`
    what was compared or walked.
    `waited_for` is the longest exchange of a case that had to wait, in a few words.
    `lacking` tells an inconclusive case for which the account only lacks the records from one that
    could not be tried, and `over_budget` one that came too late in a bounded run. `beside_others`
    is how it ended beside other cases, where it was repeated alone and ended otherwise.
    """

    rule: Rule
    name: str
    verdict: Verdict
    phase: str = "call"
    reason: str = ""
    expected: str = ""
    observed: str = ""
    finding: str = ""
    exchanges: tuple[str, ...] = ()
    script: tuple[str, ...] = ()
    source: str = ""
    curl: str = ""
    requests: int = 0
    sent: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    observations: Mapping[str, int] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    waited_for: str = ""
    lacking: bool = False
    over_budget: bool = False
    beside_others: str = ""

    @property
    def parameters(self) -> str:
        """The parameters of the case, as its name shows them."""
        _, bracket, parameters = self.name.partition("[")
        return parameters.rstrip("]") if bracket else ""

    @property
    def sentences(self) -> str:
        """What was expected and what was observed, a line each; "" where a rule held."""
        told = (("expected", self.expected), ("observed", self.observed))
        return "\n".join(f"{side}: {sentence}" for side, sentence in told if sentence)

    @property
    def evidence(self) -> str:
        """What was found, in full, beginning with both sentences; "" where nothing was."""
        if not self.finding and not self.expected:
            return ""
        rule = self.rule
        parts = [
            self.sentences,
            "\n".join(f"{id_}  {statements()[id_].text}" for id_ in rule.statements),
            f"Rule {rule.id} ({rule.level.value}, {rule.basis.value}): {rule.title}",
            self.finding,
            *self.exchanges,
            "\n".join(["To repeat it:", *self.script]) if self.script else "",
        ]
        return "\n\n".join(part for part in parts if part)

    @property
    def text(self) -> str:
        """All that a report shows of the case: its evidence or reason, a curl line, its source."""
        shown = self.evidence or "\n\n".join(
            part for part in (self.rule.title, self.reason) if part
        )
        return "\n\n".join([shown, self.curl, *filter(None, [self.source])])

    def written(self, write: Callable[[str], str]) -> Case:
        """Return the case with each text in it as `write` writes it, the sentences cut again."""
        return replace(
            self,
            reason=write(self.reason),
            expected=write(self.expected)[:LONGEST_WRITTEN],
            observed=write(self.observed)[:LONGEST_WRITTEN],
            finding=write(self.finding),
            exchanges=tuple(write(each) for each in self.exchanges),
            script=tuple(write(each) for each in self.script),
            source=write(self.source),
            curl=write(self.curl),
            waited_for=write(self.waited_for),
            readings={write(asked): write(answer) for asked, answer in self.readings.items()},
        )
