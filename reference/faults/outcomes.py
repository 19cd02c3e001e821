"""Faults of answers whose body says another outcome than their status."""

from dataclasses import replace

from reference.faulty import Fault
from reference.message import Request, Response
from reference.refusal import Refusal


class RefusesWithSuccess(Fault, abstract=True):
    """Sends some refusals with the status of a success; the faults below say which."""

    def is_masked(self, request: Request, refusal: Refusal) -> bool:
        """Whether a refusal goes out as a success."""
        raise NotImplementedError

    def refused(self, request: Request, refusal: Refusal) -> Response:
        """Change the status alone."""
        response = super().refused(request, refusal)
        return replace(response, status=200) if self.is_masked(request, refusal) else response


class RefusesIncompleteUsersWithSuccess(
    RefusesWithSuccess,
    breaks="success-is-no-list-of-errors missing-parameter-is-refused json-success-has-no-errors",
):
    """Answers 200 with the errors where a new user lacks what is needed."""

    def is_masked(self, request: Request, refusal: Refusal) -> bool:
        """Look for a user."""
        return "/users" in request.target and "is missing" in "".join(refusal.explanations)
