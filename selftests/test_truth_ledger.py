"""What the ledger of truth takes for a contradiction, and what it does not."""

from __future__ import annotations

import json

import pytest

from conformance.checks.truth import Contradiction, contradictions_in
from conformance.spec.media_types import FORM_TYPE
from conformance.wire.exchanges import Exchange
from conformance.wire.journal import Journal
from conformance.wire.responses import Response

CUSTOMER = {"customer_id": "7", "name": "Ada", "email": "", "freespee_caller_id": "0"}


def exchange(
    method: str, path: str, shown: object, body: bytes = b"", status: int = 200
) -> Exchange:
    """Return an exchange whose answer shows one customer; text is a whole body."""
    content = shown if isinstance(shown, str) else json.dumps({"customers": [shown]})
    url = f"https://localhost/2.4.9{path}"
    headers = {"Content-Type": FORM_TYPE} if body else {}
    return Exchange("api", method, url, headers, body, Response(status, (), content.encode()), 0.0)


def created(**shown: object) -> Exchange:
    """Return the POST that has created the customer."""
    return exchange("POST", "/customers", {**CUSTOMER, **shown}, b"name=Ada&custnr=1")


def read(**shown: object) -> Exchange:
    """Return a GET of the customer."""
    return exchange("GET", "/customers/7", {**CUSTOMER, **shown})


def contradictions(*exchanges: Exchange) -> list[Contradiction]:
    """Return what the ledger finds in a run of these exchanges."""
    journal = Journal()
    for each in exchanges:
        journal.add(each)
    return contradictions_in(journal)


def test_two_reads_that_differ_are_a_contradiction() -> None:
    """Both exchanges are kept as its evidence."""
    first, second = read(), read(freespee_caller_id="1")

    (found,) = contradictions(exchange("POST", "/customers", {"customer_id": "7"}), first, second)

    assert (found.name, found.earlier.exchange, found.later.exchange) == (
        "freespee_caller_id",
        first,
        second,
    )
    assert not found.is_about_a_write


def test_ids_may_count_within_a_parent() -> None:
    """Greetings of the same id are two where their customers differ, and one where they do not."""
    shown = {
        customer: json.dumps(
            {"voicemail_greetings": [{"vm_greeting_id": "1", "name": f"of {customer}"}]}
        )
        for customer in ("7", "8")
    }
    made = [
        exchange(
            "POST",
            f"/customers/{each}/voicemail_greetings",
            shown[each],
            b"name=of+" + each.encode(),
        )
        for each in shown
    ]
    own, others = (
        [exchange("GET", f"/customers/{each}/voicemail_greetings/1", shown[of])]
        for each, of in (("7", "7"), ("7", "8"))
    )

    assert contradictions(*made, *own) == []
    assert contradictions(*made, *others) != []


def test_a_post_that_answers_null_for_a_default_is_a_contradiction() -> None:
    """Reads show "0" where the answer to the POST had shown null."""
    (found,) = contradictions(created(freespee_caller_id=None), read())

    assert found.is_about_a_write
    assert not found.is_about_what_was_sent


def test_what_was_sent_has_to_be_shown() -> None:
    """A name other than that of the POST contradicts it."""
    found = contradictions(created(), read(name="Bo"))

    assert [each.name for each in found if each.is_about_what_was_sent] == ["name"]


@pytest.mark.parametrize(
    "exchanges",
    [
        [created(), read()],
        [created(email=None), read()],
        [read(), read(name="Bo")],
        [created(), exchange("PUT", "/customers/7", CUSTOMER, b"name=Ada"), read()],
        [created(), exchange("PUT", "/customers/7", "{}", b"name=Bo"), read(name="Bo")],
        [created(), exchange("PUT", "/customers/07", "{}", b"name=Bo"), read(name="Bo")],
        [
            created(),
            exchange("POST", "/customers/7?_method=PUT", "{}", b"name=Bo"),
            read(name="Bo"),
        ],
        [created(), exchange("DELETE", "/customers/7", "{}"), read(name="Bo")],
        [created(), exchange("POST", "/customers", "", b"name=Bo"), read(name="Bo")],
        [
            created(email="\u00a0"),
            exchange(
                "GET",
                "/customers",
                "<customers><customer><customer_id>7</customer_id>"
                "<email> </email></customer></customers>",
            ),
        ],
        [created(), exchange("GET", "/customers/7", {**CUSTOMER, "name": "Bo"}, status=404)],
        [created(), exchange("GET", "/customers/7", {"customer_id": "7", "surprise": "x"})],
    ],
    ids=[
        "the same",
        "null in the answer to a write",
        "not ours",
        "written the same",
        "written",
        "perhaps written",
        "overridden",
        "deleted",
        "created without an answer",
        "blanks in XML",
        "refused",
        "fewer fields",
    ],
)
def test_what_may_be_is_no_contradiction(exchanges: list[Exchange]) -> None:
    """Nothing is found where something was sent in between, or nothing comparable is shown."""
    assert contradictions(*exchanges) == []
