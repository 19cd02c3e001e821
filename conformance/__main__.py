"""`python -m conformance cleanup`: delete what runs have left on a target."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from conformance.clients.clean_up import clean_up
from conformance.clients.earlier_runs import Janitor, found_by_age, found_by_values
from conformance.clients.record_log import (
    NAME,
    RecordLogError,
    logs_in,
    logs_of_other_in,
    read_record_log,
)
from conformance.clients.roles import Roles
from conformance.config.target import TargetError
from conformance.config.target_file import build_target
from conformance.results.counts import number_of
from conformance.runner.preflight import contact, obstacle
from conformance.verdicts import ExitCode, OutcomeError
from conformance.wire.transport import Network

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from conformance.spec.addressing import Identity

PROGRAM = "python -m conformance"

NEEDS_OTHER = (
    "OTHER_USERNAME and OTHER_PASSWORD are needed: records may be left in the second account"
)

_HOURS = {"h": 1.0, "d": 24.0}


class _Parser(argparse.ArgumentParser):
    """Reads a command line; a wrong one ends with the exit code for wrong usage."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and end."""
        self.print_usage(sys.stderr)
        self.exit(ExitCode.USAGE, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None, program: str = PROGRAM) -> int:
    """Do what the command line asks for, under the name of a program; return the exit code."""
    asked = parser(program).parse_args(arguments)
    try:
        if asked.older_than is None and not logs_of_both(asked.run):
            _say(f"nothing to clean up: there is no record log in {str(asked.run)!r}")
            return int(ExitCode.CONFORMANT)
        target = build_target(settings_of_the_log(asked), os.environ)
        roles = Roles(target, Network(target.proxy))
    except (TargetError, RecordLogError) as error:
        return _end(program, str(error), ExitCode.USAGE)
    try:
        return carry_out(asked, roles)
    except RecordLogError as error:
        return _end(program, str(error), ExitCode.USAGE)
    except OutcomeError as error:
        return _end(program, f"stopped: {error}", ExitCode.LEFTOVERS)
    finally:
        roles.close()


def carry_out(asked: argparse.Namespace, roles: Roles) -> int:
    """Find what was left and, where that is asked for, delete it; return the exit code."""
    reason = obstacle(roles.target, contact(roles))
    if reason:
        return _end(asked.program, reason, ExitCode.UNREACHABLE)
    api = roles.api
    if asked.older_than is not None:
        found = list(found_by_age(api, asked.older_than))
        if asked.delete:
            return _report([str(each) for each in Janitor(api, found).delete()])
    else:
        return clean_up_logged(asked, roles)
    return _show(found)


def clean_up_logged(asked: argparse.Namespace, roles: Roles) -> int:
    """Show or delete what the logs in a directory say; return the exit code.

    What was made in a second account is deleted with its credentials; where its log says that all
    of that is gone, they are not needed.
    """
    others = logs_of_other_in(asked.run)
    done = [path for path in others if read_record_log(path).is_clean]
    closed = roles.target.other_credentials is None and len(done) < len(others)
    left: list[str] = []
    found: list[Identity] = []
    for path in [*logs_in(asked.run), *others]:
        if path in done or (closed and path in others):
            continue
        api = roles.other if path in others else roles.api
        ledger = api.ledger
        logged = read_record_log(path)
        ledger.take_over(logged.prefix, logged.made, logged.sent, logged.unsettled)
        for identity in found_by_values(api, logged.unanswered):
            ledger.note_made(identity)
        if asked.delete:
            kept = clean_up(api)
            left += [str(each) for each in kept]
            if not kept:
                path.unlink()
        else:
            found += [each for each in ledger.left() if each not in found]
    for path in done if asked.delete else ():
        path.unlink()
    code = _report(left) if asked.delete else _show(found)
    return _end(asked.program, NEEDS_OTHER, ExitCode.LEFTOVERS) if closed else code


def settings_of_the_log(asked: argparse.Namespace) -> dict[str, Any]:
    """Return the target's settings: those of the log, with what is given over them.

    Raises RecordLogError where neither says which server it is about.
    """
    settings: dict[str, Any] = {"allow_writes": True, "reports": str(asked.run)}
    logs = logs_in(asked.run) or logs_of_other_in(asked.run)
    if logs:
        run = read_record_log(logs[-1]).run
        settings |= {
            name: run[name] for name in ("base_url", "ca_bundle", "proxy") if run.get(name)
        }
    given = {"base_url": asked.base_url, "ca_bundle": asked.ca_bundle, "proxy": asked.proxy}
    settings |= {name: value for name, value in given.items() if value is not None}
    if "base_url" not in settings:
        message = f"--base-url is needed: there is no record log in {str(asked.run)!r} that says it"
        raise RecordLogError(message)
    return settings


def logs_of_both(directory: Path) -> list[Path]:
    """Return the logs in a directory, of either account; raises RecordLogError for no directory."""
    if not directory.is_dir():
        message = f"there is no directory {str(directory)!r}: name that of the reports of a run"
        raise RecordLogError(message)
    return [*logs_in(directory), *logs_of_other_in(directory)]


def parser(program: str = PROGRAM) -> argparse.ArgumentParser:
    """Return what can be asked for on the command line of a program."""
    asked = _Parser(prog=program, description=__doc__)
    asked.set_defaults(program=program)
    command = asked.add_subparsers(required=True, metavar="COMMAND").add_parser(
        "cleanup",
        help="delete the records that a run has left, or show them",
        description="Read the record log of a run, look at each record that it has left, and "
        "delete those that still show a value of that run. Credentials: API_USERNAME and "
        "API_PASSWORD in the environment.",
    )
    command.add_argument(
        "run", type=Path, metavar="RUN_DIR", help=f"the reports of the run, where {NAME} is"
    )
    command.add_argument(
        "--older-than",
        type=age,
        metavar="AGE",
        help="look for the records of every run that began longer ago, as in 24h or 7d: for lost "
        "logs (needs --base-url where RUN_DIR has no log)",
    )
    command.add_argument(
        "--delete", action="store_true", help="delete; without it, only say what would be deleted"
    )
    command.add_argument("--base-url", metavar="URL", help="another base URL than that of the log")
    command.add_argument(
        "--ca-bundle", metavar="FILE", help="PEM file of the certificate authorities to trust"
    )
    command.add_argument("--proxy", metavar="URL", help="HTTP proxy, as in http://host:3128")
    return asked


def age(text: str) -> float:
    """Return the hours that an age is, as in 24h or 7d; raises ArgumentTypeError otherwise."""
    number, unit = text[:-1], text[-1:]
    if unit not in _HOURS or not number.isdecimal() or not int(number):
        message = f"{text!r} is not an age like 24h or 7d"
        raise argparse.ArgumentTypeError(message)
    return int(number) * _HOURS[unit]


def _show(found: list[Identity]) -> int:
    for identity in found:
        _say(f"would be deleted: {identity.path}")
    _say(f"{number_of(len(found), 'record')}; nothing was deleted: add --delete to do it")
    return int(ExitCode.LEFTOVERS if found else ExitCode.CONFORMANT)


def _report(left: list[str]) -> int:
    _say(f"cleaned up; {number_of(len(left), 'record')} left")
    for each in left:
        _say(f"left: {each}")
    return int(ExitCode.LEFTOVERS if left else ExitCode.CONFORMANT)


def _end(program: str, message: str, code: ExitCode) -> int:
    sys.stderr.write(f"{program}: {message}\n")
    return int(code)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
