"""The ambiguities of the document: each is relied on, and every citation of one is right."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from running import ROOT

from conformance.readings import reading
from conformance.spec.ambiguities import (
    AMBIGUITIES_FILE,
    AmbiguityError,
    ambiguities,
    ambiguity,
    read_ambiguities,
)
from conformance.spec.statements import statements
from conformance.wire.recorder import recording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.whole_run

PACKAGES = ("conformance", "suites", "strategies", "reference", "proof", "selftests")
TEXTS = (".py", ".md", ".toml", ".tsv", ".json", ".jinja", ".ini")
MODULES = [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]
SUITES = sorted((ROOT / "suites").rglob("*.py"))
FILES = sorted(
    path
    for place in (ROOT.glob("*"), *((ROOT / name).rglob("*") for name in (*PACKAGES, "schemas")))
    for path in place
    if path.suffix in TEXTS
)

CITED = re.compile(r"Ambigu(?:ity|ities): ((?:`[^`]*`(?:, )?)+)\.")
NUMBERED = re.compile(r"ambigu(?:ity|ities)\s+\d", re.IGNORECASE)
CITING = frozenset({"reading", "ambiguity"})

ENTRY = """
[an-id]
statement = "S13"
question = "What is open?"
answers = ["400", "404"]
why = "Nothing is said."
"""


def calls_in(path: Path) -> Iterator[ast.Call]:
    """Give the calls by which a module asks for an ambiguity."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in CITING:
            yield node


def cited_in(path: Path) -> set[str]:
    """Return the ids of ambiguities that a module cites, in calls and in docstrings."""
    in_calls = {
        call.args[0].value
        for call in calls_in(path)
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }
    lists = CITED.findall(path.read_text(encoding="utf-8"))
    return in_calls | {id_ for listed in lists for id_ in re.findall("`([^`]*)`", listed)}


def test_every_cited_ambiguity_exists() -> None:
    """No rule and no variant cites what is not in the file."""
    cited = {path.name: cited_in(path) for path in MODULES if path.parent != ROOT / "selftests"}

    assert len(set().union(*cited.values())) > 50
    assert {
        name: found for name, ids in cited.items() if (found := ids - ambiguities().keys())
    } == {}


def test_every_ambiguity_is_relied_on() -> None:
    """None is in the file that no rule, fault or variant needs."""
    places = [path for path in MODULES if path.relative_to(ROOT).parts[0] != "selftests"]

    assert ambiguities().keys() - set().union(*(cited_in(path) for path in places)) == set()


@pytest.mark.parametrize("path", SUITES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_rule_names_its_ambiguity_where_it_asks(path: Path) -> None:
    """The id stands there as a text, so that a search finds it."""
    assert [
        ast.unparse(call) for call in calls_in(path) if not isinstance(call.args[0], ast.Constant)
    ] == []


def test_no_ambiguity_goes_by_a_number() -> None:
    """Nothing refers to a list that is not part of the project."""
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in FILES
        for match in NUMBERED.finditer(path.read_text(encoding="utf-8"))
    ]

    assert len(FILES) > 200
    assert found == []


def test_ambiguities_are_in_the_order_of_the_document() -> None:
    """They stand by chapter and statement, as the statements do."""
    known = statements()
    chapters = list(dict.fromkeys(each.chapter for each in known.values()))
    places = [
        (chapters.index(known[each.statement].chapter), each.statement)
        for each in ambiguities().values()
    ]

    assert places == sorted(places)


def test_an_unknown_id_is_told_with_the_nearest_one() -> None:
    """A mistyped id is told with the id that it may have been."""
    with pytest.raises(AmbiguityError) as refused:
        reading("unknown-id-in-get")

    assert str(refused.value) == (
        "no ambiguity is called 'unknown-id-in-get'; the nearest is 'unknown-id-in-a-get'"
    )


def test_a_file_is_read(tmp_path: Path) -> None:
    """The id is the name of the table."""
    path = tmp_path / "ambiguities.toml"
    path.write_text(ENTRY, encoding="utf-8")

    (read,) = read_ambiguities(path).values()

    assert (read.id, read.statement, read.answers) == ("an-id", "S13", ("400", "404"))
    assert read_ambiguities(AMBIGUITIES_FILE) == ambiguities()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("an-id", "An_Id", "An_Id: the id is not kebab-case"),
        ("why =", "because =", "an-id: has ['answers', 'because', 'question', 'statement'], not"),
        ('statement = "S13"', "", "an-id: has ['answers', 'question', 'why'], not"),
        ("S13", "S99", "an-id: there is no statement S99"),
        ("What is open?", "It is open.", "an-id: the question is not one sentence"),
        ("Nothing is said.", "nothing", "an-id: the reason is not in sentences"),
        ('["400", "404"]', '["400"]', "an-id: the answers are not two or more, each once"),
        ('["400", "404"]', '["400", "400"]', "an-id: the answers are not two or more, each once"),
        ('["400", "404"]', '["400", ""]', "an-id: the answers are not two or more, each once"),
        ('["400", "404"]', '["400", 404]', "an-id: has a value that is not a text"),
        ('["400", "404"]', '"400"', "an-id: the answers are not a list"),
    ],
)
def test_a_file_with_a_mistake_is_refused(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    """The entry is named, and what is wrong with it."""
    path = tmp_path / "ambiguities.toml"
    path.write_text(ENTRY.replace(right, wrong), encoding="utf-8")

    with pytest.raises(AmbiguityError, match=re.escape(said)):
        read_ambiguities(path)


def test_a_reading_accepts_the_answers_of_its_ambiguity() -> None:
    """Status codes may be numbers or text; any other answer is seen, and not accepted."""
    asked = reading("unknown-id-in-a-write", "PUT", 7)

    with recording() as recorder:
        accepted = [asked.accepts(answer) for answer in (404, "404", 200)]

    question = ambiguity("unknown-id-in-a-write").question
    assert accepted == [True, True, False]
    assert recorder.readings == {f"{question} (PUT, 7)": "200"}


def test_different_things_are_different_questions() -> None:
    """What is asked about several things is recorded for each, and the wrong ones are returned."""
    with recording() as recorder:
        found = reading("unsupported-method", "a ping").unaccepted({"PUT": 405, "POST": 200})

    question = ambiguity("unsupported-method").question
    assert found == {"POST": 200}
    assert recorder.readings == {
        f"{question} (a ping, PUT)": "405",
        f"{question} (a ping, POST)": "200",
    }


def is_status_code(node: ast.expr) -> bool:
    """Tell whether a node is a status code, as a number or at the beginning of a text."""
    value = node.value if isinstance(node, ast.Constant) else None
    return re.match(r"[1-5]\d\d\b", str(value)) is not None and not isinstance(value, float)


def holds_status_codes(node: ast.AST, bare: set[str]) -> bool:
    """Tell whether an expression has a display of two status codes in it, or the name of one."""
    return any(
        (isinstance(each, ast.Name) and each.id in bare)
        or (
            isinstance(each, (ast.Set, ast.Tuple, ast.List))
            and sum(is_status_code(element) for element in each.elts) > 1
        )
        for each in ast.walk(node)
    )


def bare_answers(source: str) -> list[str]:
    """Return the comparisons in a module that accept one of several status codes on their own.

    That is `in` and `<=`, and `not in` where a comprehension picks what is left over. What is `not
    in` a set is refused, not accepted.
    """
    module = ast.parse(source)
    bare = {
        target.id
        for node in module.body
        if isinstance(node, ast.Assign) and holds_status_codes(node.value, set())
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    picking = {
        id(compared)
        for node in ast.walk(module)
        if isinstance(node, ast.comprehension)
        for condition in node.ifs
        for compared in ast.walk(condition)
    }
    return [
        ast.unparse(node)
        for node in ast.walk(module)
        if isinstance(node, ast.Compare)
        and isinstance(node.ops[0], (ast.NotIn,) if id(node) in picking else (ast.In, ast.LtE))
        and holds_status_codes(node.comparators[0], bare)
    ]


@pytest.mark.parametrize("path", SUITES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_rule_has_no_accepted_answers_of_its_own(path: Path) -> None:
    """What the document leaves open is a reading, so that it is recorded and compared."""
    assert bare_answers(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "REFUSED = frozenset({400, 404})\nassert response.status_code in REFUSED",
        "REFUSED = (400, 404)\nassert response.status_code in REFUSED",
        "SEEN = {'200 with nothing', '404'}\nassert seen in SEEN",
        "assert response.status_code in {400, 404}",
        "assert {each.status_code for each in answers} <= {200, 400}",
        "REFUSED = (405, 501)\nassert [each for each in seen if each not in REFUSED] == []",
        "assert deleted.status_code in {404, *REFUSED, 405}",
    ],
)
def test_accepted_answers_beside_the_readings_are_seen(source: str) -> None:
    """However a rule writes them."""
    assert len(bare_answers(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "assert response.status_code not in {400, 401}",
        "assert [each for each in seen if each in {500, 502}] == []",
        "assert response.status_code == 404",
        "NAMES = ('a', 'b')\nassert name in NAMES",
        "assert each.status_code in range(200, 400)",
        "assert size in (1, 2)",
    ],
)
def test_other_sets_are_no_accepted_answers(source: str) -> None:
    """What is refused, and what is no status code, is a rule's own."""
    assert bare_answers(source) == []
