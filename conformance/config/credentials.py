"""The credentials of a caller."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Credentials:
    """User name and password of a caller; neither is ever shown."""

    username: str = field(repr=False)
    password: str = field(repr=False)
