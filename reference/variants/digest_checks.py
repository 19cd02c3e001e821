"""Freedoms of verifying a digest: what is taken beside what was offered, and what is not."""

import re
from dataclasses import replace

from reference.digest import HASHES, Credentials
from reference.faulty import Variant
from reference.message import Request
from reference.refusal import Refusal

UNRESERVED = re.compile(r"[\w.~-]", re.ASCII)


class TakesOtherAlgorithms(Variant):
    """Takes a right digest of an algorithm that it knows, though it offered another one."""

    def algorithm_fits(self, algorithm: str) -> bool:
        """Take what can be computed."""
        return algorithm in HASHES


class TakesDigitsInCapitals(Variant):
    """Takes a right response whose digits are written in capitals: they mean the same."""

    def credentials(self, request: Request) -> Credentials | None:
        """Make them small."""
        found = super().credentials(request)
        return None if found is None else replace(found, response=found.response.lower())


class TakesWholeUris(Variant):
    """Takes an absolute URI for the target that it names, and needless percent signs (RFC 3986)."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Compare what both mean."""
        named = re.sub(r"^https?://[^/]+", "", credentials.uri)
        return without_needless_signs(named) == without_needless_signs(request.target)


def without_needless_signs(target: str) -> str:
    """Return a target with the characters that need no percent sign (RFC 3986, 2.3) as they are."""

    def plain(found: re.Match[str]) -> str:
        character = chr(int(found[1], 16))
        return character if UNRESERVED.fullmatch(character) else found[0].upper()

    return re.sub("%([0-9A-Fa-f]{2})", plain, target)


class DoesNotReadTheRealm(Variant):
    """Does not look at the realm that the caller names: the digest proves the right one."""

    def realm_fits(self, realm: str) -> bool:
        """Take any."""
        del realm
        return True


class LooksAtTheNonceFirst(Variant):
    """Looks at the age of a nonce before the response, and says that it is stale (RFC 7616, 3.3).

    Ambiguity: `unknown-nonce`.
    """

    def authenticate(self, request: Request) -> str:
        """Begin with the nonce."""
        found = self.credentials(request)
        if found is not None and not self.is_issued(found.nonce):
            raise self.unauthorized(stale=True)
        return super().authenticate(request)


class FiltersOddResponses(Variant):
    """Has a filter in front that answers 400 to digests in which something looks like an attack.

    Ambiguity: `malformed-digest`.
    """

    def credentials(self, request: Request) -> Credentials | None:
        """Look for quotes and wildcards in the response."""
        header = request.header("Authorization") or ""
        given = re.search(r'response="([^"]*)"', header)
        if given is not None and not re.fullmatch("[0-9a-fA-F]*", given[1]):
            raise Refusal(400, "This request was blocked")
        return super().credentials(request)


class RefusesBlanksAroundEqualsSigns(Variant, deviates="digest-of-any-client-is-accepted"):
    """Reads no blanks around the equals sign of a parameter, which no client sends."""

    def credentials(self, request: Request) -> Credentials | None:
        """Look for them."""
        bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', request.header("Authorization") or "")
        return None if re.search(r"\s=|=\s", bare) else super().credentials(request)


class RefusesLongClientNonces(Variant, deviates="digest-of-any-client-is-accepted"):
    """Takes a client's nonce of up to 128 characters, which is more than any client sends."""

    def credentials(self, request: Request) -> Credentials | None:
        """Count."""
        found = super().credentials(request)
        return None if found is None or len(found.cnonce or "") > 128 else found  # noqa: PLR2004


class ReadsSchemesByCase(Variant, deviates="digest-of-any-client-is-accepted"):
    """Knows the scheme as clients write it, and in no other letter case."""

    def credentials(self, request: Request) -> Credentials | None:
        """Compare."""
        header = request.header("Authorization") or ""
        return super().credentials(request) if header.startswith("Digest") else None


class RefusesSemicolonsInQueries(Variant):
    """Answers 400 to a query with a bare semicolon, as some libraries do, to the right caller."""

    def query_parameters(self, query: str) -> dict[str, str]:
        """Look for one."""
        if ";" in query:
            raise Refusal(400, "The query has a semicolon in it")
        return dict(super().query_parameters(query))


class FiltersOddQueries(Variant):
    """Has a filter in front that answers 403 to a query in which something looks like an attack."""

    def check_host(self, request: Request) -> None:
        """Look for quotes, brackets and the like."""
        super().check_host(request)
        if set(request.target.partition("?")[2]) & set("'()*$!"):
            raise Refusal(403, "This request was blocked")


class AnswersOtherSchemesWith400(Variant, deviates="other-scheme-is-challenged"):
    """Answers 400 where an Authorization field is of another scheme, as Rack does.

    Ambiguity: `other-scheme`.
    """

    def credentials(self, request: Request) -> Credentials | None:
        """Refuse what is called something else."""
        header = request.header("Authorization")
        if header is not None and not header.strip().lower().startswith("digest"):
            raise Refusal(400, "The Authorization field cannot be read")
        return super().credentials(request)
