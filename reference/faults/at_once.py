"""Faults that show only where several requests are under way at the same time."""

import time
from dataclasses import replace
from http import HTTPStatus
from threading import Lock
from typing import Final

from reference.faulty import Fault
from reference.message import Request, Response
from reference.records import Record
from reference.resources import CUSTOMERS

A_WHILE: Final = 0.01
"""Seconds in which other requests come."""


class NoticesOthers(Fault, abstract=True):
    """Does something else where requests of a kind are under way together."""

    def __init__(self, **settings: object) -> None:
        """Start with none under way."""
        super().__init__(**settings)  # type: ignore[arg-type]  # those of the reference server
        self._counting = Lock()
        self._under_way = 0

    def is_meant(self, request: Request) -> bool:
        """Whether a request is of the kind."""
        raise NotImplementedError

    def together(self, request: Request) -> Response:
        """The response to a request that is not the first one under way."""
        return super().respond(request)

    def respond(self, request: Request) -> Response:
        """Take a while for the first one that is meant."""
        if not self.is_meant(request):
            return super().respond(request)
        with self._counting:
            self._under_way += 1
            is_first = self._under_way == 1
        try:
            if not is_first:
                return self.together(request)
            time.sleep(A_WHILE)
            return super().respond(request)
        finally:
            with self._counting:
                self._under_way -= 1


class NoticesOtherCreations(NoticesOthers, abstract=True):
    """Does something else where several customers are created together."""

    def is_meant(self, request: Request) -> bool:
        """Look for a customer to create."""
        return request.method == "POST" and request.target.endswith(CUSTOMERS.name)


class LosesAllButOne(
    NoticesOtherCreations, breaks="posts-at-once-create-each", in_a_whole_run=True
):
    """Forgets what is created while another record is."""

    def together(self, request: Request) -> Response:
        """Create it, and forget it."""
        before = {record.id for record in self.records(CUSTOMERS)}
        response = super().together(request)
        for record in list(self.records(CUSTOMERS)):
            if record.id not in before:
                self.remove(CUSTOMERS, record)
        return response


class KeepsTheTypeInOnePlace(
    NoticesOthers, breaks="gets-at-once-are-not-mixed-up", in_a_whole_run=True
):
    """Keeps the type that was asked for where the requests at the same time keep theirs."""

    def is_meant(self, request: Request) -> bool:
        """Look for one customer."""
        return request.method == "GET" and f"/{CUSTOMERS.name}/" in request.target

    def together(self, request: Request) -> Response:
        """Answer in JSON."""
        fields = tuple(each for each in request.headers if each[0] != "Accept")
        return super().together(replace(request, headers=fields))


class AnswersTheLatest(
    NoticesOtherCreations, breaks="posts-at-once-create-each", in_a_whole_run=True
):
    """Answers a POST with the latest customer, which another one may have created."""

    _latest: Response | None = None

    def sent(self, request: Request, response: Response) -> Response:
        """Keep what a creation is answered."""
        response = super().sent(request, response)
        if self.is_meant(request) and response.status == HTTPStatus.OK:
            latest, self._latest = self._latest, response
            return response if self._under_way == 1 or latest is None else latest
        return response


class WritesBackWhatItRead(
    NoticesOthers, breaks="puts-at-once-keep-each-field", in_a_whole_run=True
):
    """Reads a customer, changes what was sent, and writes all of it back."""

    def is_meant(self, request: Request) -> bool:
        """Look for a customer to update."""
        return request.method == "PUT" and f"/{CUSTOMERS.name}/" in request.target

    def together(self, request: Request) -> Response:
        """Write back what it was before."""
        before = self.aimed_at(request)
        time.sleep(A_WHILE * 2)
        response = super().together(request)
        after = self.aimed_at(request)
        if before is not None and after is not None:
            sent = request.body.decode("latin-1").partition("=")[0]
            old = {name: value for name, value in before.values.items() if name != sent}
            self.replace(CUSTOMERS, after, old)
        return response

    def aimed_at(self, request: Request) -> Record | None:
        """The customer whose id the path ends with."""
        record_id = request.target.rpartition("/")[2]
        return next((each for each in self.records(CUSTOMERS) if each.id == record_id), None)
