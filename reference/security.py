"""What is looked at before anything else: TLS, the Host field, the caller's address."""

from . import seed
from .digest import Digest
from .message import Request
from .refusal import Refusal


class Security(Digest):
    """Who may come in, and how."""

    allowed_addresses: frozenset[str] = seed.ALLOWED

    def admit(self, request: Request) -> str:
        """The account that calls; refused are all that may not come in."""
        self.check_transport(request)
        self.check_host(request)
        self.check_address(request)
        return self.authenticate(request)

    def check_transport(self, request: Request) -> None:
        """Nothing is said over plain HTTP."""
        if not request.secure:
            raise self.plain_http()

    def plain_http(self) -> Refusal:
        """The refusal of plain HTTP."""
        return Refusal(403, "This API is served over HTTPS only")

    def check_host(self, request: Request) -> None:
        """The Host field has to be there, whatever the version of HTTP."""
        if not request.header("Host"):
            raise self.missing_host(request)

    def missing_host(self, request: Request) -> Refusal:
        """The refusal of a request without Host."""
        del request
        return Refusal(400, "The Host header field is missing")

    def check_address(self, request: Request) -> None:
        """The address has to be on the list."""
        if not self.address_allowed(self.caller_address(request)):
            raise self.unlisted_address()

    def caller_address(self, request: Request) -> str:
        """The address that a request comes from."""
        return request.client

    def address_allowed(self, address: str) -> bool:
        """Whether an address is on the list."""
        return address in self.allowed_addresses

    def unlisted_address(self) -> Refusal:
        """The refusal of an address, the same as that of credentials."""
        return self.unauthorized()
