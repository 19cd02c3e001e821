"""Faults of guards and readers that something small leads astray."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from reference.faulty import Fault, LetsIn
from reference.message import Request, Response
from reference.operation import Operation
from reference.refusal import Refusal
from reference.representation import Answer

REMEMBERED = 10.0

SUM = re.compile(r"[0-9]{1,9}([-+][0-9]{1,9})+")

TERM = re.compile(r"[-+]?[0-9]+")

LATIN_1 = re.compile(r"""application/[^,]*;\s*charset="?iso-8859-1""", re.IGNORECASE)

MOST_PAIRS = 1000


class GuardsOneLineOnly(LetsIn, breaks="anonymous-target-gets-no-data"):
    """Guards targets by a pattern that does not match across an encoded line end in the query."""

    def is_let_in(self, request: Request) -> bool:
        """See whether the decoded query has a carriage return."""
        return "%0d" in request.target.partition("?")[2].lower()


class CachesTheGuardsVerdict(Fault, breaks="accepted-digest-changes-nothing"):
    """Caches for ten seconds, by target and Authorization field, but not by method, who it is."""

    @cached_property
    def verdicts(self) -> dict[tuple[str, str], tuple[float, str]]:
        """The verdicts of before, with their times."""
        return {}

    def authenticate(self, request: Request) -> str:
        """Look among the verdicts first."""
        key = (request.target, request.header("Authorization") or "")
        moment = self.now().timestamp()
        since, account = self.verdicts.get(key, (0.0, ""))
        if account and moment - since < REMEMBERED:
            return account
        account = super().authenticate(request)
        self.verdicts[key] = (moment, account)
        return account


class CalculatesIds(
    Fault, breaks="no-id-reads-nothing odd-customer-has-no-calls no-id-deletes-nothing"
):
    """Puts ids of a query into SQL as they come, so that 3-2 is 1."""

    def query_parameters(self, query: str) -> Mapping[str, str]:
        """Work out sums and differences."""
        return {
            name: str(sum(int(term) for term in TERM.findall(text)))
            if name.endswith("_id") and SUM.fullmatch(text)
            else text
            for name, text in super().query_parameters(query).items()
        }


class ObeysTheCharsetInAccept(Fault, breaks="charset-of-a-type-changes-nothing"):
    """Answers in ISO-8859-1, where that can be, if the media type in Accept has such a charset."""

    def succeeded(self, operation: Operation, answer: Answer) -> Response:
        """Recode an answer."""
        response = super().succeeded(operation, answer)
        if not LATIN_1.match(operation.request.header("Accept") or ""):
            return response
        try:
            body = response.body.decode().encode("latin-1")
        except UnicodeEncodeError:
            return response
        (name, kind), *others = response.headers
        kind = kind.replace("utf-8", "iso-8859-1")
        return replace(response, headers=((name, kind), *others), body=body)


class TellsReasonsInAHeader(Fault, breaks="odd-values-cause-no-trouble"):
    """Repeats a refused override in a header field, and fails on what cannot stand there."""

    def unknown_override(self, override: str) -> str:
        """Repeat it, in Latin-1."""
        try:
            override.encode("latin-1")
        except UnicodeEncodeError:
            raise Refusal(500, "The request met a fault of the server") from None
        shown = override if override.isprintable() else ""
        raise Refusal(
            400,
            "A POST can stand for PUT or for DELETE only",
            headers=(("X-Refused", shown.encode("ascii", "replace").decode()),),
        )


class FailsOnManyPairs(Fault, breaks="odd-bodies-cause-no-trouble"):
    """Fails on more than 1000 key/value pairs, as ASP.NET does by default."""

    def decoded_form(self, form: bytes) -> Mapping[str, str]:
        """Count the pairs."""
        if form.count(b"&") >= MOST_PAIRS:
            raise Refusal(500, "The request met a fault of the server")
        return super().decoded_form(form)
