"""Faults in what a guard reads otherwise than what it guards: methods, targets, claims."""

import re
from dataclasses import replace
from urllib.parse import unquote

from reference import seed
from reference.faulty import Fault, LetsIn
from reference.message import Request, Response
from reference.refusal import Refusal
from reference.representation import Answer
from reference.resources import CUSTOMERS, USERS
from reference.response_types import JSON

GUARDED = frozenset({"GET", "POST", "PUT", "DELETE"})
STATIC = re.compile(r"\.(css|js|png|ico|svg|txt|map)(?=$|[/?])")


class ReadsOtherwise(Fault, abstract=True):
    """Has a guard that does not see what some requests without credentials are read as."""

    def read_as(self, request: Request) -> Request | None:
        """The request that is executed; None where the guard sees it."""
        raise NotImplementedError

    def answered(self, request: Request) -> Response:
        """Execute what the guard does not see."""
        understood = None if request.header("Authorization") else self.read_as(request)
        if understood is None or not request.secure or not self.address_allowed(request.client):
            return super().answered(request)
        try:
            operation = self.understood(understood, seed.USERNAME)
            return self.succeeded(operation, self.perform(operation))
        except Refusal as refusal:
            return self.refused(understood, refusal)


class GuardsListedMethods(
    ReadsOtherwise, breaks="anonymous-method-gets-nothing anonymous-is-challenged-before-anything"
):
    """Authenticates the four methods of the document, and takes any other one for a GET."""

    def read_as(self, request: Request) -> Request | None:
        """Look the method up."""
        known = {*GUARDED, "HEAD", "OPTIONS"}
        return None if request.method in known else replace(request, method="GET")


class LetsHeadIn(ReadsOtherwise, breaks="anonymous-method-gets-nothing"):
    """Answers HEAD without credentials as GET: its length tells what is there."""

    def read_as(self, request: Request) -> Request | None:
        """Take it for a GET; the body is left out on the way."""
        return replace(request, method="GET") if request.method == "HEAD" else None


class LetsHeadOfSuffixesIn(ReadsOtherwise, breaks="anonymous-suffix-gets-nothing"):
    """Answers HEAD of what has a suffix without credentials."""

    def read_as(self, request: Request) -> Request | None:
        """Take it for a GET; the body is left out on the way."""
        taken = request.method == "HEAD" and request.target.endswith((".json", ".xml"))
        return replace(request, method="GET") if taken else None


class ServesEscapedVersions(ReadsOtherwise, breaks="anonymous-base-url-gets-no-data"):
    """Does not authenticate where the version is written with escapes."""

    def read_as(self, request: Request) -> Request | None:
        """Look for one in the first segment."""
        return request if "%" in request.target.split("/")[1] else None


class GuardsMethodsInCapitals(ReadsOtherwise, breaks="anonymous-method-gets-nothing"):
    """Compares methods by case where it authenticates, and not where it executes."""

    def read_as(self, request: Request) -> Request | None:
        """Look for small letters."""
        method = request.method.upper()
        return None if request.method == method else replace(request, method=method)


class PatchesForAnyone(
    ReadsOtherwise, breaks="anonymous-method-gets-nothing anonymous-is-challenged-before-anything"
):
    """Has a PATCH that works like PUT, and forgot to authenticate it."""

    def read_as(self, request: Request) -> Request | None:
        """Take it for a PUT."""
        return replace(request, method="PUT") if request.method == "PATCH" else None


class EchoesTraces(Fault, breaks="anonymous-method-gets-nothing"):
    """Echoes a TRACE, as web servers do unless they are told not to."""

    def answered(self, request: Request) -> Response:
        """Send the request back."""
        if request.method != "TRACE":
            return super().answered(request)
        lines = [
            f"TRACE {request.target} HTTP/1.1",
            *(f"{name}: {x}" for name, x in request.headers),
        ]
        return Response(200, (("Content-Type", "message/http"),), "\r\n".join(lines).encode())


class AnswersOptionsToAnyone(Fault, breaks="anonymous-options-is-refused"):
    """Answers OPTIONS without credentials."""

    def answered(self, request: Request) -> Response:
        """Tell the methods."""
        if request.method == "OPTIONS":
            return Response(200, self.allow(("GET", "POST", "PUT", "DELETE")))
        return super().answered(request)


class TakesSuffixesForFiles(
    ReadsOtherwise,
    breaks="anonymous-target-gets-no-data anonymous-target-changes-nothing",
):
    """Does not authenticate what looks like a static file, and routes it without its suffix."""

    def read_as(self, request: Request) -> Request | None:
        """Take the suffix away."""
        path, mark, query = request.target.partition("?")
        bare = STATIC.sub("", path)
        return None if bare == path else replace(request, target=bare + mark + query)


class GuardsPathsWithoutParameters(
    ReadsOtherwise,
    breaks="anonymous-target-gets-no-data anonymous-odd-spelling-gets-no-data",
):
    """Leaves path parameters out where it routes, and not where it authenticates."""

    def read_as(self, request: Request) -> Request | None:
        """Look for a semicolon followed by something."""
        bare = re.sub(r";[^/?]+", "", request.target)
        return None if bare == request.target else replace(request, target=bare)


class DecodesOnceMore(ReadsOtherwise, breaks="anonymous-target-gets-no-data"):
    """Decodes a path twice where it routes, and once where it authenticates."""

    def read_as(self, request: Request) -> Request | None:
        """Look for what is encoded twice."""
        if "%25" not in request.target:
            return None
        return replace(request, target=unquote(unquote(request.target)))


class ResolvesDotsLate(ReadsOtherwise, breaks="anonymous-target-gets-no-data"):
    """Has a public folder, and leaves it by dot segments only after it has authenticated."""

    def read_as(self, request: Request) -> Request | None:
        """Resolve what begins in a folder that is open."""
        bare = re.sub(r"/(static|public|assets|docs|health)/\.\.(?=/)", "", request.target)
        return None if bare == request.target else replace(request, target=bare)


class IgnoresBlanksBehindPaths(ReadsOtherwise, breaks="anonymous-target-gets-no-data"):
    """Takes blanks from the end of a path where it routes."""

    def read_as(self, request: Request) -> Request | None:
        """Look for encoded ones."""
        bare = re.sub(r"(%20|%09|%0a|%0d|\+)+(?=$|\?)", "", request.target)
        return None if bare == request.target else replace(request, target=bare)


class TrustsRemoteUsers(
    ReadsOtherwise, breaks="anonymous-claim-gets-nothing forged-fields-let-nobody-in"
):
    """Believes the user whom a header field names."""

    def read_as(self, request: Request) -> Request | None:
        """Look for the field that a proxy would set."""
        return request if request.header("X-Remote-User") else None


class GuardsTheOverriddenMethod(ReadsOtherwise, breaks="anonymous-claim-gets-nothing"):
    """Honours an override in a GET, and does not authenticate it."""

    def read_as(self, request: Request) -> Request | None:
        """Execute what the query or the header says."""
        method = re.search(r"_method=([A-Z]+)", request.target)
        named = method[1] if method else request.header("X-HTTP-Method-Override")
        if request.method != "GET" or named not in {"PUT", "DELETE"}:
            return None
        target = request.target.partition("?")[0]
        return replace(request, method=named, target=target)


class ExportsForAnyone(Fault, breaks="anonymous-claim-gets-nothing"):
    """Has an export of customers as text that was never authenticated."""

    def answered(self, request: Request) -> Response:
        """Look for the type that is asked for."""
        if "text/csv" not in (request.header("Accept") or "") or request.header("Authorization"):
            return super().answered(request)
        held = [f"{each.id},{each.values['name']}" for each in self.records(CUSTOMERS)]
        return Response(200, (("Content-Type", "text/csv"),), "\r\n".join(held).encode())


class LetsUnversionedIn(ReadsOtherwise, breaks="anonymous-base-url-gets-no-data"):
    """Serves the newest version where a path has none, by a route without authentication."""

    def read_as(self, request: Request) -> Request | None:
        """Put the version in."""
        if not request.target.startswith("/customers"):
            return None
        return replace(request, target=f"/{self.versions[0]}{request.target}")


class LeavesOldVersionsOpen(
    ReadsOtherwise, breaks="anonymous-base-url-gets-no-data other-version-asks-for-credentials"
):
    """Never authenticated anybody in an older version, and still has it."""

    def read_as(self, request: Request) -> Request | None:
        """Look at the version."""
        return request if request.target.startswith("/2.4.0/") else None


class ShowsRecordsBehindTheChallenge(
    Fault,
    breaks="anonymous-claim-gets-nothing anonymous-override-is-challenged "
    "forged-fields-let-nobody-in",
):
    """Challenges a HEAD or an override of a GET, and sends the data behind it."""

    def answered(self, request: Request) -> Response:
        """Fill the body of an overridden request."""
        response = super().answered(request)
        means_get = request.header("X-HTTP-Method-Override") == "GET"
        if not means_get or request.header("Authorization"):
            return response
        names = Answer("customers", [{"customer_id": "1", "name": "Freespee AB"}])
        return replace(response, body=self.written(names, JSON))


class LetsItsOwnMachineIn(LetsIn, breaks="anonymous-claim-gets-nothing"):
    """Needs no credentials from whoever says that he is at this very machine."""

    def is_let_in(self, request: Request) -> bool:
        """Look at the name."""
        return request.header("Host") == "127.0.0.1"


class LetsInWhereverPingIsNamed(LetsIn, breaks="anonymous-target-gets-no-data"):
    """Needs no credentials for a URL with the name of the ping anywhere in its query."""

    def is_let_in(self, request: Request) -> bool:
        """Look for the name."""
        return "/ping" in request.target.partition("?")[2]


class LeavesTheSecondSlashOpen(LetsIn, breaks="anonymous-base-url-gets-no-data"):
    """Guards what begins with one slash, and serves what begins with two."""

    def is_let_in(self, request: Request) -> bool:
        """Look at the second character."""
        return request.target.startswith("//")

    def path_segments(self, path: str) -> list[str]:
        """Leave out the first slash."""
        return super().path_segments(path.removeprefix("/") if path.startswith("//") else path)


class TakesQueriesForFiles(LetsIn, breaks="anonymous-target-gets-no-data"):
    """Needs no credentials for a URL whose query ends like the name of a static file."""

    def is_let_in(self, request: Request) -> bool:
        """Look at the end."""
        return re.search(r"=[^=?]*\.(css|js|png|ico|svg)$", request.target) is not None


class ReadsFilesByOtherMethods(ReadsOtherwise, breaks="anonymous-target-changes-nothing"):
    """Takes a PUT or a DELETE of what looks like a static file for a GET, and answers it."""

    def read_as(self, request: Request) -> Request | None:
        """Take the suffix away."""
        bare = STATIC.sub("", request.target)
        taken = request.method in {"PUT", "DELETE"} and bare != request.target
        return replace(request, method="GET", target=bare) if taken else None


class TakesTokensOfUsers(Fault, breaks="token-of-a-user-is-no-credential"):
    """Takes the token that a user shows for one of the account."""

    def authenticate(self, request: Request) -> str:
        """Look it up."""
        scheme, _, token = (request.header("Authorization") or "").partition(" ")
        for user in self.records(USERS) if scheme == "Bearer" and token else ():
            if user.values["token"] == token and user.account:
                return user.account
        return super().authenticate(request)
