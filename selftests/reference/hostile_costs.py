"""What is to be seen on the wire of the hostile modes that cost, break off, betray, or mislead."""

from __future__ import annotations

from typing import Final

from hostile_signs import CREATE, DELETE, LIST, Step

_OK = rb"\AHTTP/1\.1 200 OK\r\n"
_LARGE: Final[Step] = ("POST", "/customers", b"name=" + b"a" * 2000)
_NINES = rb"9{5000}"

COSTS: Final[dict[str, bytes]] = {
    "gzip-members-of-nothing": rb"gzip.*(\x1f\x8b\x08.{1,30}){100}",
    "gzip-members-of-a-byte": rb"gzip.*(\x1f\x8b\x08.{1,30}){100}",
    "gzip-cut": rb"Content-Encoding: gzip.*\r\n\r\n\x1f\x8b",
    "gzip-with-a-tail": rb"Content-Encoding: gzip.*\x1f\x8b.*garbagegarbage",
    "coding-not-asked-for": rb"Content-Encoding: br.*\r\n\r\n\x8b\x0b\x80aaa",
    "chunks-of-a-byte": rb"chunked\r\n\r\n(1\r\n \r\n){1000}",
    "xml-prolog-of-types": rb"(<!DOCTYPE a ){1000}",
    "xml-type-of-many-places": rb'<!DOCTYPE a SYSTEM .*("" ){1000}',
    "json-of-blanks": rb"( \t\r\n){1000}",
    "json-in-utf-16": rb"\r\n\r\n\xff\xfe\{\x00",
    "bodies-that-add-up": rb'"name":"(00000001){1000}',
    "explanations-of-1-mb": rb'"errors":\["(00000001){1000}',
    "explanations-of-many-lines": rb"line 0 of 0\nline 1 of 1\nline 2 of 2\n",
    "names-of-many-lines": rb'"name":"[^"]*? \d+ 0\\n[^"]*? \d+ 1\\n',
    "names-very-long": rb'"name":"[^"]{200000,}"',
}

BROKEN_OFF: Final[dict[str, bytes]] = {
    "resets-within-status-line": rb"\AHTTP/1\.1 2<reset>",
    "resets-within-fields": _OK + rb"Content-Ty<reset>",
    "resets-between-chunks": rb'e\r\n\{"customers":\[\r\n<reset>',
    "resets-before-last-chunk": rb'10\r\n\{"customers":\[\]\}\r\n<reset>',
    "closes-within-chunk-length": rb"\r\n\r\n1<closed>",
    "resets-after-answer": _OK + rb".*\}<reset>",
    "resets-after-interim": rb"\AHTTP/1\.1 103 Early Hints\r\nLink: </a>\r\n\r\n<reset>",
    "resets-who-answers-a-challenge": rb"\A<reset>|\AHTTP/1\.1 401 ",
    "resets-writes": rb"\A<reset>",
    "closes-on-large-requests": rb"\AHTTP/1\.1 413 Too Large\r\n.*<reset>",
    "trailers-dripped": rb"0\r\nX-Trailer: a{1,9}<still>",
    "chunk-length-dripped": rb"\r\n\r\n0{1,9}<still>",
    "interim-dripped": rb"\A(HTTP/1\.1 102 Processing\r\n\r\n){1,3}<still>",
    "interim-of-many-fields": rb"\AHTTP/1\.1 103 Early Hints\r\n(Link: </a>; rel=preload\r\n){500}",
    "refusal-dripped": rb"\AHTTP/1\.1 400 .*(1\r\n \r\n){2}.*<still>",
    "late-after-40": rb"(HTTP/1\.1 200 OK((?!HTTP/1).)*){40}.*1000000\r\n\r\n *<still>",
    "refused-after-40": rb"(HTTP/1\.1 200 OK((?!HTTP/1).)*){40}HTTP/1\.1 401 ",
    "resets-after-40": rb"(HTTP/1\.1 200 OK((?!HTTP/1).)*){40}<reset>",
    "asks-as-a-proxy": rb"\AHTTP/1\.1 407 .*Proxy-Authenticate: Basic",
    "delete-never-answered": rb"\AHTTP/1\.1 200 ((?!HTTP/1).)*<still>",
    "gone-at-first-delete": rb"\AHTTP/1\.1 200 ((?!HTTP/1).)*<reset>",
    "delete-refused-and-dripped": rb"HTTP/1\.1 401 .*WWW-Authenticate: Digest a{1,9}<still>",
}

_FIELD = rb"\AHTTP/1\.1 400 .*X-(Password|Sent): "
BETRAYALS: Final[dict[str, bytes]] = {
    "password-as-it-is": _FIELD + rb"open-sesame\r\n",
    "password-in-base64": _FIELD + rb"b3Blbi1zZXNhbWU=\r\n",
    "password-percent-encoded": _FIELD + rb"open-sesame\r\n",
    "password-by-numbers": _FIELD + rb"\\u006f\\u0070\\u0065\\u006e",
    "password-in-html": _FIELD + rb"open-sesame\r\n",
    "password-in-json": _FIELD + rb"open-sesame\r\n",
    "password-in-capitals": _FIELD + rb"OPEN-SESAME\r\n",
    "credentials-as-it-is": _FIELD + rb"Digest username='partner'",
    "credentials-in-base64": _FIELD + rb"RGlnZXN0",
    "credentials-percent-encoded": _FIELD + rb"Digest%20username%3D",
    "credentials-by-numbers": _FIELD + rb"\\u0044\\u0069\\u0067",
    "credentials-in-html": _FIELD + rb"Digest username=&quot;",
    "credentials-in-json": _FIELD + rb"Digest username=\\'",
    "redirect-with-the-password": rb"Location: https://[^:]+:open-sesame@elsewhere",
    "password-in-names": rb'"name":"open-sesame"',
    "password-in-ids": rb'"customer_id":"open-sesame1"',
}

UNREADABLE: Final[dict[str, bytes]] = {
    "paging-numpages-text-of-5000-digits": rb'"numpages":"' + _NINES,
    "paging-total-text-of-5000-digits": rb'"total":"' + _NINES,
    "paging-numpages-superscript": rb'"numpages":"(\xc2\xb2|\\u00b2)',
    "paging-total-other-digits": rb'"total":"(\xd9\xa1|\\u0661)',
    "busy-until-year-of-20-digits": rb"Retry-After: Fri, 01 Jan 9{20} ",
    "busy-until-zone-of-20-digits": rb"Retry-After: Fri, 01 Jan 2027 00:00:00 \+9{20}",
    "busy-until-year-1": rb"Retry-After: Mon, 01 Jan 0001 ",
    "busy-until-year-9999": rb"Retry-After: Fri, 31 Dec 9999 23:59:59 -2359",
    "busy-until-year-of-5000-digits": rb"Retry-After: Fri, 01 Jan " + _NINES,
    "date-year-of-20-digits": rb"200 .*Date: Fri, 01 Jan 9{20} ",
    "date-zone-of-20-digits": rb"200 .*Date: Fri, 01 Jan 2027 00:00:00 \+9{20}",
    "date-year-1": rb"200 .*Date: Mon, 01 Jan 0001 ",
    "date-year-9999": rb"200 .*Date: Fri, 31 Dec 9999 23:59:59 -2359",
    "date-year-of-5000-digits": rb"200 .*Date: Fri, 01 Jan " + _NINES,
    "location-bracket": _OK + rb".*Location: https://\[/",
    "location-port": _OK + rb".*Location: https://127\.0\.0\.1:99999999/",
    "location-port-of-5000-digits": _OK + rb".*Location: https://127\.0\.0\.1:" + _NINES,
    "location-host": _OK + rb".*Location: https://elsewhere\.example\xef\xbc\x8fcustomers",
    "location-zone": _OK + rb".*Location: https://\[fe80::1%25\x1b\[2J\]/",
    "ids-of-5000-digits": rb'"customer_id":"' + _NINES,
    "ids-of-250-digits": rb'"customer_id":"9{250}"',
    "ids-superscript": rb'"customer_id":"(\xc2\xb2|\\u00b2)"',
    "custom-field-too-long": rb'"custom_9{5000}":"a"',
    "timestamps-far-away": rb'"(timestamp|created)":"0000-00-00 99:99:99"',
    "timestamps-too-long": rb'"(timestamp|created)":"' + _NINES,
    "allows-everything": rb"\AHTTP/1\.1 405 .*Allow: GET, M0, M1, .*M5999\r\n",
}

PLAIN_HTTP: Final[dict[str, bytes]] = {
    "plain-http-silent": rb"\A<still>",
    "plain-http-reset": rb"\A<reset>",
    "plain-http-dripped": rb"\AHTTP/1\.1 403 .*1000000\r\n\r\n *<still>",
    "plain-http-without-end": rb"\AHTTP/1\.1 403 Forbidden\r\n(X-\d+: a\r\n){1000}",
    "plain-http-garbage": rb"\A(\xde\xad\xbe\xef){10000}<closed>",
    "plain-http-bombed": rb"\AHTTP/1\.1 403 .*gzip\r\n.*\r\n\r\n.*\x1f\x8b",
    "plain-http-redirected": rb"\AHTTP/1\.1 301 .*Location: http://.*/lure\r\n",
    "plain-http-asks-for-the-password": rb"\AHTTP/1\.1 401 .*WWW-Authenticate: Basic ",
    "plain-http-with-acting-texts": rb"\AHTTP/1\.1 200 [^\r]*##\[add-mask\]",
}
"""What is answered over plain HTTP, where all the others are well."""

FURTHER: Final = {**COSTS, **BROKEN_OFF, **BETRAYALS, **UNREADABLE}

FURTHER_STEPS: Final[dict[str, list[Step]]] = {
    "resets-writes": [CREATE],
    "closes-on-large-requests": [_LARGE],
    "late-after-40": [LIST] * 41,
    "refused-after-40": [LIST] * 41,
    "resets-after-40": [LIST] * 41,
    "delete-never-answered": [CREATE, DELETE],
    "gone-at-first-delete": [CREATE, DELETE],
    "delete-refused-and-dripped": [CREATE, DELETE],
    "timestamps-far-away": [("GET", "/sources", b"")],
    "timestamps-too-long": [("GET", "/sources", b"")],
}
