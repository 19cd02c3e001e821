"""The transport without a socket behaves like one with a socket."""

import time
from collections.abc import Iterator
from io import BytesIO

import pytest
import requests
from requests.auth import HTTPDigestAuth

from reference import Reference, Request, Response
from reference.adapter import InProcessAdapter
from reference.seed import DENIED_ADDRESS, PASSWORD, USERNAME

BASE_URL = "https://api.example/2.4.9"


class Echo(Reference):
    """Keeps the request, and answers what it is told to."""

    told = Response(200)
    heard = Request("", "")

    def respond(self, request: Request) -> Response:
        """Answer without looking."""
        self.heard = request
        return self.told


def session_to(server: Reference, client: str = "127.0.0.1") -> requests.Session:
    """A session that ends up at this server."""
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", InProcessAdapter(server, client))
    session.mount("http://", InProcessAdapter(server, client))
    return session


@pytest.fixture
def echo() -> Echo:
    """Give a server that echoes."""
    return Echo()


@pytest.fixture
def session(echo: Echo) -> Iterator[requests.Session]:
    """Give a session that ends up at the echo."""
    with session_to(echo) as session:
        yield session


def test_digest_authentication_works() -> None:
    """The authentication of requests asks again, and reuses the nonce."""
    with session_to(Reference()) as session:
        session.auth = HTTPDigestAuth(USERNAME, PASSWORD)
        first = session.get(f"{BASE_URL}/miscellaneous/ping")
        second = session.get(f"{BASE_URL}/miscellaneous/ping")

    assert [len(first.history), len(second.history)] == [1, 0]
    assert second.json() == {"ping": "ok"}
    assert (second.reason, second.encoding) == ("OK", "utf-8")
    assert second.headers["Date"].endswith("GMT")


def test_a_caller_has_an_address() -> None:
    """The adapter calls from the address that it was given."""
    with session_to(Reference(), DENIED_ADDRESS) as session:
        session.auth = HTTPDigestAuth(USERNAME, PASSWORD)
        assert session.get(f"{BASE_URL}/customers").status_code == 401


def test_a_request_arrives_as_it_would_over_a_socket(echo: Echo, session: requests.Session) -> None:
    """Target, fields and body are those that would have been sent."""
    session.post("HTTP://api.example:81/a%20b?c=%C3%A5#d", data={"å": "1"}, headers={"X": "å"})

    assert echo.heard.target == "/a%20b?c=%C3%A5"
    assert echo.heard.body == b"%C3%A5=1"
    assert not echo.heard.secure
    assert echo.heard.header("host") == "api.example:81"
    assert echo.heard.header("content-length") == "8"
    assert (echo.heard.header("x") or "").encode("utf-8", "surrogateescape") == b"\xe5"


def test_a_body_arrives_whatever_it_is_made_of(echo: Echo, session: requests.Session) -> None:
    """Text, bytes, parts of them and a file make the same body."""
    body = "å".encode()
    for data in ("å", body, (body[n : n + 1] for n in range(2)), BytesIO(body)):
        session.post(BASE_URL, data=data)
        assert echo.heard.body == body


def test_a_host_that_was_set_is_sent(echo: Echo, session: requests.Session) -> None:
    """The Host field can be set, and even emptied."""
    session.get(BASE_URL, headers={"Host": ""})

    assert echo.heard.header("Host") == ""


def test_fields_that_come_twice_stay_apart(echo: Echo, session: requests.Session) -> None:
    """A field can be there more than once, below what requests makes of it."""
    echo.told = Response(401, (("X", "a"), ("X", "b, c")))

    response = session.get(BASE_URL)

    assert response.headers["X"] == "a, b, c"
    assert response.raw.headers.getlist("X") == ["a", "b, c"]


@pytest.mark.parametrize("chunked", [True, False])
def test_a_body_can_be_streamed(echo: Echo, session: requests.Session, *, chunked: bool) -> None:
    """A response can be read in parts, or raw."""
    echo.told = Response(200, body=b"abcde", chunked=chunked, close=True)

    with session.get(BASE_URL, stream=True) as response:
        assert list(response.iter_content(2)) == [b"ab", b"cd", b"e"]
    with session.get(BASE_URL, stream=True) as response:
        assert response.raw.read(3, decode_content=True) == b"abc"
        assert ("Content-Length" in response.headers) is not chunked
        assert response.headers["Connection"] == "close"


def test_head_has_no_body(echo: Echo, session: requests.Session) -> None:
    """The length of what would have come is told, and that is all."""
    echo.told = Response(405, body=b"abc")

    response = session.head(BASE_URL)

    assert (response.content, response.headers["Content-Length"]) == (b"", "3")


@pytest.mark.parametrize("timeout", [0.01, (1, 0.01)])
def test_a_late_response_is_waited_for(
    echo: Echo, session: requests.Session, timeout: float | tuple[float, float]
) -> None:
    """A delay takes its time, and no more than the timeout."""
    echo.told = Response(200, delay=0.05)
    start = time.monotonic()
    session.get(BASE_URL)
    assert time.monotonic() - start >= 0.05

    with pytest.raises(requests.ReadTimeout):
        session.get(BASE_URL, timeout=timeout)
