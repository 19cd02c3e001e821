"""What may lock the account comes last: no wrong credentials leave before every other rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from running import all_at, suite

from reference.surroundings import Surrounded, Surrounding

if TYPE_CHECKING:
    from reference.message import Request, Response
    from reference.server import Reference

SECURITY = ("suites/security/test_digest.py", "suites/consuming/test_creating.py")


class NotesRefusals(Surrounding):
    """Notes of each request with credentials whether these were refused, and not just too old."""

    def __init__(self, server: Reference) -> None:
        """Start without any."""
        super().__init__(server)
        self.refused: list[bool] = []

    def respond(self, request: Request, connection: int) -> Response:
        """Answer, and note it."""
        response = super().respond(request, connection)
        if request.header("Authorization") is not None:
            stale = "stale=true" in (response.header("WWW-Authenticate") or "").lower()
            self.refused.append(response.status == 401 and not stale)
        return response


def test_nothing_that_is_refused_comes_before_the_rest() -> None:
    """A server sees right credentials alone, until all rules but those of the stage are done."""
    with Surrounded(NotesRefusals) as surrounded:
        noted = surrounded.surrounding
        assert isinstance(noted, NotesRefusals)
        others = suite(*all_at(surrounded, "--profile=quick", "-m", "not offending", *SECURITY))
        before, noted.refused = noted.refused, []
        outcome = suite(*all_at(surrounded, "--profile=quick", *SECURITY))

    assert (others.exit_code, outcome.exit_code) == (0, 0)
    assert True not in before
    assert noted.refused.index(True) > len(before) / 2
