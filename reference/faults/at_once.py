"""Faults that show only where several requests are under way at the same time."""

import time
from dataclasses import replace
from threading import Lock
from typing import Final

from reference.faulty import Fault
from reference.message import Request, Response
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
        raise NotImplementedError

    def respond(self, request: Request) -> Response:
        """Take a while for what is meant."""
        if not self.is_meant(request):
            return super().respond(request)
        with self._counting:
            self._under_way += 1
            is_first = self._under_way == 1
        time.sleep(A_WHILE)
        try:
            return super().respond(request) if is_first else self.together(request)
        finally:
            with self._counting:
                self._under_way -= 1


class LosesAllButOne(NoticesOthers, breaks="posts-at-once-create-each", in_a_whole_run=True):
    """Forgets what is created while another record is."""

    def is_meant(self, request: Request) -> bool:
        """Look for a customer to create."""
        return request.method == "POST" and request.target.endswith(CUSTOMERS.name)

    def together(self, request: Request) -> Response:
        """Create it, and forget it."""
        before = {record.id for record in self.records(CUSTOMERS)}
        response = super(NoticesOthers, self).respond(request)
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
        return super(NoticesOthers, self).respond(replace(request, headers=fields))
