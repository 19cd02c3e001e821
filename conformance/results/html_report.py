"""report.html: what pytest-html writes, in the suite's words.

pytest-html takes the cells and summaries that its hooks return as raw HTML, and a target's bytes
are hostile: whatever is put into them here is escaped here.
"""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from pytest_metadata.plugin import metadata_key

from conformance import __version__
from conformance.results.counts import number_of
from conformance.results.facts import facts_of
from conformance.verdicts import Verdict

if TYPE_CHECKING:
    from conformance.results.conclusion import Conclusion
    from conformance.results.run import Requests, Run

STYLE_FILE = Path(__file__).with_name("report.css")
_LABELS = {
    "failed": "failed",
    "passed": "passed",
    "skipped": "inconclusive, not applicable or not run",
    "xfailed": "deviations",
    "error": "errors",
}


class _Report(Protocol):
    """What pytest-html lets its title hook change."""

    title: str
    outcomes: dict[str, dict[str, object]]


def prepare(config: pytest.Config, directory: Path, report: HtmlReport) -> None:
    """Have pytest-html write a self-contained report into a directory."""
    config.option.htmlpath = config.option.htmlpath or str(directory / "report.html")
    config.option.self_contained_html = True
    config.option.css = [*config.option.css, str(STYLE_FILE)]
    config.pluginmanager.register(report, "conformance-html")


class HtmlReport:
    """The hooks of pytest-html for one run."""

    def __init__(self, run: Run) -> None:
        """Take the run that is reported."""
        self._run = run
        self.conclusion: Conclusion | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Say what ran in the suite's words, without facts about this machine."""
        metadata = session.config.stash[metadata_key]
        metadata.clear()

    def pytest_html_report_title(self, report: _Report) -> None:
        """Name the target, and the outcomes by the verdicts that they stand for."""
        report.title = f"Conformance of {html.escape(self._run.target.base_url)}"
        for outcome, label in _LABELS.items():
            report.outcomes[outcome]["label"] = label

    def pytest_html_results_summary(self, prefix: list[str]) -> None:
        """Put the conclusion on top."""
        conclusion, run = self.conclusion, self._run
        if conclusion is None:
            return
        kind = "good" if conclusion.exit_code == 0 else "bad"
        rules = dict.fromkeys(Verdict, 0)
        for judged in run.judged():
            rules[judged.verdict] += 1
        counts = "".join(
            f'<li class="verdict {_css(verdict)}"><b>{count}</b> {verdict.value}</li>'
            for verdict, count in rules.items()
            if count
        )
        facts = {
            "Target": run.target.base_url
            + (" (embedded reference server)" if run.target.embedded else ""),
            **facts_of(run),
            "Suite": f"freespee-conformance {__version__}",
            "Started": f"{run.started:%Y-%m-%d %H:%M:%S} UTC, {run.seconds:.1f} s",
            "Requests": requests_of(run.requests),
            "Permitted": "reading and writing" if run.target.allow_writes else "reading only",
        }
        rows = "".join(
            f"<tr><th>{name}</th><td>{html.escape(fact)}</td></tr>" for name, fact in facts.items()
        )
        readings = "".join(
            f"<tr><th>{html.escape(question)}</th><td>{html.escape(' / '.join(answers))}</td></tr>"
            for question, answers in run.readings.items()
        )
        if readings:
            readings = (
                "<details><summary>How this server reads the document</summary>"
                f'<table class="facts">{readings}</table></details>'
            )
        shown = (
            f'<div class="conclusion {kind}"><strong>{html.escape(conclusion.word)}</strong> '
            f"{html.escape(conclusion.sentence)}</div>"
            f"<h3>{heading_of_rules(run)}</h3>"
            f'<ul class="counts">{counts}</ul><table class="facts run">{rows}</table>{readings}'
            f"<h3>{heading_of_cases(run)}</h3>"
        )
        prefix[:] = [shown]

    def pytest_html_results_table_header(self, cells: list[str]) -> None:
        """Name the columns of a case."""
        result, _, duration, _ = cells
        names = ("Verdict", "Level", "Statement", "Rule", "Case", "Requests")
        cells[:] = [
            result,
            *(
                f'<th class="sortable" data-column-type="{name.lower()}">{name}</th>'
                for name in names
            ),
            duration,
        ]

    def pytest_html_results_table_row(self, report: pytest.TestReport, cells: list[str]) -> None:
        """Show a case; what is not a case of a rule has no row."""
        case = self._run.case_of(report)
        if case is None:
            cells.clear()
            return
        rule = case.rule
        values = {
            "verdict": f'<span class="verdict {_css(case.verdict)}">{case.verdict.value}</span>',
            "level": rule.level.value,
            "statement": " ".join(rule.statements),
            "rule": f'<span title="{html.escape(rule.title)}">{html.escape(rule.id)}</span>',
            "case": html.escape(case.parameters),
            "requests": str(case.requests),
        }
        result, _, duration, _ = cells
        cells[:] = [
            result,
            *(f'<td class="col-{name}">{value}</td>' for name, value in values.items()),
            duration,
        ]

    def pytest_html_results_table_html(self, report: pytest.TestReport, data: list[str]) -> None:
        """Show the evidence of a case and a curl line, and its assertion where one unfolds it."""
        case = self._run.case_of(report)
        if case is None:
            return
        text = case.text.removesuffix(case.source).rstrip()
        data[:] = [html.escape(text)]
        if case.source:
            told = "The assertion, for developers of the suite"
            folded = f"<summary>{told}</summary>{html.escape(case.source)}"
            data.append(f"\n<details>{folded}</details>")


def heading_of_rules(run: Run) -> str:
    """Say what the counts of verdicts on rules count."""
    return f"{number_of(len(run.rules), 'rule')}, by verdict"


def heading_of_cases(run: Run) -> str:
    """Say what the rows of the table are, and how their verdicts make that of a rule."""
    cases, rules = number_of(len(run.cases), "case"), number_of(len(run.rules), "rule")
    told = "A rule has the worst verdict of its cases; one that does not apply spoils no others."
    return f"{cases} of {rules}, a row each <small>{told}</small>"


def requests_of(requests: Requests) -> str:
    """Say how many requests there were, and how many of each method, the most frequent first."""
    counted = sorted(requests.by_method.items(), key=lambda each: (-each[1], each[0]))
    return f"{requests.total} ({', '.join(f'{count} {method}' for method, count in counted)})"


def _css(verdict: Verdict) -> str:
    return verdict.name.lower()
