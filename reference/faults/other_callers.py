"""Faults that let a caller see or touch what belongs to another, or to a request of before."""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from http import HTTPStatus

from reference.faulty import Fault, LetsIn
from reference.message import Request, Response
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer
from reference.resources import CALL_RECORDS, CUSTOMERS, GREETINGS, SOURCES, USERS

MIXED_ADDRESS = re.compile(
    r"/[^/]+/customers(\.json|\.xml)?/voicemail_greetings(\.json|\.xml)?/[0-9]+"
)

SECONDS = 3


A_MINUTE = 60


class Remembers(Fault, abstract=True):
    """Answers some GETs from memory, until a write that it takes notice of."""

    @cached_property
    def memory(self) -> dict[Hashable, Answer]:
        """What was answered."""
        return {}

    def key(self, operation: Operation) -> Hashable:
        """Under what the answer to a GET is remembered, if it is."""
        raise NotImplementedError

    def notices(self, operation: Operation) -> bool:
        """Whether the memory is emptied by a write."""
        del operation
        return True

    def perform(self, operation: Operation) -> Answer:
        """Carry an operation out."""
        if operation.method == "GET" and (key := self.key(operation)) is not None:
            if key not in self.memory:
                self.memory[key] = super().perform(operation)
            return self.memory[key]
        answer = super().perform(operation)
        if operation.method != "GET" and self.notices(operation):
            self.memory.clear()
        return answer


class MediaIsKeptByACache(Fault, breaks="kept-answer-is-not-for-everybody"):
    """A cache in front keeps answers that hold a sound, and gives them to callers unknown."""

    @cached_property
    def kept(self) -> dict[tuple[str, str | None], tuple[float, Response]]:
        """Nothing at first."""
        return {}

    def answered(self, request: Request) -> Response:
        """Look a GET without credentials up first; keep what came for others for a minute."""
        if request.method != "GET" or not request.secure:
            return super().answered(request)
        key, now = (request.target, request.header("Accept")), self.now().timestamp()
        if request.header("Authorization") is None and key in self.kept:
            since, response = self.kept[key]
            if now - since < A_MINUTE:
                return response
        response = super().answered(request)
        if response.status == HTTPStatus.OK and b"sounddata" in response.body:
            self.kept[key] = (now, response)
        return response


class MixedAddressIsUnguarded(LetsIn, breaks="anonymous-mixed-form-gets-no-data"):
    """The guard's routes lack a sub-resource with its own id in the path, the parent's not."""

    def is_let_in(self, request: Request) -> bool:
        """Whether the path is like customers/voicemail_greetings/2."""
        return bool(MIXED_ADDRESS.fullmatch(request.target.partition("?")[0]))


class ShortVersionIsUnguarded(LetsIn, breaks="anonymous-base-url-gets-no-data"):
    """Serves 2.4 as an alias of 2.4.9, in a place of the configuration that lacks the guard."""

    def alias(self) -> str:
        """The first version without its last number."""
        return self.versions[0].rpartition(".")[0]

    def is_served(self, version: str) -> bool:
        """The alias is served, too."""
        return version == self.alias() or super().is_served(version)

    def is_let_in(self, request: Request) -> bool:
        """Whether the path begins with the alias."""
        return request.target.startswith(f"/{self.alias()}/")


class CountIsCachedByQuery(Fault, breaks="same-query-has-each-account-its-total"):
    """Keeps counts of a query for seconds, and tells them to an account that asks the same."""

    @cached_property
    def counts(self) -> dict[object, tuple[str, float, Mapping[str, int | str]]]:
        """Nothing at first."""
        return {}

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """The answer with the counts that are in the cache; the one who put them there has new."""
        answer = super().listing(operation, records)
        if answer.paging is None:
            return answer
        key = (operation.resource.name, *sorted(operation.parameters.items()))
        now = self.now().timestamp()
        account, since, paging = self.counts.get(key, (operation.account, now, answer.paging))
        if account == operation.account or now - since > SECONDS:
            self.counts[key] = (operation.account, now, answer.paging)
            return answer
        return replace(answer, paging=paging)


class CascadesBeforeItLooks(Fault, breaks="delete-of-a-foreign-customer-leaves-what-it-has"):
    """DELETE of a foreign customer is 404, but what hangs on it is deleted before that is seen."""

    def delete(self, operation: Operation) -> Answer:
        """Delete dependents first."""
        if operation.resource is CUSTOMERS and operation.record_id:
            for dependent in (GREETINGS, SOURCES, USERS):
                self.remove_having(dependent, "customer_id", operation.record_id)
        return super().delete(operation)


class CallsAreThoseOfTheSource(Fault, breaks="calls-of-another-account-are-not-shown"):
    """Calls by customer and source together are looked up by a join that lacks the account."""

    def read(self, operation: Operation) -> Answer:
        """Answer as if the account were that of the source that is asked for."""
        asked = operation.parameters
        if operation.resource is CALL_RECORDS and "customer_id" in asked and "source_id" in asked:
            for source in self.records(SOURCES):
                if source.id == asked["source_id"]:
                    operation = replace(operation, account=source.account or "")
        return super().read(operation)


class CachesByValuesAlone(Remembers, breaks="page-is-not-taken-for-pagesize"):
    """page=1&pagesize=2 is answered as page=2&pagesize=1 was: the key has values, but no names."""

    def key(self, operation: Operation) -> Hashable:
        """The values that were sent, sorted."""
        values = sorted(operation.parameters.values())
        return operation.account, operation.resource.name, tuple(values)


class KeepsUsersOfTheDeleted(Remembers, breaks="users-go-from-every-reading"):
    """The users of a customer, once listed, are listed still after the customer was deleted."""

    def key(self, operation: Operation) -> Hashable:
        """Under what the answer to a GET is remembered."""
        if operation.resource is USERS and "customer_id" in operation.parameters:
            return operation.account, tuple(sorted(operation.parameters.items()))
        return None

    def notices(self, operation: Operation) -> bool:
        """Whether the memory is emptied by a write."""
        return operation.resource is not CUSTOMERS or operation.method != "DELETE"


class KeepsThePagesize(Fault, breaks="pagesize-is-not-that-of-a-later-page"):
    """A pagesize goes for later pages of any list as well, until the account asks for another."""

    @cached_property
    def preferred(self) -> dict[str, str]:
        """The page size of each account."""
        return {}

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """The answer to a GET."""
        sent = operation.parameters
        if self.is_paged(operation) and "pagesize" in sent:
            self.pagesize(sent)
            self.preferred[operation.account] = sent["pagesize"]
        elif "page" in sent and operation.account in self.preferred:
            wanted = {**sent, "pagesize": self.preferred[operation.account]}
            operation = replace(operation, parameters=wanted)
        return super().listing(operation, records)
