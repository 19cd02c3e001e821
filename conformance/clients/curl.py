"""The real curl, used as in the document."""

from __future__ import annotations

import shutil
import subprocess
import time
from typing import TYPE_CHECKING

from requests.structures import CaseInsensitiveDict

from conformance.verdicts import SetupFailed, not_applicable
from conformance.wire.exchanges import Exchange
from conformance.wire.outgoing import Outgoing
from conformance.wire.responses import Response

if TYPE_CHECKING:
    from conformance.wire.gate import Gate


_SEPARATOR = b"\r\n\r\n"


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
        self._gate.admit()
        known = self._target.credentials
        user = f"{known.username}:{known.password}".replace("\\", "\\\\").replace('"', '\\"')
        command = [program, "--disable", "--config", "-", "--silent", "--show-error", "--include"]
        command += ["--digest", "--noproxy", "*", "--max-time", str(self._target.timeout)]
        if self._target.ca_bundle is not None:
            command += ["--cacert", str(self._target.ca_bundle)]
        started = time.perf_counter()
        done = subprocess.run(  # noqa: S603  (curl, with words of our own)
            [*command, *words, url],
            input=f'user = "{user}"\n'.encode(),
            capture_output=True,
            check=False,
        )
        seconds = time.perf_counter() - started
        if done.returncode:
            message = f"curl ended with {done.returncode}: {done.stderr.decode(errors='replace')}"
            raise SetupFailed(message)
        response = last_response(done.stdout)
        headers: CaseInsensitiveDict[str] = CaseInsensitiveDict({"Authorization": "Digest"})
        exchange = Exchange("curl", method, url, headers, body.encode(), response, seconds)
        self._gate.keep(exchange)
        return response


def last_response(output: bytes) -> Response:
    """Return the last response in the output of curl --include."""
    while True:
        head, _, rest = output.partition(_SEPARATOR)
        lines = head.decode("latin-1").split("\r\n")
        words = lines[0].split(" ")
        if not words[0].startswith("HTTP/") or len(words) < 2:  # noqa: PLR2004  (version, status)
            message = f"curl wrote no response: {head[:80]!r}"
            raise SetupFailed(message)
        if not rest.startswith(b"HTTP/"):
            fields = [line.partition(":") for line in lines[1:]]
            named = tuple((name, value.strip()) for name, _, value in fields)
            return Response(int(words[1]), named, rest)
        output = rest
