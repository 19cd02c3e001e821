"""Whether this machine can call the target from a second address, as a denied one has to be."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from conformance.config.target import TargetError

if TYPE_CHECKING:
    from conformance.config.target import Target

HTTPS_PORT = 443
Place = tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]
"""An address and a port, as the system's look-up gives them."""

_FAMILIES = {4: socket.AF_INET, 6: socket.AF_INET6}


def require_denied_address(target: Target) -> None:
    """Raise TargetError where the denied address of a target cannot serve."""
    if told := denied_address_obstacle(target):
        raise TargetError(told)


def denied_address_obstacle(target: Target) -> str:
    """Return why the denied address of a target cannot serve, and the remedy; "" where it can.

    It has to be an address of this machine, another one than the run itself calls from, and of a
    family that the target has. Nothing is sent to find that out but a look-up of the target's name.
    """
    address = target.denied_address
    if address is None:
        return ""
    version = ipaddress.ip_address(address).version
    family = _FAMILIES[version]
    if not _can_be_bound(address, family):
        return (
            f"the denied address {address} is no address of this machine: give one that it has "
            "(`ip address` lists them), or leave --denied-address out"
        )
    places = _places(target)
    alike = [place for found, place in places if found == family]
    if places and not alike:
        return (
            f"the denied address {address} is one of IPv{version}, which {target.host} does not "
            "have: give one of the other family, or leave --denied-address out"
        )
    if any(_called_from(place, family) == ipaddress.ip_address(address) for place in alike):
        return (
            f"the denied address {address} is the one that this run calls from: give another "
            "address of this machine, which is not on the account's list"
        )
    return ""


def _can_be_bound(address: str, family: socket.AddressFamily) -> bool:
    try:
        ((*_, place),) = socket.getaddrinfo(
            address, 0, family, socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST
        )
        with socket.socket(family, socket.SOCK_STREAM) as bound:
            bound.bind(place)
    except OSError:
        return False
    return True


def _places(target: Target) -> list[tuple[int, Place]]:
    """Return families and addresses of the target; none where its name leads nowhere."""
    port = urlsplit(target.base_url).port or HTTPS_PORT
    with suppress(OSError, UnicodeError):
        found = socket.getaddrinfo(target.host, port, type=socket.SOCK_STREAM)
        return [(family, place) for family, _, _, _, place in found]
    return []


def _called_from(
    place: Place, family: socket.AddressFamily
) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the local address from which a place is reached; None where there is no way."""
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as unsent:
        unsent.connect(place)  # of a datagram: it chooses the way, and sends nothing
        return ipaddress.ip_address(unsent.getsockname()[0])
    return None
