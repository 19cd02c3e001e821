"""What is to be seen on the wire of each hostile mode: the steps to take, and a sign.

A sign is a pattern for all that is received, in which `<still>` stands for a connection that stays
open although nothing that ends an answer has come, `<closed>` and `<reset>` for how it ended.
"""

from __future__ import annotations

from typing import Final

Step = tuple[str, str, bytes]

LIST: Final[Step] = ("GET", "/customers", b"")
ONE: Final[Step] = ("GET", "/customers/1", b"")
CREATE: Final[Step] = ("POST", "/customers", b"name=a&custnr=new-1")
CREATE_AGAIN: Final[Step] = ("POST", "/customers", b"name=a&custnr=new-2")
CHANGE: Final[Step] = ("PUT", "/customers/125", b"name=b")
READ: Final[Step] = ("GET", "/customers/125", b"")
DELETE: Final[Step] = ("DELETE", "/customers/125", b"")

STEPS: Final[dict[str, list[Step]]] = {
    "refuses-after-ten-requests": [LIST] * 10,
    "second-answer-never-comes": [LIST] * 2,
    "every-third-is-late": [LIST] * 3,
    "answers-the-one-before": [LIST, ("GET", "/sources", b"")],
    "every-second-is-stale": [LIST],
    "pages-repeat": [("GET", "/customers?page=7", b"")],
    "pages-always-new": [("GET", "/customers?page=7", b"")],
    "pages-always-one-more": [("GET", "/customers?page=5", b"")],
    "id-repeated": [CREATE, CREATE_AGAIN],
    "ids-swapped-in-lists": [LIST],
    "ids-shifted-in-lists": [LIST],
    "ids-all-one-in-lists": [LIST],
    "record-by-other-id": [ONE],
    "old-as-new": [CREATE, ONE],
    "filter-ignored": [("GET", "/customers?custnr=none", b"")],
    "put-moves-to-other-id": [CREATE, CHANGE],
    "put-refused-with-old-id": [CREATE, CHANGE],
    "stored-then-500": [CREATE, READ],
    "stored-then-409": [CREATE, READ],
    "stored-then-400": [CREATE, READ],
    "stored-then-nothing": [CREATE, READ],
    "stored-twice": [CREATE, LIST],
    "stored-nowhere": [CREATE, READ],
    "stored-for-all-to-keep": [CREATE, READ],
    "put-changes-another": [CREATE, CHANGE, ONE],
    "put-without-effect": [CREATE, CHANGE, READ],
    "delete-without-effect": [CREATE, DELETE, READ],
    "delete-hides": [CREATE, DELETE, READ, LIST],
    "delete-then-500": [CREATE, DELETE],
    "delete-then-closed": [CREATE, DELETE],
    "delete-late": [CREATE, DELETE],
    "limited-every-second-time": [LIST] * 2,
    "unwell-after-20": [LIST] * 21,
    "silent-after-20": [LIST] * 21,
    "well-one-time-in-three": [LIST],
}
"""What to ask for, where it is not what the family is asked for."""

HANDSHAKES: Final[dict[str, bytes]] = {
    "garbage-for-handshake": rb"\A\xde\xad\xbe\xef",
    "plain-http-for-handshake": rb"\AHTTP/1\.1 400 Bad Request\r\n",
    "handshake-dripped": rb"\A\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03{1,10}<still>",
    "handshake-endless": rb"\A(\x16\x03\x03\x00\x04\x00{4}){100}",
    "tls-alert": rb"\A\x15\x03\x03\x00\x02\x02\x28<closed>",
    "closes-after-accept": rb"\A<closed>|\A<reset>",
    "resets-after-accept": rb"\A<reset>",
    "silent-after-accept": rb"\A<still>",
}
"""What is answered to bytes that might begin a handshake."""

CERTIFICATES: Final[dict[str, bytes]] = {
    "certificate-of-other-host": b"IP address mismatch|Hostname mismatch",
    "certificate-expired": b"certificate has expired",
    "certificate-self-signed": b"self.signed certificate",
    "certificate-with-acting-names": b"certificate verify failed",
    "certificate-chain-huge": b"excessive message size|certificate",
}
"""Why a certificate is not trusted."""

SIGNS: Final[dict[str, bytes]] = {
    "silent-after-handshake": rb"\A<still>",
    "resets-after-handshake": rb"\A<reset>",
    "resets-after-request": rb"\A<reset>",
    "closes-after-request": rb"\A<closed>",
    "half-closes-after-request": rb"\A<closed>",
    "resets-within-body": rb'Content-Length: 1000\r\n\r\n\{"customers":\[<reset>',
    "refuses-after-ten-requests": rb"(HTTP/1\.1 200 OK((?!HTTP/1).)*){10}<closed>",
    # never-ending
    "never-answers": rb"\A<still>",
    "status-line-dripped": rb"\AHTTP.{0,7}<still>",
    "fields-dripped": rb"\AHTTP/1\.1 200 OK\r\nX-Slow: a{2,9}<still>",
    "short-fields-dripped": rb"X-0: a\r\n(X-\d: a\r\n)+<still>",
    "body-dripped": rb"Content-Length: 1000000\r\n\r\n {2,9}<still>",
    "body-dripped-until-close": rb"Connection: close\r\n\r\n {2,9}<still>",
    "chunks-dripped": rb"chunked\r\n\r\n(1\r\n \r\n){2,9}<still>",
    "one-byte-per-second": rb"\AH<still>",
    "challenge-dripped": rb'WWW-Authenticate: Digest realm="a{2,9}<still>',
    "body-without-end": rb"chunked\r\n\r\ne\r\n.*(2000\r\n.{8192}\r\n){20}",
    "chunk-extension-without-end": rb"2;x=x{100000}",
    "chunk-length-without-end": rb"chunked\r\n\r\n0{100000}",
    "trailers-without-end": rb"\r\n0\r\nX-Trailer-0: a\r\n.*X-Trailer-50: a\r\n",
    "fields-without-end": rb"\AHTTP/1\.1 200 OK\r\nX-Field-0: a\r\n.*X-Field-30: a\r\n",
    "field-without-end": rb"X-Long: a{200000}",
    "status-line-without-end": rb"\AHTTP/1\.1 200 OK( OK){20000}",
    "body-shorter-than-promised": rb'Content-Length: 1000\r\n\r\n\{"customers":\[\]\}<closed>',
    "body-shorter-and-held": rb'Content-Length: 1000\r\n\r\n\{"customers":\[\]\}<still>',
    "body-longer-than-promised": rb'Content-Length: 16\r\n\r\n\{"customers":\[\]\}\{"customers":',
    "second-answer-never-comes": rb"\AHTTP/1\.1 200 OK.*\]\}<still>",
    "later-than-timeout": rb"\A<still>",
    "every-third-is-late": rb"\A(HTTP/1\.1 200 OK((?!HTTP/1).)*){2}<still>",
    "just-in-time": rb"\A<still>",
    "interim-100-without-end": rb"\A(HTTP/1\.1 100 Continue\r\nLink: </a>\r\n\r\n){50}",
    "interim-102-without-end": rb"\A(HTTP/1\.1 102 Processing\r\nLink: </a>\r\n\r\n){50}",
    "interim-103-without-end": rb"\A(HTTP/1\.1 103 Early Hints\r\nLink: </a>\r\n\r\n){50}",
    "interim-199-without-end": rb"\A(HTTP/1\.1 199 Wait\r\nLink: </a>\r\n\r\n){50}",
    # size
    "gzip-bomb": rb"Content-Encoding: gzip\r\n.*\r\n\x1f\x8b",
    "deflate-bomb": rb"Content-Encoding: deflate\r\n.*\r\n\x78\xda",
    "raw-deflate-bomb": rb"Content-Encoding: deflate\r\n.*\r\n\r\n[0-9a-f]+\r\n[^\x78]",
    "codings-many": rb"Content-Encoding: (gzip, ){1000}",
    "gzip-that-is-none": rb"Content-Encoding: gzip\r\n.*\r\n\r\n\{",
    "body-of-200-mb": rb"Content-Length: 209715200\r\n\r\n {500000}",
    "fields-100000": rb"X-Field-0: a\r\n.*X-Field-20000: a\r\n",
    "fields-90": rb"(X-\d+: a{60000}\r\n){20}",
    "cookies-100000": rb"Set-Cookie: c0=a{100}; Path=/\r\n.*Set-Cookie: c3000=",
    "cookies-that-add-up": rb"Set-Cookie: c80=a{4000};.*Set-Cookie: c159=a{4000};.*customers",
    "field-of-10-mb": rb"X-A: a{2000000}",
    "reason-of-10-mb": rb"\AHTTP/1\.1 200 a{2000000}",
    "status-line-of-10-mb": rb"\AHTTP/1\.1a{2000000}",
    "media-type-of-10-mb": rb"charset=a{2000000}",
    "json-arrays-deep": rb'"customers":\r\n10000\r\n\[{65536}\r\n10000\r\n\[{65536}\r\n',
    "json-objects-deep": rb'(\{"customers":){3000}',
    "json-depth-900": rb"\[{900}\r\n.*\]{900}",
    "json-keys-million": rb'"key0":"".*"key20000":""',
    "json-keys-repeated": rb'"customer_id":"0",.*"customer_id":"20000",',
    "json-keys-twice": rb'\{"customer_id":"1","name":"a","customer_id":"2","name":"b"\}',
    "json-records-million": rb'\{"customer_id":"0".*\{"customer_id":"20000"',
    "json-empty-million": rb"(\{\},){20000}",
    "json-string-of-50-mb": rb'"name":"\r\n10000\r\na{65536}\r\n10000\r\na{65536}',
    "json-id-of-million": rb'"customer_id":\r\n1\r\n"\r\n10000\r\n1{65536}\r\n10000\r\n1{65536}',
    "json-number-of-million": rb'"customer_id":\r\n10000\r\n1{65536}\r\n10000\r\n1{65536}',
    "json-exponent-huge": rb"1e\r\n10000\r\n9{65536}\r\n10000\r\n9{65536}",
    "json-nan": rb"\r\nNaN\r\n",
    "json-infinity": rb'"total":Infinity.*-Infinity.*1e999',
    "json-surrogates": rb'"\\ud800","name":"\\udfff',
    "json-cut": rb'\{"customer_id":\r\n0\r\n\r\n',
    "json-null": rb"\r\n4\r\nnull\r\n0\r\n\r\n",
    "json-not-utf-8": rb"\xff\xfe\xc0\x80",
    "charset-idna": rb"charset=idna\r\n.*(a\.){1000}",
    "charset-punycode": rb"charset=punycode\r\n.*(a\.){1000}",
    "charset-zlib-codec": rb"charset=zlib_codec\r\n",
    "charset-rot13": rb"charset=rot13\r\n",
    "charset-utf-7": rb"charset=utf-7\r\n",
    "charset-unicode-escape": rb"charset=unicode_escape\r\n",
    "charset-no-such": rb"charset=no-such\r\n",
    # xml
    "xml-depth-10000": rb"<customers>\r\n[0-9a-f]+\r\n(<customer>){5000}.*</customer></customer>",
    "xml-depth-million": rb"<customers>\r\n[0-9a-f]+\r\n(<customer>){6000}",
    "xml-elements-million": rb"[0-9a-f]+\r\n(<customer><customer_id>1</.{26}</customer>){900}",
    "xml-names-million": rb"<e0/><e1/>.*<e20000/>",
    "xml-attributes-million": rb'a0="" a1="".*a20000=""',
    "xml-namespaces-many": rb'xmlns:n0="u:".*xmlns:n9000="u:"',
    "xml-text-of-50-mb": rb"<customers>\r\n[0-9a-f]+\r\n(text ){12000}",
    "xml-comment-of-50-mb": rb"<!--\r\n[0-9a-f]+\r\n(text ){12000}",
    "xml-entity-quadratic": rb'<!ENTITY a "a{100000}">\]><customers>\r\n[0-9a-f]+\r\n(&a;){20000}',
    "xml-billion-laughs": rb'<!ENTITY l9 "(&l8;){10}">.*<name>&l9;',
    "xml-laughs-in-attribute": rb'<!ENTITY l9 "(&l8;){10}">.* a="&l9;"',
    "xml-entity-of-itself": rb'<!ENTITY a "&b;"><!ENTITY b "&a;">.*<name>&a;',
    "xml-external-file": rb'<!ENTITY a SYSTEM "file:///etc/passwd">.*<name>&a;',
    "xml-external-endless-file": rb'SYSTEM "file:///dev/zero">.*<name>&a;',
    "xml-external-url": rb'SYSTEM "http://127\.0\.0\.1:\d+/2\.4\.9/lure/entity">',
    "xml-external-type": rb'DOCTYPE customers SYSTEM "http://127\.0\.0\.1:\d+/2\.4\.9/lure/type">',
    "xml-parameter-entity": rb'<!ENTITY % p SYSTEM "http://127\..*/lure/parameter"> %p;',
    "xml-inclusion": rb'<xi:include href="file:///etc/passwd"',
    "xml-schema-location": rb'SchemaLocation="http://127\..*/lure/schema"',
    "xml-type-unused": rb'<!ENTITY a "a">.*<name>&a;',
    "xml-cut": rb"<customers><customer><name>\Z",
    "xml-two-roots": rb"</customers><customers>",
    "xml-control-characters": rb"<name>\x00\x1b\[2J&#27;",
    "xml-sections": rb"<!\[CDATA\[a\]\]\]\]><!\[CDATA\[></testsuite>",
    "xml-utf-16": rb"charset=UTF-16\r\n.*<\x00c\x00u\x00s",
    "xml-utf-32": rb"charset=UTF-32\r\n.*<\x00\x00\x00c\x00\x00\x00u",
    "xml-utf-7": rb"charset=UTF-7\r\n.*\+AOU",
    "xml-ebcdic": rb"charset=cp037\r\n.*\x4c\x83\xa4\xa2\xa3",
    "xml-utf-16-that-is-none": rb'encoding="UTF-16"\?><customers>',
    "xml-encoding-unknown": rb'encoding="zlib_codec"\?><customers>',
}
