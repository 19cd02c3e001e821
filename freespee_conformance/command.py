"""The command: certify, smoke, check and plan run the suite; others explain it, or serve it."""

from __future__ import annotations

import os
import shlex
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conformance.config.checked import checked_base_url
from conformance.config.target import TargetError
from freespee_conformance import session, side_commands
from freespee_conformance.configuration import SELECTING, Configuration, configure
from freespee_conformance.examples import PROGRAM, epilog_of
from freespee_conformance.exit_codes import INTERNAL_ERROR, INTERRUPTED, USAGE
from freespee_conformance.options import FULL_PROFILES, option_of, run_options
from freespee_conformance.suite_root import SUITES
from freespee_conformance.versions import version_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

RUNS = ("certify", "smoke", "check", "plan", "list")
"""The commands that take options of pytest behind --."""

EXAMPLES = f"""\
Examples:

\b
  {PROGRAM} certify                               the embedded reference server: try it out
  {PROGRAM} certify https://host/2.4.9 --allow-writes
  {PROGRAM} smoke https://host/2.4.9              30 requests at most, none of which can write
  {PROGRAM} check https://host/2.4.9 --chapter Paging
  {PROGRAM} explain numpages-follows-from-total

Credentials are taken from API_USERNAME and API_PASSWORD, or from the files that API_USERNAME_FILE
and API_PASSWORD_FILE name. Every other option can be said by a variable, too
(--max-requests by FREESPEE_CONFORMANCE_MAX_REQUESTS), or in a target file: conformance.toml in the
working directory or above it, or --target FILE. Options win over variables, and both over the file.

What follows -- goes to pytest as it is. The exit code says how it ended: see
`{PROGRAM} explain 11`."""

NEEDS_WRITES = (
    "a certification creates records, and changes and deletes them: permit that with "
    "--allow-writes, or look without writing by `check`"
)


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001
    if asked and not ctx.resilient_parsing:
        click.echo(version_line())
        ctx.exit()


@click.group(
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Say which suite, which rules and which Python this is.",
)
def cli() -> None:
    """Say, rule by rule and with evidence, whether a server keeps the document of its API."""


def _configured(options: dict[str, Any]) -> Configuration:
    """Return what a run is told; raises UsageError where that cannot be used."""
    given = {name: value for name, value in options.items() if value not in (None, ())}
    try:
        if "base_url" in given:
            checked_base_url(given["base_url"])
        return configure(given, os.environ, Path.cwd())
    except TargetError as error:
        raise click.UsageError(str(error)) from error


def run_suite(words: Sequence[str], options: dict[str, Any]) -> int:
    """Run the suite, told what was configured and what stands behind --; return the exit code."""
    shows = options.pop("show_config")
    configuration = _configured(options)
    if shows:
        click.echo("\n".join(configuration.lines(os.environ)))
        return 0
    for remark in configuration.remarks:
        click.echo(remark, err=True)
    if configuration.file is None and configuration.value("base_url") is None:
        click.echo("no URL is given: the target is the embedded reference server", err=True)
    arguments = [str(SUITES), *words, *configuration.words, *_behind()]
    keeps = configuration.value("profile") == "development"
    return session.start(arguments, keep_examples=keeps)


def _behind() -> list[str]:
    """Return what stands behind -- on the command line: arguments of pytest."""
    words: list[str] = click.get_current_context().obj
    return words


def command_of(
    name: str, *, selects: bool, without: Iterable[str] = ()
) -> Callable[[Callable[..., int]], click.Command]:
    """Return a decorator that makes a function a command with the options of a run, or most."""
    params = run_options(selects=selects, without=without)
    return cli.command(name, params=params, epilog=epilog_of(name))


@command_of("certify", selects=False, without=("baseline",))
def certify(**options: Any) -> int:  # noqa: ANN401
    """Certify a server: the whole suite, which writes. The exit code is 0 for CONFORMANT alone.

    Without URL, and without a target file that says it, the embedded reference server is certified.
    """
    if not options["show_config"]:
        configuration = _configured({**options, "show_config": None})
        remote = configuration.file or configuration.value("base_url")
        if remote and not configuration.value("allow_writes"):
            raise click.UsageError(NEEDS_WRITES)
        if configuration.value("profile") not in (None, *FULL_PROFILES):
            message = f"a certification takes a profile of {', '.join(FULL_PROFILES)}: use `check`"
            raise click.UsageError(message)
    return run_suite(["--require=full"], options)


@command_of("smoke", selects=False, without=("allow_writes", "records_may_stay", "baseline"))
def smoke(**options: Any) -> int:  # noqa: ANN401
    """Look whether an endpoint is in shape: 30 reads at most."""
    return run_suite(["-m", "smoke"], options)


@command_of("check", selects=True)
def check(**options: Any) -> int:  # noqa: ANN401
    """Check all rules, or a selection, without writing.

    --rule, --statement, --chapter and --level select. Nothing is written unless --allow-writes
    stands on this very command line. With --baseline, the run.json of an earlier run, it names the
    rules that held there and do not now; what was broken there does not end it with 1.
    """
    if options["allow_writes"] is None:
        options["allow_writes"] = False
    return run_suite([], options)


@command_of("plan", selects=True, without=("baseline",))
def plan(**options: Any) -> int:  # noqa: ANN401
    """Say what a run would send: sends one ping, and nothing else."""
    return run_suite(["--plan"], options)


@cli.command("list", params=[option_of(each) for each in SELECTING], epilog=epilog_of("list"))
def list_rules(**options: Any) -> int:  # noqa: ANN401
    """List the rules: id, level, statements, title. Those of a selection, or all."""
    words = [f"{each.option}={name}" for each in SELECTING for name in options[each.name]]
    return session.start([str(SUITES), "--list-rules", *words, *_behind()], keep_examples=False)


side_commands.add_to(cli)


def _of_pytest(error: click.NoSuchOption, words: Sequence[str]) -> str:
    """Return where a short option has to stand that may be pytest's; "" for any other."""
    name = error.option_name
    asked = error.ctx.info_name if error.ctx else None
    if name.startswith("--") or asked not in RUNS:
        return ""
    at = next(index for index, word in enumerate(words) if word.startswith(name))
    value = [word for word in words[at + 1 : at + 2] if not word.startswith(("-", "https:"))]
    option = shlex.join([words[at], *value])
    return f"Options of pytest stand behind --, as in: {PROGRAM} {asked} -- {option}"


def run(arguments: Sequence[str]) -> int:
    """Do what a command line asks for; return the exit code, which is 1 for a broken rule alone."""
    words = list(arguments)
    behind = words.index("--") if "--" in words else len(words)
    try:
        return (
            cli.main(
                words[:behind], prog_name=PROGRAM, standalone_mode=False, obj=words[behind + 1 :]
            )
            or 0
        )
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return USAGE
    except click.ClickException as error:
        error.show()
        if isinstance(error, click.NoSuchOption) and (told := _of_pytest(error, words[:behind])):
            click.echo(told, err=True)
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except Exception:  # noqa: BLE001  (1 would say that the server is not conformant)
        traceback.print_exc()
        click.echo(f"{PROGRAM}: a bug of the suite; it says nothing about the server", err=True)
        return INTERNAL_ERROR
