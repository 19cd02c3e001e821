"""Faults in reading a right digest: callers who are locked out by how they write it."""

import re
from typing import ClassVar
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from reference.digest import Credentials
from reference.faulty import Fault
from reference.message import Request
from reference.refusal import Refusal

BETWEEN_QUOTES = re.compile(r'"(?:[^"\\]|\\.)*"')


class ReadsWritings(Fault, abstract=True):
    """Reads only some writings of an Authorization field; the faults below say which not."""

    def is_readable(self, header: str) -> bool:
        """Whether a field is written as it expects one."""
        raise NotImplementedError

    def credentials(self, request: Request) -> Credentials | None:
        """Take what it cannot read for nothing."""
        header = request.header("Authorization")
        readable = header is not None and self.is_readable(header)
        return super().credentials(request) if readable else None


class RefusesQuotedWords(
    ReadsWritings,
    breaks="digest-of-the-vendors-clients-is-accepted write-of-the-vendors-clients-is-accepted "
    "digest-of-any-client-is-accepted",
):
    """Compares algorithm and qop with the quotation marks that some clients put around them."""

    def is_readable(self, header: str) -> bool:
        """Look for quotation marks."""
        return 'algorithm="' not in header and 'qop="' not in header


class ReadsShortClientNonces(
    ReadsWritings,
    breaks="digest-of-the-vendors-clients-is-accepted write-of-the-vendors-clients-is-accepted "
    "digest-of-any-client-is-accepted",
):
    """Keeps the client's nonce in a column of 32 characters."""

    def is_readable(self, header: str) -> bool:
        """Count."""
        given = re.search(r'cnonce="([^"]*)"', header)
        return given is None or len(given[1]) <= 32  # noqa: PLR2004


class SplitsAtEqualsSigns(
    ReadsWritings,
    breaks="digest-of-the-vendors-clients-is-accepted write-of-the-vendors-clients-is-accepted "
    "digest-of-any-client-is-accepted",
):
    """Splits parameters at every equals sign, also within quotes, but for a uri."""

    def is_readable(self, header: str) -> bool:
        """Look for one in the client's nonce."""
        return re.search(r'cnonce="[^"]*=', header) is None


class SplitsAtCommas(
    ReadsWritings, breaks="digest-covers-every-legal-query digest-of-any-client-is-accepted"
):
    """Splits the field at every comma, also within quotes: a URL must have none."""

    def is_readable(self, header: str) -> bool:
        """Look for one between quotation marks."""
        return not any("," in text for text in BETWEEN_QUOTES.findall(header))


class WantsTheUserFirst(ReadsWritings, breaks="digest-of-any-client-is-accepted"):
    """Reads the parameters by their places."""

    def is_readable(self, header: str) -> bool:
        """Look at the first one."""
        scheme, _, rest = header.partition(" ")
        return scheme.lower() == "digest" and rest.strip().lower().startswith("username")


class ComparesTheSchemeByCase(ReadsWritings, breaks="digest-of-any-client-is-accepted"):
    """Knows the scheme in one letter case only."""

    def is_readable(self, header: str) -> bool:
        """Compare."""
        return header.startswith("Digest ")


class ComparesNamesByCase(ReadsWritings, breaks="digest-of-any-client-is-accepted"):
    """Knows the names of parameters in small letters only."""

    def is_readable(self, header: str) -> bool:
        """Look for one."""
        return "username" in header


class SplitsAtCommasAndBlanks(ReadsWritings, breaks="digest-of-any-client-is-accepted"):
    """Splits the field where a blank follows a comma."""

    def is_readable(self, header: str) -> bool:
        """Look for a comma that none follows."""
        return re.search(r",(?! )", BETWEEN_QUOTES.sub("", header)) is None


class RefusesQuotedPairs(ReadsWritings, breaks="digest-of-any-client-is-accepted"):
    """Ends a quoted value at the first quotation mark."""

    def is_readable(self, header: str) -> bool:
        """Look for a backslash."""
        return "\\" not in header


class WantsNormalBlanks(ReadsWritings, breaks="digest-of-any-client-is-accepted"):
    """Reads one blank behind the scheme, and no other white space."""

    def is_readable(self, header: str) -> bool:
        """Look for more."""
        return "  " not in header and "\t" not in header


class EncodesTheTargetAnew(
    Fault,
    breaks="digest-covers-every-legal-query query-is-decoded-once digest-covers-the-query "
    "query-names-are-decoded",
):
    """Compares the uri with a target that its framework has decoded and encoded again."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Encode it."""
        return credentials.uri == quote(unquote(request.target), safe="/?=&")


class CutsTheTargetAtASemicolon(Fault, breaks="digest-covers-every-legal-query"):
    """Takes what follows a semicolon for a parameter of the path, and leaves it out."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Cut it."""
        return credentials.uri == request.target.partition(";")[0]

    def other_uri(self) -> Refusal:
        """Refuse it like any other."""
        return self.unauthorized()


class ReadsAsterisksAsPatterns(
    Fault, breaks="digest-covers-every-legal-query query-is-decoded-once"
):
    """Compares the uri as a pattern, in which a dollar sign or brackets mean something."""

    def uri_fits(self, credentials: Credentials, request: Request) -> bool:
        """Match it."""
        pattern = credentials.uri.replace("?", r"\?", 1)
        try:
            return re.fullmatch(pattern, request.target) is not None
        except re.error:
            return False


class LocksOutSome(Fault, abstract=True):
    """Takes right credentials for wrong ones with some requests; the faults below say which."""

    def locks_out(self, request: Request) -> bool:
        """Whether a request is refused, whoever sends it."""
        raise NotImplementedError

    def authenticate(self, request: Request) -> str:
        """Ask for other credentials."""
        if self.locks_out(request):
            raise self.unauthorized()
        return super().authenticate(request)


class ChecksDigestsOfOverridingMethods(
    Fault,
    breaks="override-by-header-deletes override-by-header-puts override-by-query-deletes "
    "override-by-query-puts override-puts-in-parameter-form "
    "override-deletes-in-parameter-form override-unknown-changes-nothing "
    "right-caller-is-not-401 override-conflict-is-decided suffix-works-for-each-method "
    "forged-digest-gets-nothing",
):
    """Computes a digest with the method that a request asks for instead of its own."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Compare with that."""
        return super().response_fits(credentials, self.__dict__.get("overriding", method), secret)

    def authenticate(self, request: Request) -> str:
        """Look for one."""
        query = dict(parse_qsl(urlsplit(request.target).query, keep_blank_values=True))
        found = self.override(request, query) if self.may_be_overridden(request.method) else None
        self.__dict__["overriding"] = found or request.method
        return super().authenticate(request)


class LocksOutJson(
    LocksOutSome,
    breaks="right-caller-is-not-401 broken-json-is-400 json-without-sense "
    "usual-fields-change-no-answer delete-that-names-a-type-is-served put-revives-nothing",
):
    """Has a reader of bodies before its guard, which ends where there is JSON."""

    def locks_out(self, request: Request) -> bool:
        """Look at the type."""
        return (request.header("Content-Type") or "").startswith("application/json")


class LocksOutAMethod(LocksOutSome, abstract=True):
    """Takes right credentials for wrong ones with one method."""

    method: ClassVar[str]

    def locks_out(self, request: Request) -> bool:
        """Look at the method."""
        return request.method == self.method


class LocksOutDeletes(
    LocksOutAMethod,
    breaks="right-caller-is-not-401 read-only-resources-refuse-writes "
    "unknown-id-refuses-delete unknown-resource-is-404-for-writes",
):
    """Guards DELETE by credentials of its own."""

    method: ClassVar[str] = "DELETE"


class LocksOutPuts(
    LocksOutAMethod,
    breaks="right-caller-is-not-401 broken-json-is-400 custom-fields-are-independent "
    "custom-value-changes custom-value-of-full-length custom-values-are-kept "
    "custom-values-in-the-list each-custom-value-changes each-method-succeeds-with-200 "
    "foreign-record-is-not-written form-as-registered form-is-split-before-decoding "
    "form-type-in-any-case form-with-charset full-length-values-come-back "
    "json-without-sense other-version-takes-updates override-answers-as-the-method "
    "put-decodes-the-body-once put-on-a-sub-collection-creates-nothing "
    "put-takes-the-id-as-parameter put-twice-keeps-the-last "
    "put-under-a-new-parent-creates-nothing put-updates-what-was-sent "
    "read-only-resources-refuse-writes suffix-works-for-each-method "
    "two-ids-update-one-at-most unknown-resource-is-404-for-writes "
    "unusual-fields-change-no-effect usual-fields-change-no-effect "
    "cleared-custom-value-is-not-null custom-value-clears-beside-a-name "
    "write-after-a-refused-one-is-stored",
):
    """Knows no right to PUT."""

    method: ClassVar[str] = "PUT"


class LocksOutPostsBelow(
    LocksOutSome,
    breaks="sub-resource-forms-create right-caller-is-not-401 override-by-header-deletes "
    "override-by-header-puts override-by-query-deletes override-by-query-puts "
    "override-conflict-is-decided put-unknown-sub-resource-creates-nothing "
    "suffix-works-for-each-method two-parents-create-under-one "
    "unknown-resource-is-404-for-writes",
):
    """Computes the digest of a POST below a record with the path of the collection."""

    def locks_out(self, request: Request) -> bool:
        """Look at the path."""
        return request.method == "POST" and request.target.count("/") > 3  # noqa: PLR2004
