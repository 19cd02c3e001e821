"""Cases that run at a time wait for one another where as many records are there as may be."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from conformance.clients import room as rooms
from conformance.clients.room import Room

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 3


class Account:
    """Has records, which two cases make."""

    def __init__(self, running: int = 2) -> None:
        """Be full."""
        self.alive, self.running = MOST, running
        self.room = Room(lambda: self.alive, lambda: self.running)
        self.tidied = 0

    def tidy(self) -> None:
        """Count the looks for something to delete."""
        self.tidied += 1

    def wait(self) -> None:
        """Make one more record."""
        self.room.wait(MOST, self.tidy)


def beside(act: Callable[[], None]) -> threading.Thread:
    """Do something on another thread."""
    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    return thread


def test_a_record_that_is_coming_takes_room() -> None:
    """Until it is there, or is not made."""
    account = Account()
    account.alive = MOST - 1
    answers: list[bool] = []

    def take() -> None:
        answers.append(account.room.take(MOST))

    assert account.room.take(MOST)
    assert account.room.take(MOST)  # the same record, asked for again
    beside(take).join()
    account.room.give_back()
    beside(take).join()

    assert answers == [False, True]


def test_what_makes_one_record_too_many_waits_until_another_is_gone() -> None:
    """It looks meanwhile for what can be deleted."""
    account = Account()
    waiting = beside(account.wait)
    while account.tidied < MOST:
        time.sleep(rooms.LOOK)
    was_waiting = waiting.is_alive()

    account.alive -= 1
    waiting.join(5)

    assert (was_waiting, waiting.is_alive()) == (True, False)


@pytest.mark.parametrize("running", [1, 2])
def test_who_has_nobody_left_to_wait_for_goes_on(running: int) -> None:
    """The last of the cases that run waits for none of the others, who wait for room."""
    account = Account(running)
    others = [beside(account.wait) for _ in range(running - 1)]
    while account.tidied < len(others):
        time.sleep(rooms.LOOK)

    account.wait()

    assert account.room.coming == 0
    assert [each.is_alive() for each in others] == [True] * len(others)


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A case may go on for long, and keep what it has."""
    monkeypatch.setattr(rooms, "MOST_SECONDS", 0.1)
    account = Account()

    account.wait()

    assert account.room.coming == 0
    assert account.tidied
