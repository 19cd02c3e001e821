"""`python -m reference`, as somebody at a terminal would use it."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from reference.__main__ import main, parser
from reference.seed import PASSWORD

ROOT = Path(__file__).parents[2]
LAST_LINE = "Ctrl-C ends it.\n"


@contextmanager
def command(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command until it has said how to call."""
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "reference", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process, "".join(lines(process.stdout))
        finally:
            process.kill()


def lines(output: IO[str] | None) -> Iterator[str]:
    """The lines of an output, up to the last one that is expected."""
    for line in output or ():
        yield line
        if line == LAST_LINE:
            return


def test_the_printed_curl_commands_work() -> None:
    """Ping, list, one record and create work as they are printed."""
    if not shutil.which("curl"):
        pytest.skip("curl is not installed")
    with command("--log", "--versions", "2.4.9, 2.4.0") as (process, said):
        answers = [
            json.loads(
                subprocess.run(  # noqa: S602 - the very text that somebody would paste
                    printed, shell=True, check=True, capture_output=True, timeout=20
                ).stdout
            )
            for printed in re.findall(r"(?m)^ +(curl .*)$", said)
        ]
        process.send_signal(signal.SIGINT)
        _, log = process.communicate(timeout=20)

    ping, everybody, one, created = answers
    assert ping == {"ping": "ok"}
    assert len(everybody["customers"]) == 6
    assert [each["customer_id"] for each in one["customers"]] == ["1"]
    assert [each["custnr"] for each in created["customers"]] == ["abc123"]
    assert log.splitlines()[-2:] == ["POST /2.4.9/customers 401", "POST /2.4.9/customers 200"]
    assert PASSWORD not in log


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(number: signal.Signals) -> None:
    """It ends with 0, without a word, and takes the files that it named with it."""
    with command() as (process, said):
        process.send_signal(number)
        output, errors = process.communicate(timeout=20)

    assert (process.returncode, output, errors) == (0, "", "")
    named = re.findall(r"(?m)^(?:Authority's|Target) file +(.*)$", said)
    assert len(named) == 2
    assert [path for path in named if Path(path).exists()] == []


def test_a_port_that_is_taken_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """It ends with 1 and says which port, and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 1

    (line,) = capsys.readouterr().err.splitlines()
    assert f"port {port} " in line


def test_help_says_what_each_option_is_for(capsys: pytest.CaptureFixture[str]) -> None:
    """There is a text for every option."""
    with pytest.raises(SystemExit) as end:
        parser().parse_args(["--help"])

    assert end.value.code == 0
    said = capsys.readouterr().out
    assert all(each in said for each in ("--port", "--http-port", "--versions", "--log"))
