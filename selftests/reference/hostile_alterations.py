"""What is to be seen on the wire of the hostile modes that alter one thing in every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hostile_signs import LIST

if TYPE_CHECKING:
    from hostile_signs import Step

ALTERATIONS: Final[dict[str, bytes]] = {
    "halves-in-every-text": rb'"\\ud800Freja Bok AB\\udfff"',
    "halves-in-octets": rb'"name":"\xed\xa0\x80',
    "unreadable-but-done": rb"\r\n\r\n\[{1000}",
    "empty-but-done": rb"\AHTTP/1\.1 200 OK\r\n.*Content-Length: 0\r\n",
    "ids-of-every-type": rb'"customer_id":(?!"\d+")',
    "paging-of-every-number": rb'"total":(?!"?\d{1,3}"?[,}])',
    "keys-that-act": rb'"\\u001b\]0;x\\u0007\\n::error::name',
    "keys-by-ten-thousands": rb'\{"k0":0,"k1":1,',
    "megabytes-of-blanks": rb"\} {1000}",
    "names-of-half-a-megabyte": rb'"name":"\d+x{1000}',
    "elements-by-hundred-thousands": rb"(<x/>){1000}",
    "digest-without-its-name": rb"X-Seen: [0-9a-f]{32}\r\nSet-Cookie: seen=[0-9a-f]{32}\r\n",
    "digest-in-capitals": rb"X-Seen: [0-9A-F]{32}\r\n",
    "digest-in-base64": rb"X-Seen: [A-Za-z0-9+/]{43}=\r\n",
    "digest-as-octets": rb"X-Seen: [A-Za-z0-9+/]{22}==\r\n",
    "digest-by-escapes": rb"X-Seen: (\\x[0-9a-f]{2}){32}\r\n",
    "every-third-in-a-minute": rb"\AHTTP.*HTTP/1\.1 503 Busy\r\nRetry-After: 60\r\n",
    "trailers-that-mean-something": rb"\r\n0\r\nLocation: https://elsewhere\.example/lure\r\n",
}

ALTERATION_STEPS: Final[dict[str, list[Step]]] = {
    "every-third-in-a-minute": [LIST] * 3,
    "elements-by-hundred-thousands": [("GET", "/customers.xml", b"")],
}
