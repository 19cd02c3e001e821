"""Cases are performed stage by stage, and what does not pass beside others is repeated alone."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest

from conformance.rules import STATED, Rule
from conformance.runner.ahead import MOST_CONFIRMED, Ahead
from conformance.runner.performing import Performed
from conformance.verdicts import SetupFailed, Stopped, Verdict
from conformance.wire.exchanges import Exchange
from conformance.wire.gate import NeedsToWrite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conformance.runner.performing import Stagehand

WORKERS = 3


@dataclass(eq=False)
class Item:
    """A case as pytest has it, with marks."""

    name: str
    rule: str = "some-rule"
    marks: tuple[str, ...] = ()
    path: str = "module"
    obj: object = None

    def iter_markers(self) -> Iterator[pytest.Mark]:
        """Give the marks, the closest first."""
        for name in self.marks:
            yield getattr(pytest.mark, name).mark
        yield pytest.mark.rule(Rule(self.rule, ("S01",), STATED, "It holds.")).mark

    def get_closest_marker(self, name: str) -> pytest.Mark | None:
        """Return a mark by its name."""
        return next((each for each in self.iter_markers() if each.name == name), None)


@dataclass
class Acting:
    """A stagehand that does what it is told, and keeps in which order."""

    does: Callable[[str, int], None] = lambda _, __: None
    times: dict[str, int] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    untidied: set[str] = field(default_factory=set)
    lock: Any = field(default_factory=threading.Lock)

    def perform(
        self, item: Item, place: int, earlier: Performed | None = None, *, tidies: bool = True
    ) -> Performed:
        """Perform a case for the first time, or once more."""
        del place, earlier
        with self.lock:
            time = self.times[item.name] = self.times.get(item.name, 0) + 1
            self.order.append(item.name)
            self.untidied |= set() if tidies else {item.name}
        call = pytest.CallInfo.from_call(lambda: self.does(item.name, time), "call")
        performed = Performed([call])
        performed.recorder.exchanges.append(
            Exchange("api", "GET", "https://host/x", {}, b"", None, 0.0)
        )
        return performed

    def give_up(self) -> None:
        """Send nothing more."""


def performed(
    acting: Acting, *items: Item, readers: frozenset[str] = frozenset()
) -> dict[str, Performed]:
    """Perform cases on a few threads; return what came of each, by its name."""
    ahead = Ahead(cast("list[pytest.Function]", items), cast("Stagehand", acting), readers)
    ahead.perform(WORKERS, lambda: None)
    return {item.name: each for item, each in ahead.performed.items()}


def failing(*names: str, times: int = 99) -> Callable[[str, int], None]:
    """Return what lets cases fail so many times."""

    def does(name: str, time: int) -> None:
        assert name not in names or time > times

    return does


def test_stages_follow_each_other() -> None:
    """Whoever has to be alone is last; where nobody may write, nobody tidies up."""
    acting = Acting()
    items = [
        Item("alone", marks=("alone", "offending")),
        Item("offending", marks=("offending",)),
        Item("quiet", marks=("quiet",)),
        Item("together"),
        Item("sole", marks=("sole",)),
    ]

    found = performed(acting, *items)

    assert acting.order == ["sole", "together", "quiet", "offending", "alone"]
    assert acting.untidied == {"quiet"}
    assert all(each.error is None for each in found.values())


def test_a_walk_goes_on_in_another_stage() -> None:
    """Its known walks are sole; where these find something, there are no others."""
    acting = Acting(failing("found"))
    marks = ("sole_first", "offending")

    performed(acting, Item("walk", marks=marks), Item("found", marks=marks), Item("together"))

    assert acting.order[:4] == ["walk", "found", "together", "walk"]


def test_cases_in_turn_keep_their_order() -> None:
    """They are those of a module."""
    acting = Acting()
    items = [Item(f"{path}{at}", marks=("in_turn",), path=path) for at in range(9) for path in "ab"]

    performed(acting, *items)

    assert [name for name in acting.order if name[0] == "a"] == [f"a{at}" for at in range(9)]


def test_what_passes_alone_has_passed() -> None:
    """How it ended beside others is told."""
    acting = Acting(failing("busy", times=1))

    found = performed(acting, Item("busy"), Item("other"))

    assert found["busy"].error is None
    assert found["busy"].beside_others is Verdict.FAILED
    assert found["other"].beside_others is None
    assert acting.order[-1] == "busy"


def test_what_fails_alone_has_failed() -> None:
    """Of a rule a few cases are repeated."""
    names = [f"case {at}" for at in range(9)]
    acting = Acting(failing(*names))

    found = performed(acting, *(Item(name) for name in names))

    assert [name for name, each in found.items() if each.error is None] == []
    assert sum(acting.times.values()) == len(names) + MOST_CONFIRMED


@pytest.mark.parametrize(("outcome", "verdict"), [(SetupFailed, None), (Stopped, Stopped)])
def test_what_cannot_be_repeated_is_not_blamed(
    outcome: type[Exception], verdict: type[Exception] | None
) -> None:
    """A case that met no answer from a target that is gone by now has not failed."""

    def does(_: str, time: int) -> None:
        assert time > 1
        raise outcome

    found = performed(Acting(does), Item("a"))

    assert type(found["a"].error) is (verdict or SetupFailed)


def test_readers_fill_the_threads_beside_a_sole_case() -> None:
    """One that turns out to write is left for later."""
    started = threading.Event()

    def does(name: str, time: int) -> None:
        if name == "sole":
            assert started.wait(10)
        if name == "reads":
            started.set()
        if name == "writes" and time == 1:
            raise NeedsToWrite

    acting = Acting(does)
    items = [Item("sole", marks=("sole",)), Item("reads", "reader"), Item("writes", "reader")]

    found = performed(acting, *items, Item("other"), readers=frozenset({"reader"}))

    assert acting.times == {"sole": 1, "reads": 1, "writes": 2, "other": 1}
    assert all(each.error is None for each in found.values())
