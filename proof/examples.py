"""A failing example of each rule: what it says of one fault, kept for the documentation.

It is a proof like the others, so that an example is what a run says, and nothing that somebody has
written: the fault of a rule that breaks the fewest others is shown to it.
"""

from __future__ import annotations

import inspect
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from proof.proofs import Trial

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pytest

    from conformance.results.case import Case
    from conformance.rules import Rule
    from proof.matrix import Matrix
    from proof.server_results import ServerResult
    from reference.faulty import Fault

EXAMPLES_FILE = Path(__file__).parents[1] / "docs" / "examples.json"
LONGEST_LINE, MOST_LINES = 240, 24
"""How much of a finding and of an exchange is kept: so many lines of so many characters."""
LONGEST_CURL = 1000
"""Up to how many characters a curl line is kept, which is of no use in part."""

_REPEATED = re.compile("[<>] (Authorization|Date|Content-Length): ")
"""The header fields that tell a reader nothing, and are others in each run."""
_AUTHORITY = re.compile(r"--cacert \S+")


@dataclass(frozen=True, slots=True)
class Example:
    """How one case of a rule fails: the fault that it met, its name, and what a report shows.

    Of the exchanges the text has the last one, which is the stimulus or what came of it.
    """

    fault: str
    case: str
    text: str


@dataclass(frozen=True, slots=True)
class ShowExample:
    """The task to show one fault, and to have what is found explained as in a run."""

    fault: type[Fault]
    seed: int

    def carry_out(self, matrix: Matrix) -> ServerResult:
        """Show it."""
        return matrix.show(self.fault, self.seed, explained=True)


@dataclass(frozen=True, slots=True)
class ExamplesProof:
    """Shows each rule the fault that its example is of, and writes down what the rule says."""

    faults: Sequence[type[Fault]]
    seed: int
    path: Path = EXAMPLES_FILE
    name: str = "examples"

    def trials(self, cases: Sequence[pytest.Item]) -> list[Trial[ServerResult]]:
        """Return a trial for each fault that some rule has its example of."""
        del cases
        return [self._trial(fault) for fault in dict.fromkeys(chosen(self.faults).values())]

    def report(self, found: Sequence[ServerResult], rules: Sequence[Rule], directory: Path) -> str:
        """Write the examples, those of rules that were not shown anything as they were."""
        del directory
        known, kinds = read_examples(self.path), {each.__name__: each for each in self.faults}
        known |= {
            id_: example_of(kinds[each.server], case)
            for each in sorted(found, key=lambda each: len(each.expected), reverse=True)
            for id_, case in each.noticed.items()
        }
        present = {rule.id for rule in rules}
        kept = {id_: asdict(known[id_]) for id_ in sorted(known) if id_ in present}
        text = json.dumps(kept, indent=1, ensure_ascii=False)
        self.path.write_text(text + "\n", encoding="utf-8")
        return f"{len(kept)} failing examples in {self.path.name}, of {len(rules)} rules"

    def _trial(self, fault: type[Fault]) -> Trial[ServerResult]:
        place = Path(inspect.getfile(fault)), inspect.getsourcelines(fault)[1]
        return Trial(fault.__name__, place, [ShowExample(fault, self.seed)], unnoticed)


def unnoticed(found: Sequence[ServerResult]) -> list[str]:
    """Return the servers that are an example of nothing."""
    return [f"{each.server} is noticed by no rule" for each in found if not each.noticed]


def chosen(faults: Sequence[type[Fault]]) -> Mapping[str, type[Fault]]:
    """Return the fault that is shown to each rule: the first of those that break fewest.

    One that shows only in a whole run comes last: it is shown to its own rules alone here.
    """
    found: dict[str, type[Fault]] = {}
    for fault in sorted(faults, key=lambda each: (not each.case_by_case, len(each.breaks))):
        for id_ in fault.breaks:
            found.setdefault(id_, fault)
    return found


def example_of(fault: type[Fault], case: Case) -> Example:
    """Return what a report shows of a case that noticed a fault, in short lines."""
    heading, further = case.evidence.split("\n\n")[:3], case.finding
    curl = case.curl if len(case.curl) <= LONGEST_CURL else ""
    parts = [*heading, _short(further), *map(_short, case.exchanges[-1:]), curl]
    text = _AUTHORITY.sub("--cacert ca.pem", "\n\n".join(filter(None, parts)))
    return Example(fault.__name__, case.name, text)


def _short(text: str) -> str:
    """Return the first lines of a text, each with its beginning, without what others repeat."""
    lines = [line for line in text.splitlines() if not _REPEATED.match(line)]
    kept = [
        line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} ..."
        for line in lines[:MOST_LINES]
    ]
    return "\n".join([*kept, "..."] if len(lines) > MOST_LINES else kept)


def read_examples(path: Path = EXAMPLES_FILE) -> dict[str, Example]:
    """Return the examples that are written down, by the ids of the rules; none without a file."""
    if not path.exists():
        return {}
    written = json.loads(path.read_text(encoding="utf-8"))
    return {id_: Example(**each) for id_, each in written.items()}
