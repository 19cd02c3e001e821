"""Faults that let one account see, change or count what is another's."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reference import seed
from reference.digest import HASHES, Credentials, algorithm_of
from reference.faulty import Fault
from reference.message import Request, Response
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import (
    CALL_RECORDS,
    CUSTOMER,
    CUSTOMERS,
    GREETINGS,
    SOURCES,
    USERS,
    Field,
    Resource,
)


class ForgetsTheAccount(Fault, abstract=True):
    """Forgets who calls in some operations; the faults below say in which."""

    def forgets(self, operation: Operation) -> bool:
        """Whether it forgets the account; never, as long as a fault does not say so."""
        del operation
        return False

    def candidates(self, operation: Operation) -> list[Record]:
        """Take the records of all accounts."""
        if self.forgets(operation):
            return list(self.records(operation.resource))
        return super().candidates(operation)


class ListsCallsOfEveryAccount(
    ForgetsTheAccount,
    breaks="calls-of-another-account-are-not-shown calls-by-customer",
):
    """Lists the calls of every account where nothing is filtered."""

    def forgets(self, operation: Operation) -> bool:
        """Look at the filters."""
        return operation.resource is CALL_RECORDS and not self.filters(operation)


class FindsCallsOfEveryAccount(ForgetsTheAccount, breaks="calls-of-another-account-are-not-shown"):
    """Answers a call of any account by its id."""

    def forgets(self, operation: Operation) -> bool:
        """Look for the id."""
        return operation.resource is CALL_RECORDS and operation.record_id is not None


class UpdatesForeignSources(ForgetsTheAccount, breaks="other-account-is-not-changed"):
    """Updates the sources of every account."""

    def forgets(self, operation: Operation) -> bool:
        """Look at the method."""
        return operation.resource is SOURCES and operation.method == "PUT"


class DeletesForeignUsers(ForgetsTheAccount, breaks="other-account-is-not-deleted"):
    """Deletes the users of every account."""

    def forgets(self, operation: Operation) -> bool:
        """Look at the method."""
        return operation.resource is USERS and operation.method == "DELETE"


class DeletesForeignCustomersByOverride(ForgetsTheAccount, breaks="other-account-is-not-deleted"):
    """Deletes the customers of every account for those who ask by POST."""

    def forgets(self, operation: Operation) -> bool:
        """Look at the method that was sent, and at the one that is meant."""
        sent = operation.request.method == "POST"
        return operation.resource is CUSTOMERS and operation.method == "DELETE" and sent


class FindsUsersOfEveryAccount(ForgetsTheAccount, breaks="other-account-is-not-shown"):
    """Answers a user of any account by its id."""

    def forgets(self, operation: Operation) -> bool:
        """Look for the id."""
        reads = operation.method == "GET" and operation.record_id is not None
        return operation.resource is USERS and reads


class ShowsGreetingsBelowAnyCustomer(Fault, breaks="other-account-is-not-shown"):
    """Answers any greeting by its id below a customer of one's own."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Look for the customer, and forget whose the greeting is."""
        own = super().candidates(operation)
        if operation.resource is not GREETINGS or operation.method != "GET" or not own:
            return own
        wanted = operation.record_id
        found = [each for each in self.records(GREETINGS) if each.id == wanted]
        return own + [each for each in found if each.account not in {None, operation.account}]


class CountsEveryAccount(Fault, breaks="other-account-is-not-counted"):
    """Counts the customers of every account that match a custnr."""

    def paging_properties(
        self, matching: int, shown: int, page: int, pagesize: int
    ) -> Mapping[str, int | str]:
        """Add those of other accounts."""
        others = self.__dict__.pop("others", 0)
        return super().paging_properties(matching + others, shown, page, pagesize)

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Look how many there are."""
        custnr = operation.parameters.get("custnr")
        if operation.resource is CUSTOMERS and custnr is not None:
            found = self.having(list(self.records(CUSTOMERS)), "custnr", custnr)
            self.others = sum(each.account != operation.account for each in found)
        return super().listing(operation, records)


class CreatesForTheCustomersOfOthers(
    Fault,
    breaks="nothing-is-made-in-another-account post-for-a-foreign-customer-is-refused",
):
    """Creates users for the customers of other accounts, and gives them to those."""

    def value_sent(self, operation: Operation, field: Field, text: str) -> Value:
        """Take any customer that is there."""
        known = self.having(list(self.records(CUSTOMERS)), "customer_id", text)
        if field.name == "customer_id" and operation.resource is USERS and known:
            return text
        return super().value_sent(operation, field, text)

    def insert(
        self, resource: Resource, account: str, record_id: str, values: Mapping[str, Value]
    ) -> Record:
        """Give the record to the account of its customer."""
        owners = self.having(
            list(self.records(CUSTOMERS)), "customer_id", str(values.get("customer_id"))
        )
        owner = owners[0].account if owners and resource is USERS else account
        return super().insert(resource, owner or account, record_id, values)


class MovesSourcesToOthers(
    Fault, breaks="nothing-is-made-in-another-account source-stays-in-its-account"
):
    """Lets a PUT give a source to a customer of another account."""

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Take the customer as well."""
        values = super().values_sent(operation)
        if operation.resource is not SOURCES or operation.method != "PUT":
            return values
        sent = self.body_parameters(operation.request, SOURCES, "PUT")
        return {**values, **{name: sent[name] for name in (CUSTOMER.name,) if name in sent}}

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Give the record to the account of its customer."""
        owner = changes.get(CUSTOMER.name)
        if resource is SOURCES and owner:
            customers = self.having(list(self.records(CUSTOMERS)), CUSTOMER.name, str(owner))
            if customers:
                record = replace(record, account=customers[0].account)
        return super().replace(resource, record, changes)


class FindsSourcesByAnyCustnr(
    Fault, breaks="other-account-is-not-shown other-account-is-not-counted"
):
    """Finds the sources of every account by the custnr of their customer."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Look at all customers."""
        custnr = operation.parameters.get("custnr")
        if operation.resource is SOURCES and operation.method == "GET" and custnr is not None:
            wanted = {
                each.id for each in self.having(list(self.records(CUSTOMERS)), "custnr", custnr)
            }
            return [each for each in self.records(SOURCES) if each.values["customer_id"] in wanted]
        return super().candidates(operation)


class TakesThePasswordOfAnyAccount(Fault, breaks="password-opens-one-account"):
    """Takes the password of any account for any user name."""

    def response_fits(self, credentials: Credentials, method: str, secret: str) -> bool:
        """Try the password of every account."""
        hashed = HASHES[algorithm_of(credentials.algorithm)]
        secrets = [
            hashed(f"{credentials.username}:{self.realm}:{password}")
            for password in seed.PASSWORDS.values()
        ]
        fits = super().response_fits
        return fits(credentials, method, secret) or any(
            fits(credentials, method, each) for each in secrets
        )


class AnswersFromTheListOfOthers(Fault, breaks="other-account-is-not-shown"):
    """Keeps the list of customers for a moment, whoever asks."""

    kept: tuple[str, Response] | None = None

    def respond(self, request: Request) -> Response:
        """Answer it once more to the next one."""
        response = super().respond(request)
        asked = request.target.rpartition("/")[2]
        if request.method != "GET" or asked != "customers" or response.status != 200:  # noqa: PLR2004
            return response
        account = str(request.header("Authorization")).partition('username="')[2].partition('"')[0]
        kept, self.kept = self.kept, (account, response)
        if kept is not None and kept[0] != account:
            self.kept = None
            return kept[1]
        return response


class ShowsTheSecondAccountEverything(
    Fault,
    breaks="other-account-is-not-shown other-account-is-not-counted other-account-is-not-deleted "
    "nothing-is-made-in-another-account nonce-belongs-to-no-account",
):
    """Shows the customers of every account to all accounts but the first."""

    def is_visible(self, record: Record, account: str) -> bool:
        """Look whether it is the first one."""
        is_second = account != seed.USERNAME and "custnr" in record.values
        return (is_second and "duration" not in record.values) or super().is_visible(
            record, account
        )


class LinksForeignGreetings(Fault, breaks="other-account-is-not-linked"):
    """Lets a source use a greeting of another account."""

    def greeting_id(self, operation: Operation, text: str) -> str:
        """Take any that is there."""
        known = self.having(list(self.records(GREETINGS)), "vm_greeting_id", text)
        return text if known else super().greeting_id(operation, text)


class KnowsTheFirstUserOfAConnection(
    Fault, breaks="other-account-is-not-shown nonce-belongs-to-no-account"
):
    """Takes whoever comes over a connection for the one who came over it first."""

    def admit(self, request: Request) -> str:
        """Look at the credentials, and then for the connection."""
        account = super().admit(request)
        users: dict[tuple[int, int], str] = self.__dict__.setdefault("users", {})
        return users.setdefault((request.pool, request.connection), account)


class ServesWhoIsNamedLast(Fault, breaks="user-named-twice-gets-one-account"):
    """Verifies the first user that an Authorization field names, and serves the last one."""

    def authenticate(self, request: Request) -> str:
        """Leave the others out, and look at them afterwards."""
        header = request.header("Authorization") or ""
        named: list[str] = re.findall('username="([^"]*)"', header)
        if len(named) <= 1:
            return super().authenticate(request)
        rest = re.sub('username="[^"]*",? ?', "", header.partition(" ")[2]).rstrip(", ")
        fields = [each for each in request.headers if each[0].lower() != "authorization"]
        first = ("Authorization", f'Digest username="{named[0]}", {rest}')
        super().authenticate(replace(request, headers=(*fields, first)))
        return named[-1]


class KeepsListsForEverybody(Fault, breaks="other-account-is-not-shown"):
    """Keeps the list of sources by its address, until something is written."""

    def perform(self, operation: Operation) -> Answer:
        """Answer what is kept."""
        kept: dict[str, Answer] = self.__dict__.setdefault("kept", {})
        if operation.method != "GET":
            kept.clear()
        target = operation.request.target
        if operation.method != "GET" or not target.endswith("/sources"):
            return super().perform(operation)
        if target not in kept:
            kept[target] = super().perform(operation)
        return kept[target]


class ShowsSingleCallsOfEveryAccount(
    ForgetsTheAccount, breaks="calls-of-another-account-are-not-shown"
):
    """Answers a call by its path, whoever's it is."""

    def forgets(self, operation: Operation) -> bool:
        """Look into the path."""
        return operation.resource is CALL_RECORDS and CALL_RECORDS.id_name in operation.ids
