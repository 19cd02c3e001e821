"""An assertion that did not hold, and all that is known of it."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from conformance.results.wording.assertions import reads_one_record
from conformance.results.wording.expressions import UNKNOWN, named_values, value_of, words_of
from conformance.results.wording.stimulus import Sought, stimulus_in_words
from conformance.results.wording.telling import telling_texts
from conformance.results.wording.values import in_words
from conformance.spec.addressing import Identity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from conformance.results.wording.stimulus import Stimulus
    from conformance.wire.compared import Comparison, Unaccepted
    from conformance.wire.exchanges import Exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """An assertion that did not hold, and all that is known of it.

    `names` are the variables of the rule where it ended, `exchanges` those of its case in order,
    `pertinent` those that the finding itself is about,
    `title` and `id` the rule's, `mask` what hides the values of records that are not the run's.
    """

    test: ast.expr
    title: str
    id: str = ""
    names: Mapping[str, Any] = field(default_factory=dict)
    comparison: Comparison | None = None
    unaccepted: Unaccepted | None = None
    exchanges: Sequence[Exchange] = ()
    pertinent: Sequence[Exchange] = ()
    mask: Callable[[str], str] = str

    @property
    def compared(self) -> ast.Compare | None:
        """The comparison that did not hold, as it is written; None where there is none."""
        test = self.test
        while isinstance(test, ast.BoolOp):
            test = test.values[-1 if isinstance(test.op, ast.Or) else 0]
        return test if isinstance(test, ast.Compare) else None

    @property
    def first_compared(self) -> ast.expr | None:
        """The left side of the first comparison that is written in it; None where none is."""
        found = (each for each in ast.walk(self.test) if isinstance(each, ast.Compare))
        return next((each.left for each in found), None)

    @property
    def left(self) -> object:
        """What was observed; UNKNOWN where nothing was compared."""
        return self.comparison.left if self.comparison is not None else UNKNOWN

    @property
    def right(self) -> object:
        """What was expected; UNKNOWN where nothing was compared."""
        return self.comparison.right if self.comparison is not None else UNKNOWN

    @property
    def subject(self) -> str:
        """What the assertion is about, in words."""
        return words_of(self.compared.left if self.compared is not None else self.test)

    @property
    def identity(self) -> Identity | None:
        """The record that the assertion reads; None where it reads none."""
        node = reads_one_record(self.test)
        value = value_of(node, self.names) if node is not None else UNKNOWN
        return value if isinstance(value, Identity) else None

    @property
    def record(self) -> str:
        """The record that the assertion reads, in words; "" where it reads none."""
        return "" if self.identity is None else in_words(self.identity)

    @property
    def stimulus(self) -> Stimulus:
        """The request that led to what is judged, in words."""
        sent = {id(each) for each in self.exchanges}
        own = [each for each in self.pertinent if id(each) in sent]
        sought = Sought(
            subjects=[*named_values(self.test, self.names)],
            pertinent=own,
            names=self.names,
            title=f"{self.title} {self.id.replace('-', ' ')}",
            looked_at=self.identity,
            mentioned=telling_texts(self.left, self.right),
        )
        return stimulus_in_words(self.exchanges, sought)

    @property
    def answer(self) -> str:
        """The answer to the stimulus, and to what."""
        return self.stimulus.answered or "no answer is known"

    @property
    def to_what(self) -> str:
        """The end of a sentence: the request that was answered so; "" where none was sent."""
        told = self.stimulus
        return f" to {told.request}" if told.request else ""

    @property
    def after_what(self) -> str:
        """The end of a sentence: the request that led there, with its answer."""
        told = self.stimulus
        if not told.request:
            return ""
        if told.writes or self.identity is not None:
            return f" after {told.short}, answered {told.status}{told.of_how_many}"
        return f" in the answer to {told.short}: {told.status}"

    @property
    def last_asked(self) -> str:
        """The end of findings that name no request: that which led there, or probably did."""
        told = self.stimulus
        how = "last asked" if told.is_guessed else "asked"
        end = f"answered {told.status}{told.of_how_many if told.writes else ''}"
        return f" ({how}: {told.short}, {end})" if told.request else ""


def told_or_unknown(value: object) -> str:
    """Return a value in words, also where it is not known."""
    return "unknown" if value is UNKNOWN else in_words(value)


def judged(test: ast.expr, broken: Broken) -> str:
    """Return the values of the names that a fact is about, in words; "" where none is known."""
    while isinstance(test, ast.BoolOp):
        test = test.values[-1]
    if not isinstance(test, ast.Call):
        return ""
    owner = getattr(test.func, "value", None)
    of_text = isinstance(owner, ast.Name) and isinstance(broken.names.get(owner.id), str)
    inner = [owner] if of_text else test.args
    names = [each.id for each in inner if isinstance(each, ast.Name) and each.id in broken.names]
    known = {name.replace("_", " "): broken.names[name] for name in names}
    return "; ".join(
        f"{name}: {in_words(value)}"
        for name, value in known.items()
        if value is None or isinstance(value, str | int | float | datetime)
    )
