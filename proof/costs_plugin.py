"""--record-costs: record what each rule costs, for the plans of other runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.results.costs import costs_of, read_costs, run_name, write_costs

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.results.run import Run


class CostsPlugin:
    """Writes the costs of a run against the embedded server into the table, when it has ended."""

    def __init__(self, run: Run, table: Path) -> None:
        """Take the run, and where the table is."""
        self._run = run
        self._table = table

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self) -> None:
        """Write the costs of this kind of run; what is recorded of others stays."""
        run = self._run
        if not run.cases or not run.selection.is_whole:
            return
        costs = read_costs(self._table) if self._table.exists() else {}
        name = run_name(run.profile, allow_writes=run.target.allow_writes)
        write_costs(self._table, {**costs, name: costs_of(run)})
