"""Ways to ask that a guard may read otherwise than what it guards: methods, targets, claims.

Each table is one side of a space; its strata are what it is divided by, and the first members of a
stratum are those with which servers are known to have been entered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.spec.addressing import PING, Override
from conformance.spec.resources import CDRS, CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RECORD = "{record}"
"""Where the path of a record goes, in a template of a target."""

ID = "{id}"
"""Where the id of a record goes."""

PLACES = (RECORD, CUSTOMERS.collection, PING, CDRS.collection)
"""A record, a list that can be written, what is no list, and a list that can only be read."""

METHOD_TOKENS: Mapping[str, Sequence[str]] = {
    "of HTTP": ("HEAD", "PATCH", "TRACE", "OPTIONS"),
    "of extensions": (
        *("PROPFIND", "QUERY", "SEARCH", "REPORT", "COPY", "MOVE", "LOCK", "UNLOCK"),
        *("PROPPATCH", "MKCOL", "ACL", "BASELINE-CONTROL", "BIND", "CHECKIN", "CHECKOUT", "LABEL"),
        *("LINK", "MERGE", "MKACTIVITY", "MKCALENDAR", "MKREDIRECTREF", "MKWORKSPACE"),
        *("ORDERPATCH", "REBIND", "UNBIND", "UNCHECKOUT", "UNLINK", "UPDATE", "UPDATEREDIRECTREF"),
        "VERSION-CONTROL",
    ),
    "in other letter case": (
        *("get", "put", "delete", "post", "Get", "head", "Put", "Delete", "gET", "Post", "DELETe"),
    ),
    "of nobody": (
        *("FOO", "GETS", "JEFF", "X-GET", "DEBUG", "TRACK", "READ", "LIST", "VIEW", "G"),
        *("GET_", "SUBSCRIBE", "INVOKE", "INDEX", "FETCH", "UPSERT", "REMOVE", "RPC_IN_DATA"),
    ),
}
"""The tokens of RFC 9110 and of the registry of methods, odd spellings, and invented ones.

Not among them are the four that the document has; CONNECT, whose target is another server; PRI,
which is no request; and those by which caches are told to forget, which may answer by themselves.
"""

ON_RECORDS_FIRST = frozenset({"of HTTP", "in other letter case"})
"""Strata whose members may each be open by itself; of the others, any one stands for most."""


def place_of_turn(stratum: str, at: int, turn: int) -> str:
    """Return where the method token at a place of its stratum is sent in one of four turns.

    The first turn aims at the record with each, or at a record and at a list in alternation.
    """
    if stratum in ON_RECORDS_FIRST:
        return PLACES[turn]
    return PLACES[(at + turn) % 2 + turn // 2 * 2]


MAY_REMOVE = frozenset({"DELETE", "MOVE", "REMOVE", "UNBIND", "REBIND", "UNLINK", "UNCHECKOUT"})
"""Tokens, in capitals, that a server might take for a DELETE: no list of an account meets them."""

NAMES_OF_WHAT_IS_OPEN = "&".join(
    f"{name}={path}"
    for name, path in enumerate(
        (
            *(
                PING,
                "/ping",
                "/health",
                "/healthz",
                "/status",
                "/metrics",
                "/login",
                "/oauth/token",
            ),
            *("/public/", "/static/", "/assets/", "/docs", "/swagger", "/openapi.json", "/version"),
            *("/favicon.ico", "/robots.txt", "/.well-known/", "localhost", "127.0.0.1", "/a.css"),
        )
    )
)
"""A query with whatever a guard may look for in a URL that it lets pass."""

LIST_TARGETS: Mapping[str, Sequence[str]] = {
    "suffixes": (
        *("/customers.css", "/customers.js", "/customers.ico", "/customers.JSON", "/customers.png"),
        *("/customers.txt", "/customers.php", "/customers.action", "/customers.json.css"),
        *("/customers.svg", "/customers.map", "/customers.csv", "/customers.do", "/customers.pdf"),
        *("/customers.XML", "/customers.jpg", "/customers.gif", "/customers.woff2", "/customers."),
        *("/statistics/cdrs.css", "/miscellaneous/ping.js", "/customers.html.xml", "/customers~"),
    ),
    "separators": (
        *(
            "//customers",
            "/customers;jsessionid=1",
            "/customers;.css",
            "/customers/x.css",
            "/customers//",
            "/customers/.",
            "///customers",
        ),
        *("/;/customers", "/.;/customers", "/customers;", "/customers/;"),
        *(
            "/customers/./",
            "/customers/%2e",
            "/customers%3b.css",
            "/customers%3f.css",
            "/./customers/",
        ),
        *("/static/..;/customers", "/customers/..;/customers", "/customers\\", "/\\customers"),
        *("/customers?.css", "/customers?/health", "/customers??", "/customers?&", "/customers:"),
    ),
    "letter case": (
        *("/Customers", "/CUSTOMERS", "/Statistics/cdrs", "/customerS", "/MISCELLANEOUS/PING"),
        *("/Miscellaneous/Ping", "/STATISTICS/CDRS", "/cusTomers"),
    ),
    "encodings": (
        *("/%63ustomers", "/statistics%2fcdrs", "/%2563ustomers", "/customers%20", "/customers%09"),
        *("/customers%0a", "/custome%72s", "/customers%00.css", "/customers%23", "/%2e/customers"),
        *("/customers%2f%2e", "/customers%3b", "/%2fcustomers", "/%5ccustomers"),
        *("/customers%c0%af", "/customers%ef%bc%8f", "/%u0063ustomers"),
        *("/miscellaneous/%70ing", "/%73tatistics/cdrs", "/%43ustomers"),
    ),
    "letters that fold to others": (
        *("/cu%c5%bftomers", "/u%c5%bfers", "/%ef%bd%83ustomers", "/%c5%bftatistics/cdrs"),
        *("/cust%c2%bamers", "/%ef%bc%a3ustomers", "/customer%c5%bf", "/c%cc%81ustomers"),
    ),
    "detours": (
        *(
            "/static/../customers",
            "/miscellaneous/ping/../../customers",
            "/public/%2e%2e/customers",
        ),
        *("/health/../customers", "/login/../customers", "/favicon.ico/../customers"),
        *("/docs/..%2fcustomers", "/assets/../customers.css", "/customers/../customers"),
        *("/x/../statistics/cdrs", "/.well-known/../customers", "/robots.txt/../customers"),
    ),
    "queries": (
        "/customers?public=1&format=csv&callback=a&debug=1&preview=true&auth=0&user=admin&token=1&v=1.js",
        f"/customers?{NAMES_OF_WHAT_IS_OPEN}",
        *(
            "/customers?a=%0d%0a",
            "/customers?_method=GET",
            "/customers?.js",
            "/statistics/cdrs?format=csv&callback=a",
        ),
        *("/customers?wsdl", "/customers?_format=xml", "/customers?raw", "/customers?action=login"),
        *("/customers?XDEBUG_SESSION=1", "/customers?api_key=", "/miscellaneous/ping?callback=a"),
    ),
}
"""Targets that a server may take for the list of customers, the calls, or a ping."""

RECORD_TARGETS: Sequence[str] = (
    *("/customers.xml/{id}", "{record}/", "/%63ustomers/{id}", "{record}.css", "//customers/{id}"),
    *("/CUSTOMERS/{id}", "{record};a=b"),
    *("/customers?customer_id={id}", "{record}.json", "/customers.json/{id}"),
    *("/customers/?customer_id={id}", "/./customers/{id}", "{record}/x.css"),
    *("/customers.css/{id}", "/customers.json?customer_id={id}", "/static/../customers/{id}"),
    *("{record}?_method=PUT", "/customers/;/{id}", "/%2fcustomers/{id}", "{record}?.css"),
    *("/customers;.css?customer_id={id}", "{record}.PNG", "/customers/{id}.xml", "{record}//"),
)
"""Targets that a server may take for a record; the guard of our records can read all of them."""

SUFFIXED: Sequence[tuple[str, str]] = (
    *(
        ("HEAD", f"{place}.{suffix}")
        for place in (CUSTOMERS.collection, PING, CDRS.collection)
        for suffix in ("json", "xml")
    ),
    *(
        (method, f"{CUSTOMERS.collection}.{suffix}/{ID}")
        for method in ("HEAD", "PUT", "DELETE")
        for suffix in ("json", "xml")
    ),
    *(("POST", f"{CUSTOMERS.collection}.{suffix}") for suffix in ("json", "xml")),
)
"""Methods other than GET, with the places of documented suffixes: a guard may look for these."""

BASES: Sequence[str] = (
    *("", "{escaped}", "/{version}", ".well-known/..;/{version}", "static/..%2f{version}"),
    "2.4",
    *("v{version}", "{coded}", "2.4.0", "./{version}", "latest", ".well-known/../{version}"),
    *("public/..;x/{version}", "health/../{version}", "static/%2e%2e/{version}"),
    *("2", "{version}.0", "0", "1.0", "beta", "x/../{version}", "{version}/../{version}"),
    *("api/{version}", "internal", "test", "admin", "{version}%2f", "{version};a", "{version}/."),
)
"""What may stand in the base URL where the version does; nothing leaves it out.

In `{escaped}` the dots of the version are percent-encoded, in `{coded}` its first character is.
"""

BELIEVED: Mapping[str, str] = {
    "X-Remote-User": "admin",
    "X-Forwarded-User": "admin",
    "X-Forwarded-For": "127.0.0.1",
    "X-Real-IP": "127.0.0.1",
    "X-Internal": "1",
    "X-API-Key": "1",
    "Cookie": "session=1; authenticated=true; user=admin",
    "Origin": "https://example.com",
    "User-Agent": "kube-probe/1.30",
    "Referer": "https://example.com/admin",
    "X-Requested-With": "XMLHttpRequest",
}
"""Header fields by which a caller may claim to need no credentials; they are sent all at once."""

CLAIMS: Sequence[Mapping[str, str]] = (
    BELIEVED,
    {"X-Original-URL": PING, "X-Rewrite-URL": PING},
    {"Authorization": ""},
)
"""Claims to be somebody, claims to ask for something harmless, and credentials that are empty."""

OWN_NAMES = ("localhost", "127.0.0.1")
"""What any machine calls itself."""

ACCEPTED: Sequence[str] = (
    "text/csv, application/xml;q=0.9, text/html;q=0.8",
    *("application/xml", "*/*", "text/html", "application/*+json"),
)
"""Representations to ask for, also such as the document does not have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A way to ask for a method: the one that is sent, and the one that stands for it."""

    method: str
    override: Override = Override.NATIVE
    meant: str = ""

    def __str__(self) -> str:
        """Return both, as evidence shows them."""
        return f"{self.method} with {self.override} {self.meant}" if self.meant else self.method


ASKED: Sequence[Asked] = (
    Asked("GET"),
    Asked("POST", Override.HEADER, "GET"),
    Asked("POST", Override.QUERY, "GET"),
    Asked("GET", Override.HEADER, "PUT"),
    Asked("GET", Override.QUERY, "DELETE"),
    Asked("HEAD", Override.HEADER, "GET"),
    Asked("OPTIONS", Override.QUERY, "GET"),
)
"""Ways that overrides open, reading and writing; what PUT and DELETE stand for is native."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """One row of the covering array: how it is asked, for what, and with which fields."""

    asked: Asked
    claim: Mapping[str, str]
    accept: str
    place: str


WRITES = frozenset({"PUT", "DELETE"})

READ_AT_ONCE = [
    *(Entrance(ASKED[0], BELIEVED, ACCEPTED[0], place) for place in PLACES),
    Entrance(ASKED[0], CLAIMS[-1], ACCEPTED[0], RECORD),
    *(Entrance(ASKED[0], {"Host": host}, ACCEPTED[2], RECORD) for host in OWN_NAMES),
]
"""Everything claimed at once, by GET, nothing at all, and to be on the server's own machine."""

ENTRANCES = [
    *READ_AT_ONCE,
    *(
        Entrance(
            ASKED[row % len(ASKED)],
            CLAIMS[row % len(CLAIMS)],
            ACCEPTED[row % len(ACCEPTED)],
            RECORD if ASKED[row % len(ASKED)].meant in WRITES else PLACES[row % len(PLACES)],
        )
        for row in range(len(ASKED) * len(ACCEPTED) * len(CLAIMS))
    ),
]
"""First each place, then rows in which all ways, claims and representations meet.

The places are gone through in turn. The lengths of the sides have no common divisor, two by two:
walked through in step, any two of them meet in all combinations before they begin anew. What writes
aims at a record, never at a list.
"""
