"""Faults in which an answer depends on the connection, or on the request before it."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from reference.faulty import Fault
from reference.message import Request, Response
from reference.operation import Operation
from reference.records import Record
from reference.representation import Answer, Value
from reference.resources import CUSTOMERS, SOURCES, Resource
from reference.response_types import XML


class HasAnotherWorker(Fault, abstract=True):
    """Gives each new connection to the other one of two workers."""

    opened: int = 0
    is_first: bool = False
    """Whether the request that is answered is the first one of a connection."""

    def answered(self, request: Request) -> Response:
        """Note whether the connection is new."""
        self.is_first = request.connection > self.opened
        self.opened = max(self.opened, request.connection)
        return super().answered(request)

    def is_elsewhere(self, operation: Operation) -> bool:
        """Whether the second worker has to read something."""
        return operation.method == "GET" and bool(operation.request.connection % 2)


class HasTwoWorkers(HasAnotherWorker, breaks="write-shows-over-every-connection"):
    """Gives each new connection to the other one of two workers; each sees its own writes only."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Read from before the latest update, every second time."""
        records = super().candidates(operation)
        if self.is_elsewhere(operation):
            old: dict[tuple[str, str], Record] = self.__dict__.get("old", {})
            return [old.get((operation.resource.name, each.id), each) for each in records]
        return records

    def replace(self, resource: Resource, record: Record, changes: Mapping[str, Value]) -> Record:
        """Remember what the other worker goes on to see."""
        self.__dict__.setdefault("old", {})[resource.name, record.id] = record
        return super().replace(resource, record, changes)


class SeesNewRecordsLate(HasAnotherWorker, breaks="write-shows-over-every-connection"):
    """Has a second worker, which never hears of new customers and sources."""

    def candidates(self, operation: Operation) -> list[Record]:
        """Leave out what is new, every second time."""
        records = super().candidates(operation)
        if self.is_elsewhere(operation) and self.is_first:
            return [each for each in records if each.id in self.planted()[operation.resource.name]]
        return records


class ServesTheDeletedElsewhere(HasAnotherWorker, breaks="write-shows-over-every-connection"):
    """Has a second worker, which goes on to show what the first one has deleted."""

    def remove(self, resource: Resource, record: Record) -> None:
        """Keep it."""
        super().remove(resource, record)
        self.__dict__.setdefault("kept", {})[resource.name, record.id] = record

    def candidates(self, operation: Operation) -> list[Record]:
        """Add what was deleted, every second time."""
        records = super().candidates(operation)
        kept: dict[tuple[str, str], Record] = self.__dict__.get("kept", {})
        wanted = kept.get((operation.resource.name, operation.record_id or ""))
        if self.is_elsewhere(operation) and wanted is not None:
            return [*records, wanted]
        return records


class KeepsTheFieldsOfThePostBefore(
    Fault,
    breaks="record-shows-what-was-sent-to-it post-takes-nothing-from-the-request-before "
    "post-takes-nothing-from-a-refused-one",
):
    """Fills a POST up with the fields of the POST before it."""

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Fill it up."""
        values = super().values_sent(operation)
        if operation.method != "POST":
            return values
        before: dict[str, dict[str, Value]] = self.__dict__.setdefault("before", {})
        name = operation.resource.name
        known = {n: v for n, v in before.get(name, {}).items() if n not in ("name", "custnr")}
        before[name] = {n: v for n, v in values.items() if n != "customer_id"}
        return {**known, **values}


class KeepsTheAddressOfTheSourceBefore(
    Fault, breaks="record-shows-what-was-sent-to-it post-takes-nothing-from-the-request-before"
):
    """Gives a new source without an address that of the one before it."""

    def insert(
        self, resource: Resource, account: str, record_id: str, values: Mapping[str, Value]
    ) -> Record:
        """Fill it up."""
        if resource is SOURCES:
            latest = self.__dict__.get("email")
            self.__dict__["email"] = values.get("email", None)
            values = {"email": latest, **values}
        return super().insert(resource, account, record_id, values)


class FiltersOnceMore(
    Fault, breaks="get-takes-nothing-from-the-request-before list-is-whole-after-a-filter"
):
    """Applies the filter by number of a GET to the next one as well."""

    def filters(self, operation: Operation) -> Mapping[str, str]:
        """Add the filter before."""
        filters = super().filters(operation)
        if operation.resource is not CUSTOMERS:
            return filters
        latest: Mapping[str, str] = self.__dict__.get("latest", {})
        self.__dict__["latest"] = {n: v for n, v in filters.items() if n == "custnr"}
        return filters if "custnr" in filters else {**latest, **filters}


class StaysInXml(
    Fault,
    breaks="update-moves-no-other-clock delete-moves-no-other-clock "
    "get-takes-nothing-from-the-request-before type-is-for-one-request",
):
    """Answers in XML what names no type, after a customer that was asked for in XML."""

    def media_type(self, request: Request) -> str:
        """Go on with the type before."""
        kind = super().media_type(request)
        latest, self.__dict__["kind"] = self.__dict__.get("kind"), kind
        plain = ".xml" not in request.target and ".json" not in request.target
        anything = request.header("Accept") in {None, "*/*"}
        return XML if latest == XML and plain and anything else kind


class StaysOnThePage(Fault, breaks="get-takes-nothing-from-the-request-before"):
    """Stays on the page that was asked for before."""

    def listing(self, operation: Operation, records: Sequence[Record]) -> Answer:
        """Leave out what would have been on the pages before."""
        asked = operation.parameters.get("page", "")
        page = int(asked) if asked.isdecimal() else 0
        latest, self.__dict__["latest"] = self.__dict__.get("latest", 0), page
        if operation.resource is CUSTOMERS and latest > 1 and not page:
            records = []
        return super().listing(operation, records)


class StaysRefused(Fault, breaks="get-takes-nothing-from-the-request-before"):
    """Answers 400 to a GET behind a POST that was refused for what it lacks."""

    def missing(self, name: str) -> None:
        """Remember it."""
        self.__dict__["sticks"] = True
        super().missing(name)

    def answered(self, request: Request) -> Response:
        """Refuse once more."""
        pending = self.__dict__.pop("sticks", False)
        response = super().answered(request)
        if pending and request.method == "GET" and response.status == 200:  # noqa: PLR2004
            return Response(400, response.headers, b'{"errors": ["missing"]}')
        return response


class AnswersTheRecordBefore(
    Fault, breaks="get-takes-nothing-from-the-request-before write-shows-in-every-read"
):
    """Answers a GET by parameters with the record that was updated by override just before."""

    def perform(self, operation: Operation) -> Answer:
        """Mix the two up."""
        latest, self.__dict__["latest"] = self.__dict__.get("latest"), None
        answer = super().perform(operation)
        if operation.method == "PUT" and operation.request.method == "POST":
            self.__dict__["latest"] = answer
        return latest if latest is not None and operation.method == "GET" else answer


class LeavesLongBodiesUnread(Fault, breaks="get-takes-nothing-from-the-request-before"):
    """Does not read a long body that nobody has signed: it spoils the connection's next request."""

    def answered(self, request: Request) -> Response:
        """Take what was left for the request."""
        spoiled: set[tuple[int, int]] = self.__dict__.setdefault("spoiled", set())
        connection = (request.pool, request.connection)
        if connection in spoiled:
            spoiled.remove(connection)
            return self.unheard(400, "This is no request")
        response = super().answered(request)
        if response.status == 401 and len(request.body) > 600:  # noqa: PLR2004
            spoiled.add(connection)
        return response


class KeepsTheBodyOfAChallengedPost(Fault, breaks="post-takes-nothing-from-the-request-before"):
    """Fills a POST up with the form that was refused before it on the connection."""

    def answered(self, request: Request) -> Response:
        """Remember the form of who has no credentials."""
        if request.method == "POST" and request.header("Authorization") is None:
            self.__dict__["challenged"] = request.connection, request.body
        return super().answered(request)

    def values_sent(self, operation: Operation) -> dict[str, Value]:
        """Fill it up."""
        values = super().values_sent(operation)
        connection, body = self.__dict__.get("challenged", (None, b""))
        if operation.method == "POST" and connection == operation.request.connection:
            kept = self.form_parameters(body)
            known = {"corporateid", "email"} & kept.keys()
            if operation.resource is CUSTOMERS:
                return {**{name: kept[name] for name in known}, **values}
        return values


class KeepsTheOverrideOfThePutBefore(Fault, breaks="post-takes-nothing-from-the-request-before"):
    """Takes a POST for a PUT where the request before was one by the header."""

    def effective_method(self, request: Request, query: Mapping[str, str]) -> str:
        """Remember the override for one request."""
        before: str | None = self.__dict__.pop("overridden", None)
        if self.override_in_header(request) == "PUT":
            self.__dict__["overridden"] = "PUT"
        method = super().effective_method(request, query)
        return before if before and method == "POST" else method


class KeepsTheTypeOfARefusal(Fault, breaks="get-takes-nothing-from-the-request-before"):
    """Answers in XML what names no type, after a request for XML that was answered 400."""

    def answered(self, request: Request) -> Response:
        """Remember how it ended."""
        response = super().answered(request)
        if response.status != HTTPStatus.UNAUTHORIZED:
            in_xml = request.header("Accept") == "application/xml"
            self.__dict__["left"] = in_xml and response.status == HTTPStatus.BAD_REQUEST
        return response

    def media_type(self, request: Request) -> str:
        """Go on with the type before."""
        kind = super().media_type(request)
        is_open = request.header("Accept") in {None, "*/*"}
        plain = ".xml" not in request.target and ".json" not in request.target
        return XML if self.__dict__.get("left") and is_open and plain else kind
