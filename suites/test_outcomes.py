"""Status codes carry the outcome: no body says otherwise (S37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.checks.outcomes import errors_alone
from conformance.checks.passive import answered_exchanges
from conformance.rules import STATED, rule

if TYPE_CHECKING:
    from conformance.wire.journal import Journal


@rule("success-is-no-list-of-errors", statements="S37", basis=STATED)
@pytest.mark.passive(each_answer=True)
def test_success_is_no_list_of_errors(journal: Journal) -> None:
    """No response with a status of success has errors for its body, and nothing else."""
    judged = [each for each in answered_exchanges(journal) if each.answer.ok]

    assert [(each, told) for each in judged if (told := errors_alone(each.answer))] == []
