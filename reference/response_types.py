"""Response types: which of the two media types a request asks for."""

import re
from collections.abc import Iterator
from typing import Final

from .message import Request

JSON: Final = "application/json"
XML: Final = "application/xml"
QUALITY = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")


def media_ranges(accept: str) -> Iterator[tuple[str, float]]:
    """The media ranges of an Accept field with their qualities; what is malformed is left out."""
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((text[2:] for text in parameters if text.startswith("q=")), "1")
        if QUALITY.fullmatch(quality):
            yield name, float(quality)


class ResponseTypes:
    """The suffix of a resource forces a type, Accept asks for one, JSON is what comes otherwise."""

    default_type: str = JSON
    suffixes: tuple[tuple[str, str], ...] = ((".json", JSON), (".xml", XML))

    def media_type(self, request: Request) -> str:
        """The media type of the response, whether it will be a success or a refusal."""
        return self.forced_type(request) or self.accepted_type(request) or self.default_type

    def forced_type(self, request: Request) -> str | None:
        """The media type that a suffix in the path forces; the last one, if there are several."""
        path = request.target.partition("?")[0]
        if ".json" not in path and ".xml" not in path:
            return None
        forced = [self.split_suffix(segment)[1] for segment in path.split("/")]
        return next((media_type for media_type in reversed(forced) if media_type), None)

    def split_suffix(self, segment: str) -> tuple[str, str | None]:
        """A path segment without its suffix, and the media type that the suffix forces."""
        for suffix, media_type in self.suffixes:
            if segment.endswith(suffix):
                return segment.removesuffix(suffix), media_type
        return segment, None

    def accepted_type(self, request: Request) -> str | None:
        """The media type that Accept prefers; None when it names neither."""
        accept = request.header("Accept")
        if accept is None or accept == "*/*":
            return None
        ranges = list(media_ranges(accept))
        best = max((JSON, XML), key=lambda media_type: self.preference(ranges, media_type))
        return best if self.preference(ranges, best) > (0.0, 0) else None

    def preference(self, ranges: list[tuple[str, float]], media_type: str) -> tuple[float, int]:
        """How much a media type is wanted: its quality, then how precisely it was named."""
        precisions = {media_type: 3, media_type.partition("/")[0] + "/*": 2, "*/*": 1}
        named = [(precisions[name], quality) for name, quality in ranges if name in precisions]
        if not named:
            return (0.0, 0)
        precision, quality = max(named)
        return (quality, precision)
