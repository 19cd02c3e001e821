"""The fixtures that a rule may ask for, and the reference servers behind them."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conformance.clients.roles import Roles
from conformance.config import profiles
from conformance.config.machine import machine_obstacle
from conformance.config.options import settings_from
from conformance.config.settings import SETTINGS
from conformance.config.target import Target, TargetError
from conformance.config.target_file import build_target, fields_of_target
from conformance.results.baseline import read_baseline
from conformance.results.costs import read_costs, rules_that_read
from conformance.results.run import Run
from conformance.results.run_kind import RunKind
from conformance.runner import generated
from conformance.runner.earlier_results import EarlierResultsPlugin, write_no_results
from conformance.runner.plan import PlanPlugin
from conformance.runner.plugin import ROLES, start_run
from conformance.runner.rule_list import RuleListPlugin
from conformance.runner.selection import SelectionPlugin, selection_of
from conformance.runner.stages import MARKS, turn_of
from conformance.runner.unread_output import StopsUnread, drop_what_is_not_read
from conformance.wire.local_address import require_denied_address
from conformance.wire.transport import Network
from proof.case_runner import CASE_RUNNER
from proof.completeness import Reasons
from proof.costs_plugin import CostsPlugin
from proof.examples import ExamplesProof
from proof.matrix_proof import MatrixProof
from proof.mutation import MutationProof
from proof.plugin import ProofPlugin
from proof.rulebook_plugin import RulebookPlugin
from proof.servers import embedded_target
from proof.weakening import WeakeningProof
from reference.faults import faults
from reference.faulty import Variant
from reference.seed import VERSIONS
from reference.server import Reference
from reference.variants import variants
from suites.unobservable import FAULTLESS, UNOBSERVABLE

if TYPE_CHECKING:
    from conformance.clients.api import Api
    from conformance.clients.client import Client
    from conformance.clients.curl import Curl
    from conformance.clients.manual_digest import ManualDigest
    from conformance.clients.raw_http import RawHttp
    from conformance.results.baseline import Baseline
    from conformance.wire.journal import Journal
    from proof.proofs import Proof

SUITES = Path(__file__).with_name("suites")
COSTS = SUITES / "costs.tsv"
ABOUT_A_TARGET = [each for each in SETTINGS if each.about_target]
"""Settings that say nothing as long as no target is named."""

MOST_SMOKE_REQUESTS = 30
"""What a smoke run sends at most, challenges included."""


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Make the session a run against a target, or a proof, where it is about rules."""
    pipes = drop_what_is_not_read()
    add_marks(config)
    config.pluginmanager.register(generated, "conformance-generated")
    if told := machine_obstacle(config):
        raise pytest.UsageError(told)
    profiles.use(config, config.getoption("profile"), config.getoption("seed"))
    config.pluginmanager.register(SelectionPlugin(config, selection_of(config, SUITES)))
    if config.getoption("list_rules"):
        write_no_results(config)
        config.pluginmanager.register(RuleListPlugin(config))
        return
    if not selects_rules(config):
        return
    if config.getoption("prove") is not None:
        asked = [config.getoption(name) for name in ("seed", "processes", "one_in")]
        plugin = ProofPlugin(proof(config), *asked)
        config.pluginmanager.register(plugin)
        return
    if config.getoption("rulebook"):
        reasons, how = Reasons(UNOBSERVABLE, FAULTLESS), config.getoption("rulebook")
        book = RulebookPlugin(config.rootpath, faults(), variants(), reasons, how)
        config.pluginmanager.register(book)
        return
    if config.option.collectonly:
        write_no_results(config)
        return
    try:
        target = target_of(config)
        require_denied_address(target)
        baseline = baseline_of(config, target)
    except TargetError as error:
        raise pytest.UsageError(str(error)) from error
    roles = Roles(target, Network(target.proxy))
    if config.getoption("plan"):
        write_no_results(config)
        config.pluginmanager.register(PlanPlugin(config, roles, COSTS))
        return
    required = config.getoption("require")
    run = Run(
        target,
        config.getoption("seed"),
        required=RunKind(required) if required else None,
        baseline=baseline,
    )
    config.pluginmanager.register(EarlierResultsPlugin(config, run))
    config.pluginmanager.register(StopsUnread(pipes))
    if config.getoption("record_costs"):
        config.pluginmanager.register(CostsPlugin(run, COSTS))
    start_run(config, run, roles, rules_that_read(read_costs(COSTS)))


def add_marks(config: pytest.Config) -> None:
    """Make the marks known that rules and self-tests may have."""
    marks = {
        "rule(rule)": "the documented claim that a test checks",
        "passive": "judges the journal of all other rules",
        **MARKS,
        "smoke": "part of the read-only smoke run (-m smoke)",
        "proof": "a self-test that only make proof runs",
        "install": "a self-test that installs what is built",
        "whole_run": "a self-test that starts runs, as somebody at a terminal starts them",
    }
    for name, says in marks.items():
        config.addinivalue_line("markers", f"{name}: {says}")


def proof(config: pytest.Config) -> Proof[Any]:
    """Return the proof that is asked for, of the plain server, all variants and all faults."""
    first: int = config.getoption("seed")
    seeds = range(first, first + config.getoption("seeds"))
    proofs: list[Proof[Any]] = [
        MatrixProof([Variant, *variants(), *faults()], seeds),
        WeakeningProof(faults()),
        MutationProof(),
        ExamplesProof(faults(), first),
    ]
    return next(each for each in proofs if each.name == config.getoption("prove"))


def selects_rules(config: pytest.Config) -> bool:
    """Tell whether the session's arguments name anything in suites/, or all there is."""
    chosen = [(config.invocation_params.dir / arg.split("::")[0]).resolve() for arg in config.args]
    return any(SUITES in (path, *path.parents) or path in SUITES.parents for path in chosen)


def target_of(config: pytest.Config) -> Target:
    """Return the target that the options name, or an embedded reference server that now runs."""
    settings = settings_from(config)
    if config.option.markexpr == "smoke":
        # Read-only and small by construction, even if told otherwise.
        most = min(MOST_SMOKE_REQUESTS, settings.get("requests", MOST_SMOKE_REQUESTS))
        settings |= {"allow_writes": False, "requests": most}
    if "base_url" in settings or config.getoption("target_file") is not None:
        return build_target(settings, os.environ)
    stray = [each.option for each in ABOUT_A_TARGET if each.name in settings]
    if stray:
        message = f"{stray[0]} is about a target, but none is given: add --base-url URL"
        raise TargetError(message)
    stack = ExitStack()
    config.add_cleanup(stack.close)
    from reference.serving import Serving  # noqa: PLC0415  (0.5 s, without which most runs do)

    serving = stack.enter_context(Serving(Reference(versions=VERSIONS)))
    said = fields_of_target(settings)
    if config.getoption("record_costs") == "read-only":
        said["allow_writes"] = False
    return replace(
        embedded_target(serving.base_url, str(serving.http_url), said["reports"], serving.ca_file),
        **said,
    )


def baseline_of(config: pytest.Config, target: Target) -> Baseline | None:
    """Return the earlier run that the options name; raises TargetError where it cannot be used."""
    file: str | None = config.getoption("baseline")
    if file is None:
        return None
    if config.getoption("require") is not None:
        message = "a certification compares with nothing: leave --baseline or --require out"
        raise TargetError(message)
    path = config.invocation_params.dir / file
    return read_baseline(path, target.reports, strict=target.strict_should)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each rule have its turn: last those that judge what every other one has exchanged."""
    items.sort(key=turn_of)


@pytest.fixture(scope="session")
def roles(request: pytest.FixtureRequest) -> Roles:
    """The callers of the target; in a proof, of one of its servers."""
    case_runner = request.config.stash.get(CASE_RUNNER, None)
    return case_runner.roles if case_runner else request.config.stash[ROLES]


@pytest.fixture(scope="session")
def target(roles: Roles) -> Target:
    """What is known about the server that is judged."""
    return roles.target


@pytest.fixture(scope="session")
def journal(roles: Roles) -> Journal:
    """Every exchange of the run so far, and the readings seen in it."""
    return roles.journal


@pytest.fixture(scope="session")
def api(roles: Roles) -> Api:
    """The account's own caller: right credentials, permitted address."""
    return roles.api


@pytest.fixture(scope="session")
def second_session(roles: Roles) -> Client:
    """Another session of the account's own caller: connections and nonces of its own."""
    return roles.second_session


@pytest.fixture
def curl(roles: Roles) -> Curl:
    """The real curl; not applicable to a server that is shown without a socket."""
    return roles.curl


@pytest.fixture
def other(roles: Roles) -> Api:
    """The caller of a second account."""
    return roles.other


@pytest.fixture(scope="session")
def courier(roles: Roles) -> Client:
    """A caller with the right credentials, whose answers no rule about all answers judges."""
    return roles.courier


@pytest.fixture(scope="session")
def anonymous(roles: Roles) -> Client:
    """A caller without credentials."""
    return roles.anonymous


@pytest.fixture(scope="session")
def manual_digest(roles: Roles) -> ManualDigest:
    """A caller who writes the Authorization field by hand."""
    return roles.digest_by_hand


@pytest.fixture
def lone_manual_digest(roles: Roles) -> ManualDigest:
    """A caller who writes the Authorization field by hand, on a connection not used before."""
    return roles.manual_digest()


@pytest.fixture(scope="session")
def raw_http(roles: Roles) -> RawHttp:
    """A caller with the right credentials who writes requests byte by byte."""
    return roles.raw_http


@pytest.fixture
def outsider(roles: Roles) -> Client:
    """A caller with the right credentials from an address that is not on the list."""
    return roles.outsider


@pytest.fixture(scope="session")
def plain(roles: Roles) -> Client:
    """A caller over plain HTTP, without credentials."""
    return roles.plain


@pytest.fixture
def plain_api(roles: Roles) -> Client:
    """A caller over plain HTTP with the right credentials."""
    return roles.plain_api


@pytest.fixture(scope="session")
def plain_on_https(roles: Roles) -> Client:
    """A caller who speaks plain HTTP to the HTTPS port, without credentials."""
    return roles.plain_on_https
