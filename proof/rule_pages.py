"""The pages of the documentation about statements, rules and open questions, as Markdown (MyST).

They have what the rule book has, a page for each, and with each rule its source and a failing
example.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.results.markdown import fenced
from conformance.spec.ambiguities import ambiguities
from conformance.spec.statements import by_chapter, statements
from proof.rulebook import first_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from conformance.rules import Rule
    from conformance.spec.ambiguities import Ambiguity
    from conformance.spec.statements import Statement
    from proof.examples import Example
    from proof.rulebook import RuleBook

ORPHAN = "---\norphan: true\n---\n"
"""Keeps a page out of the menu, where hundreds would be in each other's way."""

ALONE = "freespee-conformance check URL --allow-writes --rule"
"""What tries one rule, before its id."""

_CODE = re.compile("(`[^`]*`)")
_SPECIAL = re.compile(r"([\\*_<>\[\]{}$|#&])")


@dataclass(frozen=True)
class RulePages:
    """What the pages are made of: the rule book, and a failing example for each rule's id."""

    book: RuleBook
    examples: Mapping[str, Example]

    def pages(self) -> Iterator[tuple[str, str]]:
        """Give the path of each page below the sources of the documentation, and its text."""
        yield "rules/index.md", _joined(self._index())
        yield "questions.md", _joined(self._questions())
        for statement in statements().values():
            yield f"statements/{statement.id}.md", _joined(self._statement(statement))
        for rule in self.book.rules:
            yield f"rules/{rule.id}.md", _joined(self._rule(rule))

    def _index(self) -> Iterator[str]:
        yield "# Statements and rules"
        yield (
            f"The document makes {len(statements())} statements, here in this project's words. "
            f"{len(self.book.rules)} rules check them: each has a page with what it accepts, the "
            "faults that it is known to notice, and a failing example. What the document leaves "
            "open stands under [open questions](../questions.md)."
        )
        for chapter, found in by_chapter().items():
            yield f"## {chapter}"
            for statement in found:
                yield f"### {_statement_link(statement)}\n\n{plain(statement.text)}"
                yield _listed(self.book.rules_of(statement)[0], "")

    def _statement(self, statement: Statement) -> Iterator[str]:
        yield f"{ORPHAN}\n# {statement.id}: {plain(statement.text)}"
        yield f"Chapter *{plain(statement.chapter)}* of the document."
        mine, others = self.book.rules_of(statement)
        if mine:
            yield "## Rules"
            yield _listed(mine, "../rules/")
        if others:
            yield "## Rules about it and another statement"
            yield _listed(others, "../rules/")
        if reason := self.book.reasons.unobservable.get(statement.id):
            yield f"No rule can see it from outside. {plain(reason)}"
        questions = [each for each in ambiguities().values() if each.statement == statement.id]
        if questions:
            yield "## What it leaves open"
            yield "\n".join(f"- {_question_link(each)}" for each in questions)

    def _rule(self, rule: Rule) -> Iterator[str]:
        yield f"{ORPHAN}\n# {rule.id}"
        yield plain(rule.title)
        yield "\n".join(
            [
                "| | |\n| --- | --- |",
                f"| Level | {rule.level.value}: {_BINDING[rule.level.value]} |",
                f"| Basis | {rule.basis.value} |",
                f"| Statements | {'; '.join(map(_about, rule.statements))} |",
                f"| Try it alone | `{ALONE} {rule.id}` |",
            ]
        )
        yield from self._accepted(rule)
        yield "## Faults that it notices"
        yield self._faults(rule)
        yield from self._example(rule)
        yield "## How it is written"
        definition = self.book.tests[rule.id]
        yield f"In `{self.book.source.link(definition).partition('#')[0]}`:"
        yield fenced(self.book.source.text(definition), "python")

    def _accepted(self, rule: Rule) -> Iterator[str]:
        open_ = [ambiguities()[id_] for id_ in self.book.relied_on[rule.id]]
        if not open_:
            return
        yield "## Accepted answers"
        yield "Where the document leaves a choice, each of these passes, and the report names it."
        for each in open_:
            yield f"{_question_link(each)}\n: {_answers(each)}"

    def _faults(self, rule: Rule) -> str:
        noticed = self.book.faults_of(rule)
        if not noticed:
            return f"None: {plain(self.book.reasons.faultless.get(rule.id, 'none yet'))}."
        said = [f"- `{fault.__name__}`: {plain(first_line(fault))}" for fault in noticed]
        return "\n".join(["The reference server with one thing wrong, each:\n", *said])

    def _example(self, rule: Rule) -> Iterator[str]:
        example = self.examples.get(rule.id)
        if example is None:
            return
        yield "## A failing example"
        yield f"What a run says of it where the server is `{example.fault}`:"
        yield fenced(example.text, "text")

    def _questions(self) -> Iterator[str]:
        yield "# Open questions"
        yield (
            "What the document leaves open. Each of the answers is accepted; which one a server "
            "gives is noted in its report, under *How this server reads the document*."
        )
        for each in ambiguities().values():
            statement = statements()[each.statement]
            yield f"({_label(each)})=\n## {plain(each.question)}"
            yield f"Accepted: {_answers(each)}."
            yield f"{plain(each.why)}"
            yield f"Left open by [{each.statement}](statements/{statement.id}.md)."
            asking = self.book.asking(each)
            if asking:
                links = ", ".join(f"[`{rule.id}`](rules/{rule.id}.md)" for rule in asking)
                yield f"Asked by {links}."
            variants = self.book.variants_of(each)
            if variants:
                yield "Shown to the rules by: " + ", ".join(f"`{v.__name__}`" for v in variants)


_BINDING = {
    "MUST": "a server that breaks it is not conformant",
    "SHOULD": "a server that misses it deviates, and is not called broken for it",
}


def plain(text: str) -> str:
    """Return a text in which Markdown sees nothing but its code in backquotes."""
    parts = _CODE.split(" ".join(text.split()))
    return "".join(part if part.startswith("`") else _SPECIAL.sub(r"\\\1", part) for part in parts)


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"


def _listed(rules: Iterable[Rule], folder: str) -> str:
    return "\n".join(
        f"- [`{rule.id}`]({folder}{rule.id}.md) ({rule.level.value}): {plain(rule.title)}"
        for rule in rules
    )


def _statement_link(statement: Statement) -> str:
    return f"[{statement.id}](../statements/{statement.id}.md)"


def _about(id_: str) -> str:
    return f"[{id_}](../statements/{id_}.md) {plain(statements()[id_].text)}"


def _question_link(ambiguity: Ambiguity) -> str:
    return f"[{plain(ambiguity.question)}](#{_label(ambiguity)})"


def _label(ambiguity: Ambiguity) -> str:
    return f"question-{ambiguity.id}"


def _answers(ambiguity: Ambiguity) -> str:
    return " / ".join(f"*{plain(answer)}*" for answer in ambiguity.answers)
