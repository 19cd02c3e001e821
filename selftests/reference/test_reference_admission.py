"""What is refused before anything else is looked at."""

import pytest
from asking import Knowing, content

from reference import Reference, Request
from reference.seed import ALLOWED, DENIED_ADDRESS

TARGET = "/2.4.9/customers"
HOST = (("Host", "api.example"),)


def test_plain_http_is_refused() -> None:
    """Over plain HTTP there is nothing but a 403 with an explanation, whatever is asked."""
    responses = [
        Reference().respond(Request(method, target, secure=False, client=DENIED_ADDRESS))
        for method in ("GET", "POST", "NONSENSE")
        for target in (TARGET, "/", "*")
    ]

    assert {response.status for response in responses} == {403}
    assert all(content(response)["errors"] for response in responses)


@pytest.mark.parametrize("http_version", ["1.0", "1.1"])
@pytest.mark.parametrize("headers", [(), (("Host", ""),)])
def test_a_request_without_host_is_bad(
    headers: tuple[tuple[str, str], ...], http_version: str
) -> None:
    """The Host field has to be there, before credentials are asked for."""
    request = Request("GET", TARGET, headers, http_version=http_version)

    assert Reference().respond(request).status == 400


def test_http_1_0_with_host_is_served() -> None:
    """An old client that sends Host is as good as any."""
    assert Knowing().respond(Request("GET", TARGET, HOST, http_version="1.0")).status == 200


def test_an_address_that_is_not_on_the_list_is_unauthorized() -> None:
    """The address counts, whoever calls, and is refused like wrong credentials."""
    response = Knowing().respond(Request("GET", TARGET, HOST, client=DENIED_ADDRESS))

    assert DENIED_ADDRESS not in ALLOWED
    assert (response.status, response.body) == (401, b"null")
    assert (response.header("WWW-Authenticate") or "").startswith("Digest ")


def test_an_address_cannot_be_claimed() -> None:
    """What a caller says about its address does not count."""
    claims = (("X-Forwarded-For", "127.0.0.1"), ("Forwarded", "for=127.0.0.1"))
    request = Request("GET", TARGET, (*HOST, *claims), client=DENIED_ADDRESS)

    assert Knowing().respond(request).status == 401
