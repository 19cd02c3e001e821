"""The commands beside the runs: explain, init, cleanup, serve and the completion of shells."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from click.shell_completion import get_completion_class

from freespee_conformance.examples import PROGRAM, epilog_of
from freespee_conformance.exit_codes import USAGE
from freespee_conformance.explaining import UnknownNameError, explained, known_names
from freespee_conformance.initial_file import begin
from freespee_conformance.options import rule_ids

SHELLS = ("bash", "zsh", "fish")


def add_to(group: click.Group) -> None:
    """Add the commands to a group."""
    for each in (explain, init, cleanup, serve, completion):
        group.add_command(each)


def _complete_name(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    return [each for each in (*known_names(), *rule_ids()) if each.startswith(incomplete)]


@click.command(epilog=epilog_of("explain"))
@click.argument("name", shell_complete=_complete_name)
def explain(name: str) -> int:
    """Explain what a NAME in a report stands for.

    It names a rule, a statement (S13), an exit code (11) or a verdict; an open question, by its id
    or its sentence; a fault or a variant, by its class.
    """
    try:
        click.echo(explained(name))
    except UnknownNameError as error:
        raise click.UsageError(str(error)) from error
    return 0


@click.command(epilog=epilog_of("init"))
@click.argument("base_url", metavar="URL")
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    default=Path("conformance.toml"),
    show_default=True,
    help="where it is written",
)
@click.option("--force", is_flag=True, help="write over a file that is there")
@click.option("--ca-bundle", metavar="FILE", help="PEM file of the authorities to trust")
@click.option("--proxy", metavar="URL", help="HTTP proxy, as in http://host:3128")
def init(**options: Any) -> int:  # noqa: ANN401
    """Write a commented target file for the server at URL.

    It looks at the server first, and only reads. Beside the file goes its JSON Schema, so that
    editors complete it. Credentials are taken from the environment, and are not written.
    """
    return begin(**options)


def _age(_: click.Context, __: click.Parameter, text: str | None) -> str | None:
    """Return an age as it was given, if it is one."""
    if text is not None and not re.fullmatch(r"0*[1-9][0-9]*[hd]", text):
        message = f"{text!r} is not an age like 24h or 7d"
        raise click.BadParameter(message)
    return text


def _words(options: dict[str, Any]) -> list[str]:
    """Return options as words of a command line; what is not given is left out."""
    given = {f"--{name.replace('_', '-')}": value for name, value in options.items() if value}
    return [name if value is True else f"{name}={value}" for name, value in given.items()]


def _program(name: str) -> Any:  # noqa: ANN401  (the main function of a module)
    """Return the main function of a package, which is only imported where it is called."""
    return import_module(f"{name}.__main__").main


@click.command(epilog=epilog_of("cleanup"))
@click.argument("reports", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--delete", is_flag=True, help="delete; without it, only say what would be deleted")
@click.option(
    "--older-than",
    metavar="AGE",
    callback=_age,
    help="look for the records of every run that began longer ago, as in 24h or 7d: for lost logs",
)
@click.option("--base-url", metavar="URL", help="another base URL than that of the log")
@click.option("--ca-bundle", metavar="FILE", help="PEM file of the authorities to trust")
@click.option("--proxy", metavar="URL", help="HTTP proxy, as in http://host:3128")
def cleanup(reports: Path, **options: Any) -> int:  # noqa: ANN401
    """Show the records that a run has left, or delete them.

    DIR has the reports of that run. Credentials are taken from the environment.
    """
    words = ["cleanup", *_words(options), "--", str(reports)]
    return int(_program("conformance")(words, PROGRAM))


@click.command(epilog=epilog_of("serve"))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="port for HTTPS; 0, the default, is any that is free",
)
@click.option(
    "--http-port",
    type=click.IntRange(0, 65535),
    default=0,
    help="port for plain HTTP, where every request is refused",
)
@click.option("--versions", metavar="LIST", help="API versions to offer, separated by commas")
@click.option("--surrounding", metavar="NAME", help="what stands between callers and the server")
@click.option("--log", is_flag=True, help="a line per request on stderr, without secrets")
def serve(**options: Any) -> int:  # noqa: ANN401
    """Serve the reference server on this machine until Ctrl-C.

    It says how to call it, and has the line that certifies it.
    """
    try:
        main = _program("reference")
        ended = main(_words(options), suite=f"{PROGRAM} certify", program=f"{PROGRAM} serve")
    except SystemExit:  # what argparse refuses
        ended = USAGE
    return USAGE if ended else 0


@click.command(epilog=epilog_of("completion"))
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> int:
    """Print what lets a SHELL complete commands and names."""
    root = click.get_current_context().find_root()
    variable = f"_{PROGRAM.replace('-', '_').upper()}_COMPLETE"
    kind = get_completion_class(shell)
    if kind is None:
        message = f"{shell} cannot be completed"
        raise click.UsageError(message)
    click.echo(kind(root.command, {}, PROGRAM, variable).source())
    return 0
