"""What junit.xml says beside its cases: the run as its first test case, and what it depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from conformance.results.facts import facts_of
from conformance.verdicts import ExitCode

if TYPE_CHECKING:
    from _pytest.junitxml import LogXML

    from conformance.results.conclusion import Conclusion
    from conformance.results.run import Run

THE_RUN = "the run"
JUDGED = frozenset({ExitCode.CONFORMANT, ExitCode.NOT_CONFORMANT})
"""The endings that judge the target: no other one is green, even where no case failed."""


def add_run(junit: LogXML, run: Run, conclusion: Conclusion) -> None:
    """Put the run before its cases, an error unless it judged the target; once more replaces it."""
    junit.global_properties.clear()
    for name, fact in facts_of(run).items():
        junit.add_global_property(name.lower(), fact)
    junit.add_global_property("verdict", conclusion.word)
    node = junit.node_reporter(THE_RUN)  # the same one each time
    if node.attrs.get("name") == THE_RUN:
        junit.stats["error" if node.nodes else "passed"] -= 1
        node.nodes.clear()
    node.attrs.update(classname="conformance", name=THE_RUN)
    node.duration = run.seconds
    if conclusion.exit_code in JUDGED:
        junit.add_stats("passed")
    else:
        node.append(ET.Element("error", message=f"{conclusion.word}: {conclusion.sentence}"))
    cases = junit.node_reporters_ordered
    cases.remove(node)
    cases.insert(0, node)
