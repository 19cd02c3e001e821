"""Faults in the list of addresses."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from reference.faulty import Fault
from reference.message import Request, Response
from reference.refusal import Refusal


class AcceptsAnyAddress(
    Fault,
    breaks="denied-address-refused denied-address-creates-nothing denied-address-changes-nothing "
    "denied-address-cannot-be-forged denied-address-cannot-borrow-a-nonce "
    "other-version-refuses-a-denied-address",
):
    """Looks at the credentials and not at the address."""

    def address_allowed(self, address: str) -> bool:
        """Accept every address."""
        del address
        return True


class RefusesAddressesWith403(
    Fault,
    breaks="denied-address-refused denied-address-creates-nothing denied-address-changes-nothing "
    "denied-address-cannot-be-forged denied-address-cannot-borrow-a-nonce",
):
    """Answers 403 to an address that is not on the list."""

    def unlisted_address(self) -> Refusal:
        """Refuse with another status."""
        return Refusal(403, "This address is not on the list")


class ChecksAddressesOfReadersOnly(
    Fault, breaks="denied-address-creates-nothing denied-address-changes-nothing"
):
    """Looks at the address of a GET only."""

    def check_address(self, request: Request) -> None:
        """Let everything else pass."""
        if request.method == "GET":
            super().check_address(request)


class LetsOverridesFromAnywhereIn(Fault, breaks="denied-address-changes-nothing"):
    """Does not look at the address of an overridden request."""

    def check_address(self, request: Request) -> None:
        """Let overrides by the query string pass."""
        if "_method=" not in request.target:
            super().check_address(request)


class LetsHeadFromAnywhereIn(Fault, breaks="denied-address-refused-for-head"):
    """Answers HEAD as GET, and does not look at its address."""

    def check_address(self, request: Request) -> None:
        """Look at the method first."""
        if request.method != "HEAD":
            super().check_address(request)

    def effective_method(self, request: Request, query: Mapping[str, str]) -> str:
        """Do as for GET."""
        method = super().effective_method(request, query)
        return "GET" if method == "HEAD" else method


class AnswersPingsToAnyAddress(Fault, breaks="denied-address-refused"):
    """Does not look at the address of a ping."""

    def check_address(self, request: Request) -> None:
        """Let pings pass."""
        if "/ping" not in request.target:
            super().check_address(request)


class TrustsForwardedFor(
    Fault, breaks="denied-address-cannot-be-forged unusual-fields-change-no-effect"
):
    """Believes the address that a field of the request claims."""

    def caller_address(self, request: Request) -> str:
        """Take the claimed address."""
        return request.header("X-Forwarded-For") or super().caller_address(request)


class ChecksAddressesOncePerNonce(Fault, breaks="denied-address-cannot-borrow-a-nonce"):
    """Looks at the address again only when a nonce is new."""

    def check_address(self, request: Request) -> None:
        """Let nonces pass that a listed address has used."""
        found = self.credentials(request)
        seen: set[str] = self.__dict__.setdefault("seen", set())
        if found is not None and found.nonce in seen:
            return
        super().check_address(request)
        if found is not None:
            seen.add(found.nonce)


class ExecutesFromAnyAddress(
    Fault, breaks="denied-address-creates-nothing denied-address-changes-nothing"
):
    """Answers 401 to a write from an address that is not on the list, and executes it."""

    def unlisted_address(self) -> Refusal:
        """Execute first."""
        request = self.asked
        if request.method != "GET" and request.header("Authorization"):
            with suppress(Refusal):
                self.perform(self.understood(request, self.authenticate(request)))
        return super().unlisted_address()

    def check_address(self, request: Request) -> None:
        """Note what is asked."""
        self.asked = request
        super().check_address(request)


class ShowsRecordsToAnyAddress(
    Fault, breaks="denied-address-creates-nothing denied-address-changes-nothing"
):
    """Answers 401 to a write from an address that is not on the list, and shows a customer."""

    def respond(self, request: Request) -> Response:
        """Put a record into the body."""
        response = super().respond(request)
        if request.method == "GET" or self.address_allowed(self.caller_address(request)):
            return response
        return replace(response, body=b'{"customers":[{"customer_id":"1","name":"Ada"}]}')
