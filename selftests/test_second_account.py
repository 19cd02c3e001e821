"""The second account: where its credentials come from, and that nothing shows them."""

from __future__ import annotations

import pytest

from conformance.config.credentials import OTHER_IN_SHELL, Credentials
from conformance.config.target import TargetError, other_credentials_from
from conformance.results.redaction import REDACTED, Redactor

ACCOUNT = {"API_USERNAME": "ada", "API_PASSWORD": "correct-horse"}
OTHER = {"OTHER_USERNAME": "grace", "OTHER_PASSWORD": "battery-staple"}


def test_there_need_not_be_a_second_account() -> None:
    """Without its variables, or with empty ones, there is none."""
    assert other_credentials_from(ACCOUNT) is None
    assert other_credentials_from({**ACCOUNT, "OTHER_USERNAME": "", "OTHER_PASSWORD": ""}) is None


def test_a_second_account_is_spelled_by_its_own_variables() -> None:
    """A script that repeats a request of it names its variables."""
    found = other_credentials_from({**ACCOUNT, **OTHER})

    assert found == Credentials("grace", "battery-staple", OTHER_IN_SHELL)


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"OTHER_USERNAME": "grace"}, "OTHER_PASSWORD not set"),
        ({"OTHER_PASSWORD": "battery-staple"}, "OTHER_USERNAME not set"),
        ({**OTHER, "OTHER_USERNAME": "ada"}, "name one account"),
    ],
)
def test_half_a_second_account_is_refused(environ: dict[str, str], says: str) -> None:
    """What is missing is named; the same account twice is none."""
    with pytest.raises(TargetError, match=says):
        other_credentials_from({**ACCOUNT, **environ})


def test_no_text_shows_either_password() -> None:
    """Both passwords are secret."""
    redact = Redactor(Credentials("ada", "correct-horse"), None, other_credentials_from(OTHER))

    assert redact("correct-horse battery-staple") == f"{REDACTED} {REDACTED}"
