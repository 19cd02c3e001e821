"""Where paths lead, and which methods there are."""

import pytest
from asking import Knowing, ask, content, names

from reference import Request

CRUD = "GET, POST, PUT, DELETE"


@pytest.mark.parametrize(
    "target",
    [
        "/customers/",
        "//customers",
        "/customers//1",
        "/customers/1/",
        "/customers/abc",
        "/customers/1/2",
        "/customers/-1",
        "/customers/1.0",
        "/customers/٣",
        "/customers/%2031",
        "/customers.yaml",
        "/customers.xml.json",
        "/Customers",
        "/customers%2F1",
        "/customers/voicemail_greetings/2/3",
        "/voicemail_greetings",
        "/customers/1/sources",
        "/statistics",
        "/statistics/cdrs&page=2",
        "/miscellaneous/ping/1",
        "/./customers",
        "",
        "/",
    ],
)
def test_other_paths_lead_nowhere(target: str) -> None:
    """What is not the path of a resource is not found, and the answer says so."""
    response = ask(Knowing(), "GET", target)

    assert response.status == 404
    assert content(response)["errors"]


def test_a_suffix_belongs_to_a_resource() -> None:
    """After an id a suffix makes a path that leads nowhere."""
    assert ask(Knowing(), "GET", "/customers/1.xml").status == 404


@pytest.mark.parametrize("version", ["2.4", "2.4.10", "v2.4.9", "2.4.9.0", "", "customers"])
def test_other_versions_are_not_found(version: str) -> None:
    """A version has to be one that is offered."""
    assert ask(Knowing(), "GET", "/customers", version=version).status == 404


def test_several_versions_can_be_offered() -> None:
    """Each version that is offered answers, with the same records."""
    server = Knowing(versions=("2.4.9", "2.4.0"))

    bodies = [ask(server, "GET", "/customers", version=each).body for each in server.versions]

    assert bodies[0] == bodies[1]


def test_escapes_in_a_path_are_the_characters_that_they_stand_for() -> None:
    """A percent-encoded letter is that letter."""
    assert names(ask(Knowing(), "GET", "/%63ustomers/%31"), "customer_id") == ["1"]


def test_a_whole_url_is_a_target() -> None:
    """A request target may be a URL, as every server has to understand."""
    request = Request("GET", "https://api.example/2.4.9/customers/1", (("Host", "a"),))

    assert Knowing().respond(request).status == 200


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("/customers", CRUD),
        ("/customers/1", "GET, PUT, DELETE"),
        ("/customers?customer_id=1", "GET, PUT, DELETE"),
        ("/customers/1/voicemail_greetings", CRUD),
        ("/customers/voicemail_greetings", CRUD),
        ("/customers/1/voicemail_greetings/2", "GET, PUT, DELETE"),
        ("/sources", CRUD),
        ("/users/1", "GET, PUT, DELETE"),
        ("/statistics/cdrs", "GET"),
        ("/statistics/cdrs/1", "GET"),
        ("/miscellaneous/ping", "GET"),
    ],
)
def test_other_methods_are_not_allowed(target: str, allowed: str) -> None:
    """What a place does not have is answered with what it has."""
    methods = {"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "get", "FOO"}

    for method in methods.difference(allowed.split(", ")):
        response = ask(Knowing(), method, target)
        assert (method, response.status) == (method, 405)
        assert response.header("Allow") == allowed


def test_ping_says_ok() -> None:
    """The answer to a ping is this and nothing else."""
    assert ask(Knowing(), "GET", "/miscellaneous/ping").body == b'{"ping":"ok"}'
    assert ask(Knowing(), "GET", "/miscellaneous/ping.xml").body.endswith(b"<ping>ok</ping>")


@pytest.mark.parametrize(
    ("target", "headers"),
    [
        ("/customers/1?_method=PUT", {}),
        ("/customers/1", {"X_HTTP_Method_Override": "PUT"}),
        ("/customers?_method=PUT&customer_id=1", {"x_http_method_override": "DELETE"}),
    ],
)
def test_a_post_can_stand_for_a_put(target: str, headers: dict[str, str]) -> None:
    """The override counts, and what the URL says counts more."""
    server = Knowing()

    assert names(ask(server, "POST", target, "name=B", **headers), "name") == ["B"]
    assert names(ask(server, "GET", "/customers/1"), "name") == ["B"]


@pytest.mark.parametrize(
    ("target", "body"),
    [
        ("/customers/1?_method=DELETE", ""),
        ("/customers?_method=DELETE&customer_id=1", ""),
        ("/customers?_method=DELETE", "customer_id=1"),
    ],
)
def test_a_post_can_stand_for_a_delete(target: str, body: str) -> None:
    """The parameters are then where those of a DELETE are."""
    server = Knowing()

    assert ask(server, "POST", target, body).status == 200
    assert names(ask(server, "GET", "/customers/1"), "name") == []


@pytest.mark.parametrize("override", ["", "GET", "POST", "put", "PATCH", "PUT,DELETE"])
def test_a_post_cannot_stand_for_anything_else(override: str) -> None:
    """Any other override is a bad request, in both places."""
    server = Knowing()

    assert ask(server, "POST", f"/customers/1?_method={override}", "name=B").status == 400
    assert ask(server, "POST", "/customers/1", X_HTTP_Method_Override=override).status == 400


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_other_methods_cannot_be_overridden(method: str) -> None:
    """An override counts with POST alone, and nowhere but in the URL or the header."""
    server = Knowing()

    headers = {"X_HTTP_Method_Override": "DELETE"}
    ask(server, method, "/customers/1?_method=DELETE", "_method=DELETE", **headers)

    assert names(ask(server, "GET", "/customers/1"), "customer_id") == ["1"]
    assert ask(server, "POST", "/customers/1", "_method=DELETE").status == 405
