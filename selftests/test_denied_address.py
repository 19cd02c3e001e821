"""A denied address that cannot serve is said before anything is sent, and nobody is blamed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from running import ROOT, at, suite

from conformance.wire.local_address import denied_address_obstacle
from proof.servers import embedded_target
from reference.server import Reference
from reference.serving import Serving

if TYPE_CHECKING:
    from conformance.config.target import Target

pytestmark = pytest.mark.whole_run

UNFIT = {
    "192.0.2.1": "no address of this machine: give one that it has",
    "2001:db8::1": "no address of this machine: give one that it has",
    "127.0.0.1": "the one that this run calls from: give another address of this machine",
}


def target(address: str | None, host: str = "127.0.0.1") -> Target:
    """Return a target on this machine with a denied address."""
    known = embedded_target(f"https://{host}:9/2.4.9", "http://127.0.0.1", ROOT)
    return replace(known, denied_address=address)


@pytest.mark.parametrize("address", [None, "127.0.0.2"])
def test_an_address_that_can_serve(address: str | None) -> None:
    """None, and a second one of this machine."""
    assert denied_address_obstacle(target(address)) == ""


@pytest.mark.parametrize(("address", "told"), UNFIT.items())
def test_an_address_that_cannot_serve(address: str, told: str) -> None:
    """One sentence names the cause and the remedy."""
    assert told in denied_address_obstacle(target(address))


def test_an_address_of_another_family(monkeypatch: pytest.MonkeyPatch) -> None:
    """A target with addresses of one family cannot be called from one of the other."""
    monkeypatch.setattr("conformance.wire.local_address._can_be_bound", lambda *_: True)

    assert "one of IPv6, which 127.0.0.1 does not have" in denied_address_obstacle(target("::1"))


def test_a_name_that_leads_nowhere_is_left_to_the_first_contact() -> None:
    """The run then says that the target cannot be reached."""
    assert denied_address_obstacle(target("127.0.0.2", "no-such-host.invalid")) == ""


@pytest.mark.parametrize("address", ["192.0.2.1", "127.0.0.1"])
def test_a_run_ends_with_wrong_usage(address: str) -> None:
    """Before the first request, and with no word about the server."""
    with Serving(Reference()) as serving:
        outcome = suite(*at(serving, "-m", "smoke", f"--denied-address={address}"))

    assert outcome.exit_code == 4
    assert UNFIT[address] in outcome.output
    assert outcome.files == {}
