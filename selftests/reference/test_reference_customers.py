"""What the methods do to records, as customers show it."""

from urllib.parse import quote

import pytest
from asking import Knowing, ask, content, names, records

from reference import Reference
from reference.resources import CUSTOMERS
from reference.seed import FOREIGN_CUSTNR, FOREIGN_CUSTOMER_ID


@pytest.fixture
def server() -> Knowing:
    """Give a server that knows its caller."""
    return Knowing()


def test_a_customer_is_created_with_what_was_sent(server: Knowing) -> None:
    """POST answers the new record, complete and in order, and it can be read back."""
    response = ask(server, "POST", "/customers", "name=B&custnr=n&custom_2=x&freespee_caller_id=1")

    (customer,) = records(response)
    assert list(customer) == list(CUSTOMERS.blank)
    assert {name for name, value in customer.items() if value} == {
        *("customer_id", "name", "custnr", "uuid", "custom_2"),
        *("receive_monthly_report", "freespee_caller_id"),
    }
    assert list(content(response)) == ["customers"]
    assert records(ask(server, "GET", "/customers/125")) == [customer]


@pytest.mark.parametrize("target", ["/customers/1", "/customers?customer_id=1"])
def test_put_changes_what_was_sent(server: Knowing, target: str) -> None:
    """What a PUT does not name stays as it is, and what it empties is empty."""
    (before,) = records(ask(server, "GET", "/customers/1"))

    response = ask(server, "PUT", target, "name=B&custom_1=")

    assert records(response) == [{**before, "name": "B", "custom_1": ""}]
    assert records(ask(server, "GET", "/customers/1")) == records(response)
    assert records(ask(server, "PUT", target)) == records(response)


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/customers/126", 404),
        ("/customers?customer_id=126", 404),
        (f"/customers/{FOREIGN_CUSTOMER_ID}", 404),
        ("/customers/01", 404),
        ("/customers", 400),
        ("/customers?customer_id=", 400),
        ("/customers?customer_id=x", 400),
    ],
)
def test_put_and_delete_need_a_record(
    server: Knowing, method: str, target: str, status: int
) -> None:
    """Neither an unknown id nor none makes them do anything."""
    before = ask(server, "GET", "/customers").body

    assert ask(server, method, target, "name=B&custnr=n").status == status
    assert ask(server, "GET", "/customers").body == before


@pytest.mark.parametrize(
    "body",
    [
        "",
        "name=B",
        "custnr=n",
        "name=&custnr=n",
        "name=B&custnr=",
        "name=B&custnr=1001",
        f"name={'ö' * 61}&custnr=n",
        f"name=B&custnr={'x' * 46}",
        f"name=B&custnr=n&corporateid={'x' * 41}",
        f"name=B&custnr=n&email={'x' * 151}",
        f"name=B&custnr=n&custom_1={'x' * 256}",
        "name=B&custnr=n&receive_monthly_report=3",
        "name=B&custnr=n&freespee_caller_id=",
        "name=B&custnr=n&custom_3=x",
        "name=B&custnr=n&custom_0=x",
        "name=B&custnr=n&custom_21=x",
    ],
    ids=lambda body: body[:40],
)
def test_what_is_not_valid_is_not_created(server: Knowing, body: str) -> None:
    """A bad request is explained, and creates nothing; most of it is as bad in a PUT."""
    response = ask(server, "POST", "/customers", quote(body, safe="=&"))

    assert response.status == 400
    assert content(response)["errors"]
    assert len(records(ask(server, "GET", "/customers"))) == 6


def test_values_may_be_as_long_as_is_said(server: Knowing) -> None:
    """Characters are counted, not bytes."""
    name, custnr, custom = "🦊" * 60, "å" * 45, "山" * 255

    body = "&".join(f"{k}={quote(v)}" for k, v in [("name", name), ("custom_1", custom)])
    response = ask(server, "POST", "/customers", f"custnr={quote(custnr)}&{body}")

    assert names(response, "name") == [name]


@pytest.mark.parametrize("body", ["custnr=1002", "name=", "custnr=", "custom_3=x"])
def test_what_is_not_valid_is_not_changed(server: Knowing, body: str) -> None:
    """PUT checks values as POST does."""
    assert ask(server, "PUT", "/customers/1", body).status == 400


def test_a_custnr_is_unique_within_an_account(server: Knowing) -> None:
    """A customer keeps its own number, and may have one of another account's customer."""
    assert ask(server, "PUT", "/customers/1", "custnr=1001").status == 200
    assert ask(server, "PUT", "/customers/1", f"custnr={FOREIGN_CUSTNR}").status == 200


def test_with_a_customer_goes_what_hangs_on_it(server: Knowing) -> None:
    """DELETE removes a customer with greetings, sources and users; calls stay."""
    calls = content(ask(server, "GET", "/statistics/cdrs?customer_id=1"))["total"]

    response = ask(server, "DELETE", "/customers/1")

    assert content(response) == {"customers": []}
    assert "1" not in names(ask(server, "GET", "/sources"), "customer_id")
    assert "1" not in names(ask(server, "GET", "/users"), "customer_id")
    assert records(ask(server, "GET", "/customers/1/voicemail_greetings")) == []
    assert content(ask(server, "GET", "/statistics/cdrs?customer_id=1"))["total"] == calls
    assert ask(server, "DELETE", "/customers/1").status == 404


def test_an_id_is_never_used_again(server: Knowing) -> None:
    """After a DELETE the next record gets another id."""
    ask(server, "POST", "/customers", "name=B&custnr=n")
    ask(server, "DELETE", "/customers/125")

    assert names(ask(server, "POST", "/customers", "name=B&custnr=n"), "customer_id") == ["126"]


def test_servers_share_nothing_that_changes(server: Knowing) -> None:
    """What is written to one server is not seen on another."""
    ask(server, "PUT", "/customers/1", "name=B")
    ask(server, "DELETE", "/customers/2")

    assert len(records(ask(Knowing(), "GET", "/customers"))) == 6
    assert names(ask(Knowing(), "GET", "/customers/1"), "name") != ["B"]


def test_a_server_costs_next_to_nothing() -> None:
    """What is large is shared by all servers."""
    assert Reference().records(CUSTOMERS) is not Reference().records(CUSTOMERS)
    assert next(iter(Reference().records(CUSTOMERS))) is next(iter(Reference().records(CUSTOMERS)))
