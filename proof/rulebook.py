"""The rule book: every statement of the document with the rules that check it, as Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from conformance.spec.ambiguities import ambiguities
from conformance.spec.statements import by_chapter
from proof.source_code import Definition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from conformance.rules import Rule
    from conformance.spec.ambiguities import Ambiguity
    from conformance.spec.statements import Statement
    from proof.completeness import Reasons
    from proof.source_code import SourceCode
    from reference.faulty import Fault, Variant

_INTRODUCTION = """\
# Rule book

Every statement of the document, chapter by chapter and in this project's words, with the rules
that check it. A rule is MUST where the document states or shows what it checks, SHOULD where a
client or another page relies on it or it is inferred. With each rule: where it is documented, the
answers that it accepts where the document leaves a choice, and the faults of the reference server
that it notices. The id of a rule links to its test, the name of a fault to its class.

This file is made from the code (`make rulebook`). It names lines, so that most edits of a rule or a
fault make it stale; `make test` fails then.
"""

_APPENDIX = """\
## Ambiguities

What the document leaves open: each question with the answers that are accepted, why these, and who
relies on them. `conformance/spec/ambiguities.toml` is where they are written.
"""

_OF_A_VARIANT = re.compile("`([^`]+)`")


@dataclass(frozen=True)
class RuleBook:
    """What the rule book is made of.

    `tests` are the definitions of the rules' tests by the ids of the rules.
    """

    rules: Sequence[Rule]
    tests: Mapping[str, Definition]
    faults: Sequence[type[Fault]]
    variants: Sequence[type[Variant]]
    reasons: Reasons
    source: SourceCode

    def markdown(self) -> str:
        """Return the rule book as Markdown, with links that hold in the root of a checkout."""
        chapters = by_chapter()
        contents = [
            f"- [{chapter}]({_anchor(chapter)}): "
            + ", ".join(f"[{each.id}]({_anchor(each.id)})" for each in found)
            for chapter, found in chapters.items()
        ]
        lines = [_INTRODUCTION, *contents, "- [Ambiguities](#ambiguities)", ""]
        for chapter, found in chapters.items():
            lines.append(f"## {chapter}\n")
            for statement in found:
                lines += self._statement(statement)
        lines.append(_APPENDIX)
        for ambiguity in ambiguities().values():
            lines += self._ambiguity(ambiguity)
        return "\n".join(lines).rstrip() + "\n"

    def rules_of(self, statement: Statement) -> tuple[list[Rule], list[Rule]]:
        """Return the rules that check a statement first, and those that check it beside another."""
        mine = [rule for rule in self.rules if statement.id == rule.statements[0]]
        return mine, [rule for rule in self.rules if statement.id in rule.statements[1:]]

    def faults_of(self, rule: Rule) -> list[type[Fault]]:
        """Return the faults that a rule notices."""
        return [fault for fault in self.faults if rule.id in fault.breaks]

    def asking(self, ambiguity: Ambiguity) -> list[Rule]:
        """Return the rules that accept each answer to a question."""
        return [rule for rule in self.rules if ambiguity.id in self.relied_on[rule.id]]

    def variants_of(self, ambiguity: Ambiguity) -> list[type[Variant]]:
        """Return the variants that answer a question in their own way."""
        return [each for each in self.variants if ambiguity.id in _ambiguities_of(each)]

    @cached_property
    def relied_on(self) -> dict[str, list[str]]:
        """The ids of the ambiguities that each rule relies on, by the id of the rule."""
        return {id_: self.source.ambiguities_of(test) for id_, test in self.tests.items()}

    def _statement(self, statement: Statement) -> Iterator[str]:
        yield f"### {statement.id}\n\n{statement.text}\n"
        mine, others = self.rules_of(statement)
        for rule in mine:
            yield from self._rule(rule)
        if others:
            yield f"See also {_listed([rule.id for rule in others])}.\n"
        if not mine and not others:
            reason = self.reasons.unobservable.get(statement.id)
            yield f"*Not observable.* {reason}\n" if reason else "*No rule yet.*\n"

    def _rule(self, rule: Rule) -> Iterator[str]:
        link = self.source.link(self.tests[rule.id])
        yield (
            f'- <a id="rule-{rule.id}"></a>**[`{rule.id}`]({link})** '
            f"({rule.level.value}, {rule.basis.value}): {rule.title}\n"
        )
        for id_ in self.relied_on[rule.id]:
            known = ambiguities()[id_]
            yield f"  Left open: [{known.question}]({_anchor(id_)}) Accepted: {_answers(known)}\n"
        noticed = self.faults_of(rule)
        if not noticed:
            yield f"  Faults: {self.reasons.faultless.get(rule.id, 'none yet')}\n"
            return
        yield f"  <details><summary>Noticed faults ({len(noticed)})</summary>\n"
        for fault in noticed:
            place = self.source.link(Definition(fault.__module__, fault.__name__))
            yield f"  - [`{fault.__name__}`]({place}): {first_line(fault)}"
        yield "\n  </details>\n"

    def _ambiguity(self, ambiguity: Ambiguity) -> Iterator[str]:
        yield f"### {ambiguity.id}\n"
        yield f"{ambiguity.question} ([{ambiguity.statement}]({_anchor(ambiguity.statement)}))\n"
        yield f"Accepted: {_answers(ambiguity)}. {ambiguity.why}\n"
        rules = [rule.id for rule in self.asking(ambiguity)]
        yield f"Rules: {_listed(rules) if rules else 'none asks, and each allows every answer'}.\n"
        variants = self.variants_of(ambiguity)
        if variants:
            yield f"Variants: {', '.join(self._variant(each) for each in variants)}.\n"

    def _variant(self, variant: type[Variant]) -> str:
        place = self.source.link(Definition(variant.__module__, variant.__name__))
        return f"[`{variant.__name__}`]({place})"


def _anchor(heading: str) -> str:
    """Return the link to a heading, as forges make them."""
    return "#" + heading.lower().replace(" ", "-")


def _listed(rule_ids: list[str]) -> str:
    return ", ".join(f"[`{id_}`](#rule-{id_})" for id_ in rule_ids)


def _answers(ambiguity: Ambiguity) -> str:
    return " / ".join(f"*{answer}*" for answer in ambiguity.answers)


def first_line(kind: type) -> str:
    """Return what a fault or a variant says that it does."""
    return (kind.__doc__ or "").strip().partition("\n")[0]


def _ambiguities_of(variant: type[Variant]) -> list[str]:
    """Return the ids in the line of a variant's docstring that names its ambiguities."""
    named = (variant.__doc__ or "").partition("Ambigu")[2]
    return _OF_A_VARIANT.findall(named)
