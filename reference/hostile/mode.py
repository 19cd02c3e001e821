"""What a mode is, and how the modules of the families make theirs."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from .account import Account
from .wire import Wire

Act: TypeAlias = Callable[[Wire], None]
"""What is done to a connection."""
PATIENCE = 120.0
"""Seconds within which a run ends, unless its mode says otherwise."""
FIRST_CONTACT = 60.0
"""Seconds within which a run ends that cannot even begin, or hardly."""


def honest(wire: Wire) -> None:
    """Answer as the account does."""
    wire.honest()


def secure(wire: Wire) -> None:
    """Speak TLS as it should be."""
    wire.secure()


@dataclass(frozen=True, slots=True)
class Mode:
    """One way to misbehave."""

    name: str
    """In kebab-case."""
    sentence: str
    """What the server does."""
    family: str
    ends_within: float = PATIENCE
    """Seconds within which a run against it ends, with `limits.timeout = 2`."""
    from_start: bool = False
    """Whether not even the first ping is answered well."""
    connect: Act = secure
    """What is done to a connection before the first request."""
    answer: Act = honest
    """What is done for a request."""
    plain: Act = honest
    """What is done for a request over plain HTTP."""
    account: type[Account] = Account
    """What answers, where answers are sent as they are made."""


def kebab(name: str) -> str:
    """A Python name in kebab-case: `BodyDripped` and `body_dripped` are `body-dripped`."""
    spaced = re.sub("(?<=[a-z])(?=[A-Z0-9])", "-", name.replace("_", "-"))
    return spaced.lower()


@dataclass(slots=True)
class Family:
    """The modes of one family, in the order in which they are written."""

    name: str
    modes: list[Mode] = field(default_factory=list)

    def add(self, mode: Mode, *, at_start_too: bool = False) -> None:
        """Have one more mode and, where asked for, the one that misbehaves from the start."""
        self.modes.append(mode)
        if at_start_too:
            self.modes.append(
                replace(
                    mode,
                    name=f"{mode.name}-from-start",
                    sentence=f"{mode.sentence.removesuffix('.')}, from the first answer on.",
                    ends_within=min(mode.ends_within, FIRST_CONTACT),
                    from_start=True,
                )
            )

    def answering(
        self,
        name: str = "",
        sentence: str = "",
        *,
        ends_within: float = PATIENCE,
        at_start_too: bool = False,
    ) -> Callable[[Act], Act]:
        """Make a mode of what is done for a request; named and told by the function itself."""

        def take(act: Act) -> Act:
            mode = Mode(
                name or kebab(getattr(act, "__name__", "")),
                sentence or (act.__doc__ or "").strip(),
                self.name,
                ends_within,
                answer=act,
            )
            self.add(mode, at_start_too=at_start_too)
            return act

        return take

    def connecting(self, act: Act) -> Act:
        """Make two modes of what is done to a connection: to every one, and to later ones."""
        name, sentence = kebab(getattr(act, "__name__", "")), (act.__doc__ or "").strip()

        def later(wire: Wire) -> None:
            if wire.number == 1:
                secure(wire)
            else:
                act(wire)

        first_only = f"{sentence.removesuffix('.')}, on every connection but the first."
        self.add(Mode(name, first_only, self.name, connect=later, answer=few))
        self.add(
            Mode(
                f"{name}-from-start",
                sentence,
                self.name,
                FIRST_CONTACT,
                from_start=True,
                connect=act,
            )
        )
        return act

    def lying(self, account: type[Account]) -> type[Account]:
        """Make a mode of an account that lies."""
        sentence = (account.__doc__ or "").strip()
        self.add(Mode(kebab(account.__name__), sentence, self.name, account=account))
        return account


MOST_ON_FIRST = 5
"""The requests that the first connection answers before it is closed, where later ones are bad."""


def few(wire: Wire) -> None:
    """Answer well, and close the connection after a few requests."""
    wire.honest()
    if wire.answers >= MOST_ON_FIRST:
        wire.end()
