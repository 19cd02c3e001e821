"""Records of another account are as good as not there."""

import pytest
from asking import Knowing, ask, records

from reference.seed import (
    FOREIGN_CALL_RECORD_ID,
    FOREIGN_CUSTNR,
    FOREIGN_CUSTOMER_ID,
    FOREIGN_SOURCE_ID,
    FOREIGN_USER_ID,
    OTHER_USERNAME,
)


@pytest.fixture
def server() -> Knowing:
    """Give a server that knows its caller."""
    return Knowing()


@pytest.mark.parametrize(
    ("target", "record_id"),
    [
        ("/customers", FOREIGN_CUSTOMER_ID),
        ("/sources", FOREIGN_SOURCE_ID),
        ("/users", FOREIGN_USER_ID),
        ("/statistics/cdrs", FOREIGN_CALL_RECORD_ID),
    ],
)
def test_records_of_another_account_are_not_there(
    server: Knowing, target: str, record_id: str
) -> None:
    """They are there for their own account only, and no different from unknown ones."""
    path = f"{target}/{record_id}"
    unknown = f"{target}/999999"
    for method in ("GET", "PUT", "DELETE"):
        foreign = ask(server, method, path, "name=x")
        assert foreign == ask(server, method, unknown, "name=x")

    server.caller = OTHER_USERNAME
    assert len(records(ask(server, "GET", path))) == 1


@pytest.mark.parametrize("customer_id", [FOREIGN_CUSTOMER_ID, "999999"])
def test_customers_of_another_account_cannot_be_referred_to(
    server: Knowing, customer_id: str
) -> None:
    """Nothing is found by them, and nothing can be given to them."""
    for target in ("/sources", "/users", "/statistics/cdrs", "/customers/voicemail_greetings"):
        assert records(ask(server, "GET", f"{target}?customer_id={customer_id}")) == []
    body = f"customer_id={customer_id}&name=x&email=y&phonenr=%2B46850010"
    assert ask(server, "POST", "/sources", body).status == 400
    assert ask(server, "POST", "/users", body).status == 400
    assert ask(server, "POST", "/customers/voicemail_greetings", body).status == 404
    assert records(ask(server, "GET", f"/sources?custnr={FOREIGN_CUSTNR}")) == []
