"""matrix.json and matrix.html: rule by fault, noticed or not, as it has to be or not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader
from jsonschema import Draft202012Validator

from conformance import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.rules import Rule
    from proof.server_results import ServerResult

SCHEMA_FILE = Path(__file__).parents[1] / "schemas" / "matrix.schema.json"
TEMPLATE = "matrix.html.jinja"
FORMAT = 1


def write_reports(
    directory: Path, rules: Sequence[Rule], results: Sequence[ServerResult], seconds: float
) -> None:
    """Write both files into a directory, which is made where it does not exist.

    Raises jsonschema.ValidationError where matrix.json departs from its schema.
    """
    document = matrix_document(rules, results, seconds)
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document)
    directory.mkdir(parents=True, exist_ok=True)
    text = json.dumps(document, indent=1, ensure_ascii=False)
    (directory / "matrix.json").write_text(text + "\n", encoding="utf-8")
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = templates.get_template(TEMPLATE).render(document)
    (directory / "matrix.html").write_text(page, encoding="utf-8")


def matrix_document(
    rules: Sequence[Rule], results: Sequence[ServerResult], seconds: float
) -> dict[str, object]:
    """Return the matrix as the value that matrix.json holds."""
    servers = [_server(result) for result in results]
    return {
        "format": FORMAT,
        "suite": {"name": "freespee-conformance", "version": __version__},
        "seconds": round(seconds, 1),
        "right": all(not result.problems for result in results),
        "rules": [
            {
                "id": rule.id,
                "level": rule.level.value,
                "statements": list(rule.statements),
                "chapter": rule.chapter,
                "title": rule.title,
                "notices": [each.server for each in results if rule.id in each.noticed],
            }
            for rule in sorted(rules, key=lambda rule: rule.statements[0])
        ],
        "servers": servers,
    }


def _server(result: ServerResult) -> dict[str, object]:
    """Return what is said of one server; pairs that are in neither list passed, as they have to."""
    noticed = result.noticed
    return {
        "name": result.server,
        "kind": "variant" if result.conforms else "fault",
        "module": result.module,
        "seed": result.seed,
        "does": result.docstring.splitlines()[0] if result.docstring else "",
        "expected": sorted(result.expected),
        "noticed": {rule: case.reason for rule, case in sorted(noticed.items())},
        "untried": sorted(result.untried),
        "cases": len(result.cases),
        "ends": result.conclusion.word if result.conclusion else None,
        "problems": [problem.splitlines()[0] for problem in result.problems],
    }
