"""Header fields that mean nothing to this API, as clients and gateways send them."""

from __future__ import annotations

from conformance.spec.resources import CUSTOMERS, GREETINGS, SOURCES, Resource

Fields = dict[str, str]

BEYOND_ASCII = "Åsa 株式 €"
LONG_AGO, LONG_AFTER = "Sat, 01 Jan 2000 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT"
ELSEWHERE = "elsewhere.example"

PLAIN: Fields = {
    "Accept-Language": "sv-SE, sv;q=0.9, de;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "Cache-Control": "no-cache",
    "Pragma": "no-cache",
    "Cookie": (
        "session=0123456789abcdef; lang=sv; email=of-a-cookie@example.com; "
        "corporateid=of-a-cookie; name=of-a-cookie; customer_id=of-a-cookie; _method=DELETE"
    ),
    "DNT": "1",
    "From": "caller@example.org",
    "If-Match": "*",
    "If-None-Match": '"cf-no-tag"',
    "If-Modified-Since": LONG_AGO,
    "If-Unmodified-Since": LONG_AFTER,
    "If-Range": '"cf-no-tag"',
    "Keep-Alive": "timeout=5, max=100",
    "Max-Forwards": "10",
    "TE": "trailers",
    "Time-Zone": "Europe/Stockholm",
    "X-Timezone": "Asia/Tokyo",
    "CloudFront-Viewer-Time-Zone": "America/New_York",
    "Via": "1.1 proxy.example",
    "Prefer": "return=minimal, tx=rollback, timezone=America/Los_Angeles",
    "Priority": "u=3, i",
    "Save-Data": "on",
    "Slug": "of-a-cookie",
    "Sec-CH-UA": '"Chromium";v="120"',
    "Upgrade-Insecure-Requests": "1",
    "User-Agent": "curl/8.5.0",
    "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "X-Request-ID": "7f4df1b2-6f2e-4f6a-9c3b-1d2e3f4a5b6c",
    "X-B3-TraceId": "463ac35c9f6413ad48485a3953bb6124",
    "X-Forwarded-Proto": "https",
    "Accept-Charset": "utf-8, iso-8859-1;q=0.5",
}
"""Fields that leave every server free to answer as without them, and no other way.

Those that state a condition state one that holds. What a caller prefers, no answer of the document
is made for.
"""

OF_READERS: Fields = {**PLAIN, "Content-Type": "application/json"}
"""Those for a GET, of clients that tell the type of a body which they do not send."""

OF_A_BROWSER: Fields = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Accept-Language": "sv-SE, sv;q=0.8, en;q=0.5",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "none",
    "Upgrade-Insecure-Requests": "1",
}
"""What a browser tells of itself, but for the types that it likes."""

KEYS_OF_REQUESTS = ("Idempotency-Key", "X-Idempotency-Key", "Idempotent-Key", "X-Request-ID")
"""Fields by which some services know a request that is sent once more."""

OF_A_COOKIE = "of-a-cookie"
"""What the values of a cookie contain that has the names of parameters."""

LANGUAGES: dict[Resource, Fields] = {
    resource: {**PLAIN, "Accept-Language": f"{language}, en;q=0.5"}
    for resource, language in (
        (CUSTOMERS, "fr-FR, fr;q=0.9"),
        (GREETINGS, "de-DE, de;q=0.9"),
        (SOURCES, "de, es;q=0.9"),
    )
}
"""Those of other callers than Swedish ones."""

WITHOUT_CONDITIONS: Fields = {
    name: value for name, value in PLAIN.items() if not name.startswith("If-")
}
"""Those for a POST: whether a condition holds of what is not there yet is the server's to say."""

UNUSUAL: Fields = {
    "Accept-Datetime": LONG_AGO,
    "Access-Control-Request-Method": "DELETE",
    "CDN-Loop": "cdn.example",
    "Content-Encoding": "identity",
    "Content-Language": "sv",
    "Depth": "infinity",
    "Forwarded": f"for=203.0.113.9;host={ELSEWHERE};proto=http",
    "Origin": f"https://{ELSEWHERE}",
    "Prefer": "respond-async",
    "Proxy-Authorization": "Basic Y2Y6Y2Y=",
    "Referer": f"https://{ELSEWHERE}/?page=7",
    "SOAPAction": '"delete"',
    "Sec-Fetch-Site": "cross-site",
    "X-Accept": "text/html",
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Host": ELSEWHERE,
    "X-Forwarded-Port": "80",
    "X-Forwarded-Prefix": "/elsewhere",
    "X-HTTP-Method": "DELETE",
    "X-Method-Override": "DELETE",
    "X-Original-URL": "{ping}",
    "X-Rewrite-URL": "{ping}",
    "X-Requested-With": "XMLHttpRequest",
}
"""Fields that a firewall may refuse, or a gateway take for its own."""

RANGE: Fields = {"Range": "bytes=0-9"}
"""A field by which a caller asks for a part, which a server need not know."""

RANGES_OF_ITEMS: dict[str, Fields] = {
    "items": {"Range": "items=0-0", "Range-Unit": "items"},
    "records": {"Range": "records=0-0"},
    "what is listed": {"Range": "cdrs=0-0"},
}
"""Fields by which a caller asks for the first record of a list, in units that services know."""

CONDITIONS: dict[str, Fields] = {
    "no tag at all": {"If-None-Match": "*"},
    "another tag": {"If-Match": '"cf-no-tag"'},
    "not changed for long": {"If-Unmodified-Since": LONG_AGO},
    "changed in the future": {"If-Modified-Since": LONG_AFTER},
    "what nobody can do": {"Expect": "cf-nothing"},
}
"""Fields by which a caller asks for another answer, which the standard allows."""
