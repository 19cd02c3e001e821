"""`python -m reference.hostile MODE`: misbehave in one way until Ctrl-C; without MODE, list all."""

import argparse
import signal
import sys
from collections.abc import Sequence
from threading import Event

from reference import seed

from . import Hostile, Mode, modes


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve a mode, and say how to call; or list the modes. The exit code."""
    known = modes()
    asked = argparse.ArgumentParser(prog="python -m reference.hostile", description=__doc__)
    asked.add_argument("mode", nargs="?", metavar="MODE", help="the mode to serve")
    name = asked.parse_args(arguments).mode
    if name is None:
        print("\n".join(listed(mode) for mode in known.values()))  # noqa: T201
        return 0
    if name not in known:
        asked.error(f"there is no mode {name!r}: without MODE, all are listed")
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with Hostile(known[name]) as hostile:
        print(directions(hostile), flush=True)  # noqa: T201 - what this program is for
        stopped.wait()
    print("\n".join(aftermath(hostile)))  # noqa: T201
    return 0


def listed(mode: Mode) -> str:
    """A line about a mode."""
    return f"{mode.family:<12}  {mode.name:<42}  {mode.ends_within:>4.0f} s  {mode.sentence}"


def directions(hostile: Hostile) -> str:
    """What a caller has to know, ready to paste."""
    suite = (
        f"API_USERNAME={seed.USERNAME} API_PASSWORD={seed.PASSWORD} pytest"
        f" --base-url {hostile.base_url} --ca-bundle {hostile.ca_file}"
        f" --http-url {hostile.http_url} --allow-writes"
    )
    return f"""\
Mode              {hostile.mode.name}
                  {hostile.mode.sentence}
Base URL          {hostile.base_url}
Plain HTTP        {hostile.http_url}
User name         {seed.USERNAME}
Password          {seed.PASSWORD}
Authority's file  {hostile.ca_file}

Run the suite against it:

  {suite}

Ctrl-C ends it."""


def aftermath(hostile: Hostile) -> list[str]:
    """What was done to the account's own records, and who followed where."""
    return [
        f"Harmed  {', '.join(hostile.account.harmed) or 'nothing'}",
        f"Aimed   {', '.join(hostile.account.aimed) or 'at nothing'}",
        f"Lured   {', '.join(hostile.lured) or 'nobody'}",
    ]


if __name__ == "__main__":
    sys.exit(main())
