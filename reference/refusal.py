"""The one way to say no: a status code of the document, and an explanation."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of this program
    """A request is refused: raised where the reason is found, answered by `respond`."""

    def __init__(
        self, status: int, *explanations: str, headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        """Refuse with a status code, one explanation or more, and further header fields."""
        super().__init__(status, *explanations)
        self.status = status
        self.explanations = explanations
        self.headers = headers
