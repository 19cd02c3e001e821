"""Header fields by which somebody without credentials may pretend to be let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.ignored_fields import completed
from conformance.spec.ignored_fields import ELSEWHERE, Fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.clients.client import Client
    from conformance.wire.responses import Response

FORGED: dict[str, tuple[str, str, Fields]] = {
    "addresses": (
        "GET",
        "/customers",
        dict.fromkeys(
            (
                "X-Forwarded-For",
                "X-Real-IP",
                "X-Client-IP",
                "X-Originating-IP",
                "X-Remote-IP",
                "X-Remote-Addr",
                "X-Custom-IP-Authorization",
                "X-Cluster-Client-IP",
                "True-Client-IP",
                "CF-Connecting-IP",
                "Client-IP",
                "X-ProxyUser-Ip",
            ),
            "127.0.0.1",
        )
        | {"Forwarded": "for=127.0.0.1;proto=https", "X-Forwarded-Host": "localhost"},
    ),
    "users": (
        "GET",
        "/customers",
        dict.fromkeys(
            (
                "Remote-User",
                "X-Remote-User",
                "X-Forwarded-User",
                "X-Authenticated-User",
                "X-Auth-Request-User",
                "X-Auth-User",
                "X-WEBAUTH-USER",
                "X-User",
                "X-Username",
                "X-Account",
                "X-User-Id",
            ),
            "{username}",
        )
        | {"X-SSL-Client-Verify": "SUCCESS", "X-Admin": "true", "X-Internal": "1", "X-Debug": "1"},
    ),
    "URLs that are open elsewhere": (
        "GET",
        "/customers",
        dict.fromkeys(
            (
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-Original-URI",
                "X-Forwarded-Uri",
                "X-Forwarded-Path",
                "X-Override-URL",
                "Referer",
            ),
            "/",
        ),
    ),
    "a health check": (
        "GET",
        "/customers",
        {
            "X-Original-URL": "/health",
            "X-Rewrite-URL": "/health",
            "User-Agent": "ELB-HealthChecker/2.0",
            "X-Middleware-Subrequest": "middleware:middleware:middleware:middleware:middleware",
        },
    ),
    "a URL that is guarded": (
        "GET",
        "/robots.txt",
        dict.fromkeys(("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Uri"), "{customers}"),
    ),
    "methods": (
        "GET",
        "/customers",
        dict.fromkeys(("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"), "OPTIONS"),
    ),
    "a preflight": (
        "OPTIONS",
        "/customers",
        {
            "Origin": f"https://{ELSEWHERE}",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization",
            "X-HTTP-Method-Override": "GET",
            "X-HTTP-Method": "GET",
        },
    ),
    "a preflight by another method": (
        "GET",
        "/customers",
        {
            "Origin": f"https://{ELSEWHERE}",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization",
            "Sec-Fetch-Mode": "cors",
        },
    ),
    "another protocol": (
        "GET",
        "/customers",
        {
            "Connection": "Upgrade, HTTP2-Settings",
            "Upgrade": "h2c",
            "HTTP2-Settings": "AAMAAABkAAQAoAAAAAIAAAAA",
        },
    ),
    "a service within": (
        "GET",
        "/customers",
        dict.fromkeys(("X-Internal-Request", "X-Envoy-Internal", "X-Trusted-Proxy"), "true")
        | {
            "X-Forwarded-Client-Cert": 'Subject="CN=gateway"',
            "X-SSL-Client-S-DN": "CN=gateway",
            "X-Consumer-Username": "{username}",
            "X-Service-Name": "gateway",
        },
    ),
    "tokens": (
        "GET",
        "/customers",
        {
            "X-Api-Key": "cf",
            "X-Auth-Token": "cf",
            "X-Access-Token": "cf",
            "Proxy-Authorization": "Basic Y2Y6Y2Y=",
            "Cookie": "session=cf; PHPSESSID=cf; admin=1; user={username}",
        },
    ),
}
"""Fields by which somebody without credentials may pretend to be let in: method, path, fields."""


def forged(anonymous: Client, way: str, values: Mapping[str, str] | None = None) -> Response:
    """Send the forged fields of a way without credentials, in a POST of `values` if there are."""
    method, path, fields = FORGED[way]
    headers = completed(anonymous, fields)
    if values is not None:
        return anonymous.post(path, data=values, headers=headers)
    return anonymous.request(method, path, headers=headers)
