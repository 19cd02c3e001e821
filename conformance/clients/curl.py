"""The real curl, used as in the document."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from requests.structures import CaseInsensitiveDict

from conformance.verdicts import SetupFailed, not_applicable
from conformance.wire import limits
from conformance.wire.answers import head_fields
from conformance.wire.exchanges import Exchange
from conformance.wire.failures import NoAnswer
from conformance.wire.outgoing import Outgoing
from conformance.wire.transport import response_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.wire.answers import Fields
    from conformance.wire.gate import Gate
    from conformance.wire.responses import Response

_GRACE = 2.0
"""Seconds that curl may need beyond its own limit to start and to end."""

_LOOK_EVERY = 0.05
"""Seconds between two looks at what curl has written: only newer ones keep to a limit of size."""

_MOST_HEADS = limits.LONGEST_HEAD + 1024 * 1024

REMARKS = "remarks"
"""The file of what curl says of its requests."""

_SENT_FIELD = re.compile(rb"^> authorization: *(.*?)\r?$", re.IGNORECASE | re.MULTILINE)

_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}
)
"""How a config file of curl spells characters within quotes."""


class Curl:
    """Runs curl with the account's credentials, which are passed on standard input only."""

    def __init__(self, gate: Gate) -> None:
        """Take the target; curl is only looked for when it is used."""
        self._gate = gate
        self._target = gate.target

    def run(self, method: str, path: str, *words: str, body: str = "") -> Response:
        """Run `curl --digest -u user:password WORDS URL` and return the last response.

        `method` and `body` are those that the words make curl send, for the journal. Ends the case
        as not applicable where curl is not installed; raises SetupFailed where there is no
        response.
        """
        program = shutil.which("curl") or not_applicable("curl is not installed")
        url = self._target.base_url + path
        self._gate.permit(Outgoing(method, url, {}, body.encode()))
        command = [program, *words, url]
        exchange = self._gate.send(lambda: self._exchange(method, url, command, body.encode()))
        if exchange.response is None:
            message = f"no answer to curl's {method} {path}: {exchange.failure}"
            raise SetupFailed(message)
        return exchange.response

    def _exchange(self, method: str, url: str, command: list[str], body: bytes) -> Exchange:
        """Run a command once and record the exchange."""
        program, *words = command
        self._gate.admit()
        started = time.perf_counter()
        response, failure = None, ""
        with _folder() as folder:
            try:
                response = self._answer(program, words, folder)
                if response.gives_up:  # curl takes what was said to an idle connection for it
                    response = self._answer(program, words, folder)
            except NoAnswer as error:
                failure = str(error)
            proofs = proofs_in((folder / REMARKS).read_bytes())
        seconds = time.perf_counter() - started
        headers: CaseInsensitiveDict[str] = CaseInsensitiveDict({"Authorization": "Digest"})
        user = self._target.credentials.in_shell
        exchange = Exchange(
            "curl", method, url, headers, body, response, seconds, failure, user, proofs=proofs
        )
        self._gate.keep(exchange)
        return exchange

    def _answer(self, program: str, words: list[str], folder: Path) -> Response:
        """Run curl and read its last response from the files that it writes for programs."""
        heads, content, summary = folder / "heads", folder / "content", folder / "summary"
        remarks = folder / REMARKS
        command = [program, "--disable", "--config", "-", "--silent", "--show-error", "--verbose"]
        proxy = self._target.proxy
        command += ["--proxy", proxy, "--noproxy", ""] if proxy else ["--noproxy", "*"]
        command += ["--digest", "--max-time", str(self._target.timeout)]
        command += ["--max-filesize", str(limits.LONGEST_BODY)]
        command += ["--dump-header", str(heads), "--output", str(content)]
        command += ["--write-out", "%{json}"]
        if self._target.ca_bundle is not None:
            command += ["--cacert", str(self._target.ca_bundle)]
        with summary.open("wb") as written, remarks.open("ab") as remarked:
            process = subprocess.Popen(  # noqa: S603  (curl, with words of our own)
                [*command, *words], stdin=subprocess.PIPE, stdout=written, stderr=remarked
            )
            with process:
                try:
                    self._introduce(process)
                    longest = {heads: _MOST_HEADS, remarks: 2 * _MOST_HEADS}
                    self._await(process, {content: limits.LONGEST_BODY, **longest})
                finally:
                    process.kill()
        if process.returncode:
            message = f"curl ended with {process.returncode}: {complaint_in(remarks.read_bytes())}"
            raise NoAnswer(message)
        body = content.read_bytes() if content.exists() else b""
        fields = last_fields(heads.read_bytes())
        return response_of(status_in(summary.read_bytes()), fields, body)

    def _introduce(self, process: subprocess.Popen[bytes]) -> None:
        """Tell curl who calls."""
        known = self._target.credentials
        user = f"{known.username}:{known.password}".translate(_ESCAPES)
        if process.stdin is not None:
            process.stdin.write(f'user = "{user}"\n'.encode())
            process.stdin.close()

    def _await(self, process: subprocess.Popen[bytes], longest: dict[Path, int]) -> None:
        """Wait until curl has ended; raises NoAnswer where it goes beyond a limit."""
        deadline = time.monotonic() + self._target.timeout + _GRACE
        while True:
            try:
                process.wait(_LOOK_EVERY)
            except subprocess.TimeoutExpired:
                ended = False
            else:
                ended = True
            for file, limit in longest.items():
                if file.exists() and file.stat().st_size > limit:
                    message = f"its answer is longer than {limit} bytes"
                    raise NoAnswer(message)
            if ended:
                return
            if time.monotonic() > deadline:
                message = "it did not answer in time"
                raise NoAnswer(message)


@contextmanager
def _folder() -> Iterator[Path]:
    """Have a folder for what curl writes; raises SetupFailed where there can be none."""
    with ExitStack() as stack:
        try:
            folder = Path(stack.enter_context(TemporaryDirectory(ignore_cleanup_errors=True)))
            (folder / REMARKS).touch()
        except OSError as error:
            message = f"there is no place for what curl writes: {error.strerror}"
            raise SetupFailed(message) from error
        yield folder


def proofs_in(remarks: bytes) -> tuple[str, ...]:
    """Return the Authorization fields that curl sent, from what it says of its requests."""
    return tuple(each.decode("utf-8", "replace") for each in _SENT_FIELD.findall(remarks))


def complaint_in(remarks: bytes) -> str:
    """Return why curl failed, from what it says of its requests."""
    said = [line for line in remarks.split(b"\n") if line.startswith(b"curl:")]
    return b" ".join(said[-1:])[:300].decode("utf-8", "replace").strip()


def status_in(summary: bytes) -> int:
    """Return the status of the last response from what curl writes for `%{json}`."""
    try:
        value = json.loads(summary)
    except (ValueError, RecursionError):
        value = None
    status = value.get("response_code") if isinstance(value, dict) else None
    if not isinstance(status, int) or not status:
        message = f"curl tells no status: {summary[:80]!r}"
        raise NoAnswer(message)
    return status


def last_fields(heads: bytes) -> Fields:
    """Return the header fields of the last response, from what curl writes for `--dump-header`.

    There stand, each ended by an empty line: headers of interim answers, of challenges, of the
    response; and then, without a status line, trailers.
    """
    last: list[bytes] | None = None
    at_start = True
    for line in heads.split(b"\n"):
        if at_start and line.startswith(b"HTTP/"):
            last, at_start = [], False
        elif not line.strip(b"\r"):
            at_start = True
        elif not at_start and last is not None:
            last.append(line)
    if last is None:
        message = f"curl wrote no header: {heads[:80]!r}"
        raise NoAnswer(message)
    return head_fields(b"\n".join([*last, b"", b""]))
