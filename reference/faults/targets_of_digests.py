"""Faults in how the target of a request and that of its digest are compared."""

import re
from urllib.parse import unquote

from reference.digest import Credentials
from reference.faulty import Fault
from reference.message import Request

COMPARED = 64


class ComparesTargetsWithoutCase(Fault, breaks="digest-minds-the-letter-case-of-its-target"):
    """Takes targets for the same that differ in letter case."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Compare them in small letters."""
        return credentials.uri.lower() == request.target.lower()


class SearchesTheWholeField(Fault, breaks="digest-covers-every-legal-query"):
    """Finds a count or a quality in the query of the target, too, and then no right one."""

    def credentials(self, request: Request) -> Credentials | None:
        """Look for their names."""
        found = super().credentials(request)
        return None if found and re.search(r"[?&](?:nc|qop)=", found.uri) else found


class ForgetsAnEmptyQuery(Fault, breaks="digest-covers-an-empty-query"):
    """Puts a target together again without the question mark of an empty query."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Leave it out."""
        return credentials.uri == request.target.removesuffix("?")


class TakesZeroForNoClientNonce(Fault, breaks="digest-of-any-client-is-accepted"):
    """Takes a client nonce of "0" for none."""

    def credentials(self, request: Request) -> Credentials | None:
        """Look at it."""
        found = super().credentials(request)
        return None if found and found.cnonce == "0" else found


class ComparesTheBeginningOfATarget(Fault, breaks="forged-digest-gets-nothing"):
    """Takes targets for the same that begin with the same 64 characters."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Compare no more."""
        return credentials.uri[:COMPARED] == request.target[:COMPARED]


class ComparesDecodedTargets(Fault, breaks="forged-digest-gets-nothing"):
    """Takes targets for the same that are the same once they are decoded."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Decode both."""
        return unquote(credentials.uri) == unquote(request.target)


class TakesDigestsOfTheOverride(Fault, breaks="forged-digest-gets-nothing"):
    """Accepts under an override a digest that was made for the method which overrides."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Try that of a PUT as well."""
        fits = super().response_fits
        return fits(credentials, method, secret) or (
            method == "POST" and fits(credentials, "PUT", secret)
        )
