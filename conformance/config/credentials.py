"""The credentials of a caller, and how a shell spells them."""

from __future__ import annotations

from dataclasses import dataclass, field

RIGHT_IN_SHELL = "$API_USERNAME:$API_PASSWORD"
"""How a shell spells the account's own credentials."""

OTHER_IN_SHELL = "$OTHER_USERNAME:$OTHER_PASSWORD"
"""How a shell spells the credentials of the second account."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """User name and password of a caller; neither is ever shown.

    `in_shell` is how a shell spells both, between double quotes: nothing secret is in it.
    """

    username: str = field(repr=False)
    password: str = field(repr=False)
    in_shell: str = RIGHT_IN_SHELL


@dataclass(frozen=True, slots=True)
class Spelled:
    """A user name or a password that is wrong, and how a shell spells it from the right one."""

    text: str = field(repr=False)
    in_shell: str
