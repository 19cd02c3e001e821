"""`python -m reference`: serve the reference server until Ctrl-C."""

import argparse
import json
import logging
import shlex
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from . import seed
from .server import Reference
from .serving import PortUnavailableError, Serving
from .surroundings import Surrounded, surroundings

PROGRAM = "python -m reference"


def main(
    arguments: Sequence[str] | None = None, suite: str = "pytest", program: str = PROGRAM
) -> int:
    """Serve, and say how to call; the exit code.

    `suite` is what runs the suite, `program` the name under which errors are told.
    """
    options = parser(program).parse_args(arguments)
    if options.log:
        logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(message)s")
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        serving = served(options)
        with serving, target_file(serving) as target:
            print(directions(serving, target, suite), flush=True)  # noqa: T201 - what this program is for
            stopped.wait()
    except PortUnavailableError as error:
        print(f"{program}: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def served(options: argparse.Namespace) -> Serving | Surrounded:
    """What serves as the command line asks for."""
    server, file = Reference(versions=options.versions), ca_file(options.port)
    if options.surrounding is None:
        return Serving(server, port=options.port, http_port=options.http_port, ca_file=file)
    maker = surroundings()[options.surrounding]
    return Surrounded(maker, server, port=options.port, http_port=options.http_port, ca_file=file)


def parser(program: str = PROGRAM) -> argparse.ArgumentParser:
    """What can be asked for on the command line."""
    asked = argparse.ArgumentParser(
        prog=program,
        description="Serve the embedded reference server on the loopback interface until Ctrl-C.",
    )
    asked.add_argument(
        "--port",
        type=int,
        default=0,
        help="port for HTTPS (default: 0, any that is free)",
    )
    asked.add_argument(
        "--http-port",
        type=int,
        default=0,
        help="port for plain HTTP, where every request is refused (default: 0, any that is free)",
    )
    asked.add_argument(
        "--versions",
        type=versions,
        default=seed.VERSIONS,
        help="API versions to offer, separated by commas; the first goes into the base URL"
        f" (default: {','.join(seed.VERSIONS)})",
    )
    asked.add_argument(
        "--surrounding",
        choices=surroundings(),
        metavar="NAME",
        help="what stands between callers and the server: " + ", ".join(surroundings()),
    )
    asked.add_argument(
        "--log",
        action="store_true",
        help="write a line per request to stderr: method, target and status, no secrets",
    )
    return asked


def versions(text: str) -> tuple[str, ...]:
    """The versions in a list that is separated by commas."""
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    if not found:
        message = "at least one version is needed"
        raise argparse.ArgumentTypeError(message)
    return found


def ca_file(port: int) -> Path | None:
    """Where the authority's certificate goes: always to the same place for the same port."""
    return Path(tempfile.gettempdir(), f"reference-ca-{port}.pem") if port else None


@contextmanager
def target_file(serving: Serving | Surrounded) -> Iterator[Path]:
    """Have a file that tells the suite all about the server, but the credentials, while it serves.

    Next to the authority's certificate.
    """
    path = serving.ca_file.with_suffix(".toml")
    path.write_text(
        f"""\
base_url = {json.dumps(serving.base_url)}
http_url = {json.dumps(serving.http_url)}
ca_bundle = {json.dumps(str(serving.ca_file))}
denied_address = {json.dumps(seed.DENIED_ADDRESS)}
allow_writes = true

[claims]
foreign_customer_id = {json.dumps(seed.FOREIGN_CUSTOMER_ID)}
versions = {json.dumps(serving.server.versions[1:])}
""",
        encoding="utf-8",
    )
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def directions(serving: Serving | Surrounded, target: Path, suite: str = "pytest") -> str:
    """What a caller has to know, ready to paste."""
    curl = f"curl --cacert {serving.ca_file} --digest -u {seed.USERNAME}:{seed.PASSWORD}"
    customers = f"{serving.base_url}/customers"
    form = shlex.quote("name=Freespee+AB&custnr=abc123")
    return f"""\
Base URL          {serving.base_url}
Plain HTTP        {serving.http_url}
User name         {seed.USERNAME}
Password          {seed.PASSWORD}
Authority's file  {serving.ca_file}
Target file       {target}

Ping, list, one record, create:

  {curl} {serving.base_url}/miscellaneous/ping
  {curl} {customers}
  {curl} {customers}/1
  {curl} -X POST -d {form} {customers}

Run the suite against it:

  API_USERNAME={seed.USERNAME} API_PASSWORD={seed.PASSWORD} \\
  OTHER_USERNAME={seed.OTHER_USERNAME} OTHER_PASSWORD={seed.OTHER_PASSWORD} \\
  {suite} --target {target}

Ctrl-C ends it."""


if __name__ == "__main__":
    sys.exit(main())
