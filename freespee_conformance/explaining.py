"""What a name that a report prints stands for: a rule, a statement, an open question, a code."""

from __future__ import annotations

import inspect
import pkgutil
import textwrap
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from conformance.config.nearest import hint
from conformance.spec.ambiguities import ambiguities
from conformance.spec.statements import statements
from conformance.verdicts import Verdict
from freespee_conformance.exit_codes import EXIT_CODES
from freespee_conformance.suite_root import ROOT

if TYPE_CHECKING:
    from conformance.rules import Rule

WIDTH = 96
MOST_NAMES = 5
"""How many names are told to somebody who has typed a part of them."""

VERDICTS = {
    Verdict.ERROR: "A bug of the suite; it says nothing about the server.",
    Verdict.FAILED: "A MUST rule did not hold.",
    Verdict.DEVIATION: "A SHOULD rule did not hold; it fails a run with --strict-should alone.",
    Verdict.INCONCLUSIVE: "The rule could not be tried: its preparation failed, or nothing could "
    "be observed.",
    Verdict.NOT_RUN: "The run does not permit what the rule needs, or was not told it.",
    Verdict.PASSED: "The rule held, and something was observed.",
    Verdict.NOT_APPLICABLE: "The server does not offer what the rule is about.",
}


class UnknownNameError(Exception):
    """Nothing has the name; the message has the nearest one that means something."""


@dataclass(frozen=True, slots=True)
class Written:
    """A rule, and where and how it is written."""

    rule: Rule
    module: str
    function: str
    docstring: str


def explained(name: str) -> str:
    """Return what a name stands for, as text; raises UnknownNameError where it means nothing."""
    wanted = name.strip()
    if wanted.isdecimal() and int(wanted) in EXIT_CODES:
        return _code(int(wanted))
    verdict = next((each for each in Verdict if each.value == wanted.lower()), None)
    if verdict:
        return f"verdict {verdict.value}\n\n{_indented(VERDICTS[verdict])}"
    if wanted.upper() in statements():
        return _statement(wanted.upper())
    id_ = wanted.partition("[")[0].removeprefix("test_").replace("_", "-").lower()
    found = [_rule(written_rules()[id_])] if id_ in written_rules() else []
    found += [_question(id_)] if id_ in ambiguities() else []
    asked = " ".join(wanted.lower().rstrip("?").split())
    found += [
        _question(each.id)
        for each in ambiguities().values()
        if each.question.lower().rstrip("?") == asked
    ]
    found += [_server(kind) for kind in servers() if kind.__name__.lower() == wanted.lower()]
    if not found:
        message = f"nothing is called {wanted!r}{_meant_by(wanted)}"
        raise UnknownNameError(message)
    return "\n\n".join(found)


def _meant_by(wanted: str) -> str:
    """Return the end of a sentence about a wrong name: what has it, or the nearest right one."""
    kinds = (kind.__name__ for kind in servers())
    names = list(dict.fromkeys([*written_rules(), *known_names(), *kinds]))
    having = [each for each in names if wanted and wanted.casefold() in each.casefold()]
    if not having:
        return hint(wanted, names, "the nearest name")
    more = f" and {len(having) - MOST_NAMES} more" if len(having) > MOST_NAMES else ""
    return f"; it is part of {', '.join(having[:MOST_NAMES])}{more}"


def known_names() -> list[str]:
    """Return every name that can be explained but those of the rules."""
    verdicts = [each.value for each in Verdict]
    return [*statements(), *ambiguities(), *map(str, EXIT_CODES), *verdicts]


@cache
def written_rules() -> dict[str, Written]:
    """Return every rule by its id; imports the modules that they are written in."""
    package = import_module("suites")
    names = [each.name for each in pkgutil.walk_packages(package.__path__, "suites.")]
    modules = [import_module(each) for each in names if each.rpartition(".")[2].startswith("test_")]
    found = {}
    for module in modules:
        for function in vars(module).values():
            for mark in getattr(function, "pytestmark", ()):
                if mark.name == "rule" and function.__module__ == module.__name__:
                    rule: Rule = mark.args[0]
                    text = inspect.getdoc(function) or ""
                    found[rule.id] = Written(rule, module.__name__, function.__name__, text)
    return found


@cache
def servers() -> list[Any]:
    """Return every fault and every variant of the reference server."""
    faults, variants = import_module("reference.faults"), import_module("reference.variants")
    return [*faults.faults(), *variants.variants()]


def _server(kind: Any) -> str:  # noqa: ANN401  (a class of a package that is imported here)
    text = _indented(*(inspect.getdoc(kind) or "").split("\n\n"))
    rules = "\n".join(f"  {id_}" for id_ in sorted(getattr(kind, "breaks", ())))
    if not rules:
        return f"variant {kind.__name__}: another way to keep the document\n\n{text}"
    return (
        f"fault {kind.__name__}: the reference server with one thing wrong\n\n{text}\n\n"
        f"Noticed by\n\n{rules}"
    )


def _code(code: int) -> str:
    meaning = EXIT_CODES[code]
    text = _indented(meaning.text, f"What to do: {meaning.remedy}")
    return f"exit code {code}: {meaning.word}\n\n{text}"


def _statement(id_: str) -> str:
    each = statements()[id_]
    rules = [written.rule for written in written_rules().values() if id_ in written.rule.statements]
    reasons: dict[str, str] = import_module("suites.unobservable").UNOBSERVABLE
    lines = [f"  {rule.level.value:<6} {rule.id}" for rule in rules]
    checked = "\n".join(["Checked by", "", *lines]) if rules else f"No rule: {reasons[id_]}"
    return (
        f"statement {id_} ({each.chapter}, {each.strength})\n\n{_indented(each.text)}\n\n{checked}"
    )


def _question(id_: str) -> str:
    each = ambiguities()[id_]
    answers = "\n".join(f"    - {answer}" for answer in each.answers)
    head = f"open question {id_} (about {each.statement})\n\n{_indented(each.question)}"
    return f"{head}\n\n  Accepted answers:\n{answers}\n\n{_indented(each.why)}"


def _rule(written: Written) -> str:
    rule = written.rule
    head = f"rule {rule.id} ({rule.level.value}, {rule.basis.value}, {rule.chapter})"
    parts = [head, _indented(*written.docstring.split("\n\n"))]
    parts += [
        _indented(f"{id_}: {statements()[id_].text}", first="  ", rest="      ")
        for id_ in rule.statements
    ]
    for id_ in _questions_of(written):
        each = ambiguities()[id_]
        text = f"Left open ({id_}): {each.question} Accepted: {' / '.join(each.answers)}"
        parts.append(_indented(text, rest="      "))
    faults = [
        f"    - {kind.__name__}: {(kind.__doc__ or '').strip().partition(chr(10))[0]}"
        for kind in servers()
        if rule.id in getattr(kind, "breaks", ())
    ]
    reasons: dict[str, str] = import_module("suites.unobservable").FAULTLESS
    missing = f"    none: {reasons.get(rule.id, 'none yet')}"
    parts.append("\n".join(["  Faults that it notices:", *(faults or [missing])]))
    path = written.module.replace(".", "/")
    parts.append(f"  Written in {path}.py; run it alone by --rule {rule.id}")
    return "\n\n".join(parts)


def _questions_of(written: Written) -> list[str]:
    test = import_module("proof.source_code").Definition(written.module, written.function)
    found: list[str] = _source().ambiguities_of(test)
    return found


@cache
def _source() -> Any:  # noqa: ANN401  (imported where it is asked for)
    return import_module("proof.source_code").SourceCode(ROOT)


def _indented(*paragraphs: str, first: str = "  ", rest: str = "  ") -> str:
    return "\n\n".join(
        textwrap.fill(
            " ".join(each.split()),
            WIDTH,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for each in paragraphs
    )
