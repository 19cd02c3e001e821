"""The suite against a server of another make: Apache checks TLS, digest and address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import trustme
from apache import ADDRESS, Apache
from running import suite

from reference import Reference
from reference.digest import credentials_in
from reference.seed import DENIED_ADDRESS, PASSWORD, USERNAME
from reference.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from running import Outcome

    from reference import Request

MISSING = Apache.missing()
pytestmark = [
    pytest.mark.whole_run,
    pytest.mark.skipif(MISSING is not None, reason=str(MISSING)),
]


class Behind(Reference):
    """The application alone: whoever gets here has been let in by the server in front."""

    def check_transport(self, request: Request) -> None:
        """Take what comes: TLS ends in front."""

    def check_address(self, request: Request) -> None:
        """Take what comes: the address is that of the server in front."""

    def authenticate(self, request: Request) -> str:
        """Read the user's name, and check nothing."""
        credentials = credentials_in(request.header("Authorization") or "")
        assert credentials is not None, "the server in front let somebody in without a digest"
        return credentials.username


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """Give a run of the whole suite, with few examples, against Apache."""
    directory = tmp_path_factory.mktemp("apache")
    authority = trustme.CA()
    files = {name: directory / f"{name}.pem" for name in ("authority", "certificate", "key")}
    issued = authority.issue_cert(ADDRESS)
    authority.cert_pem.write_to_path(str(files["authority"]))
    issued.cert_chain_pems[0].write_to_path(str(files["certificate"]))
    issued.private_key_pem.write_to_path(str(files["key"]))
    with (
        Serving(Behind()) as backend,
        Apache(
            urlsplit(backend.http_url or "").port or 0,
            username=USERNAME,
            password=PASSWORD,
            directory=directory,
            certificate_pem=files["certificate"],
            key_pem=files["key"],
        ) as apache,
    ):
        yield suite(
            f"--base-url={apache.base_url}",
            f"--ca-bundle={files['authority']}",
            "--allow-writes",
            "--profile=quick",  # Apache cannot tell one generated value from another
            f"--denied-address={DENIED_ADDRESS}",
            f"--http-url={apache.http_url}",
        )


def test_the_application_behind_apache_is_conformant(certified: Outcome) -> None:
    """A server that shares no line with the reference server's own security is certified.

    Apache answers a long line with 414, and a Range with 206, by itself.
    """
    assert certified.exit_code == 0, certified.sentence
    assert certified.rules("failed", "inconclusive", "error") == set()
    assert certified.rules("deviation") <= {"long-request-is-answered", "range-changes-no-answer"}


def test_every_rule_that_needs_no_claim_passes(certified: Outcome) -> None:
    """What is not passed either does not apply, or needs a claim, as to a foreign record."""
    assert certified.rules("not run") <= certified.claims_needed
    assert certified.rules("not applicable") == set()
