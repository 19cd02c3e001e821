"""Faults that depend on where something lies in a long request or answer."""

import gzip
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from reference.faulty import Fault
from reference.message import Request, Response
from reference.representation import Answer
from reference.resources import Resource
from reference.response_types import JSON

KIB_4, MOST_OF_A_FIELD = 4_096, 128

PIECE = 16384
SMALL_PIECE = 4096
LONGEST_QUERY = 1024


def in_pieces(octets: bytes, size: int, first: int = 0) -> str:
    """The text of bytes that are decoded piece by piece, the first one shorter by some bytes."""
    cuts = [0, *range(size - first, len(octets), size), len(octets)]
    pieces = pairwise(cuts)
    return "".join(octets[start:end].decode(errors="replace") for start, end in pieces)


class DecodesBodiesInPieces(Fault, breaks="text-is-whole-anywhere-in-a-request"):
    """Decodes a JSON body in pieces of 16 KiB, each by itself."""

    def json_parameters(self, body: bytes) -> Mapping[str, str]:
        """Decode it."""
        return super().json_parameters(in_pieces(body, PIECE).encode())


class DecodesLongBodiesInPieces(Fault, breaks="text-is-whole-anywhere-in-a-request"):
    """Decodes a JSON body in pieces of 64 KiB, and drops what cannot be decoded."""

    def json_parameters(self, body: bytes) -> Mapping[str, str]:
        """Decode it."""
        text = in_pieces(body, 4 * PIECE).replace("\ufffd", "")
        return super().json_parameters(text.encode())


class CountsTheHead(Fault, breaks="text-is-whole-anywhere-in-a-request"):
    """Decodes a request in pieces of 4 KiB, counted from the first byte of its head."""

    _head = 0

    def body_parameters(
        self, request: Request, resource: Resource, method: str
    ) -> Mapping[str, str]:
        """Remember how long the head was."""
        lines = [f"{request.method} {request.target} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in request.headers]
        self._head = len("\r\n".join([*lines, "", ""]))
        return super().body_parameters(request, resource, method)

    def json_parameters(self, body: bytes) -> Mapping[str, str]:
        """Decode it."""
        first = self._head % SMALL_PIECE
        return super().json_parameters(in_pieces(body, SMALL_PIECE, first).encode())


class WritesAnswersInPieces(Fault, breaks="text-is-whole-anywhere-in-an-answer"):
    """Writes an answer in pieces of 16 KiB, with U+FFFD for a character that two of them share."""

    def sent(self, request: Request, response: Response) -> Response:
        """Write it."""
        sent = super().sent(request, response)
        return replace(sent, body=in_pieces(sent.body, PIECE).encode())


class WritesXmlInPieces(
    Fault, breaks="text-is-whole-anywhere-in-an-answer text-of-any-look-comes-back"
):
    """Writes XML in pieces of 4 KiB, without the characters that two of them share."""

    def sent(self, request: Request, response: Response) -> Response:
        """Write it."""
        sent = super().sent(request, response)
        if not sent.body.startswith(b"<?xml"):
            return sent
        return replace(sent, body=in_pieces(sent.body, SMALL_PIECE).replace("\ufffd", "").encode())


class ReadsTheFirstOfAUrl(Fault, breaks="url-of-any-length-is-read-whole"):
    """Reads no more than 1,024 characters of a query."""

    def query_parameters(self, query: str) -> Mapping[str, str]:
        """Cut it."""
        return super().query_parameters(query[:LONGEST_QUERY])


class ReadsAKibibyteOfAUrl(Fault, breaks="url-of-any-length-is-read-whole"):
    """Takes a query of more than two KiB for none."""

    def query_parameters(self, query: str) -> Mapping[str, str]:
        """Forget it."""
        return super().query_parameters(query if len(query) <= 2 * LONGEST_QUERY else "")


class DecodesChunksOneByOne(Fault, breaks="text-is-whole-across-chunks", on_a_socket=True):
    """Decodes each chunk of a JSON body by itself."""

    def respond(self, request: Request) -> Response:
        """Take each byte of a chunked body for a chunk, as the rule sends it."""
        if (request.header("Transfer-Encoding") or "").lower() == "chunked":
            text = in_pieces(request.body, 1)
            if (request.header("Content-Type") or "").startswith(JSON):
                return super().respond(replace(request, body=text.encode()))
        return super().respond(request)


class DoesNotSayThatItCompresses(
    Fault,
    breaks="text-is-whole-anywhere-in-an-answer json-well-formed bodies-are-utf-8 "
    "media-type-tells-the-body",
):
    """Compresses long answers for those who take that, and names no content coding."""

    def sent(self, request: Request, response: Response) -> Response:
        """Compress it."""
        response = super().sent(request, response)
        taken = "gzip" in (request.header("Accept-Encoding") or "")
        if not taken or len(response.body) < 8192:  # noqa: PLR2004
            return response
        return replace(response, body=gzip.compress(response.body, mtime=0))


class DropsWhatIsBehind8Kib(
    Fault, breaks="form-of-any-length-is-read-whole long-form-under-an-override-is-read"
):
    """Reads the first 8 KiB of a form, and nothing of the rest."""

    def form_parameters(self, body: bytes) -> Mapping[str, str]:
        """Cut it."""
        return super().form_parameters(body[: PIECE // 2])


class LosesEntitiesAtBorders(Fault, breaks="text-is-whole-anywhere-in-an-answer"):
    """Writes XML in pieces of 4 KiB, and leaves out an entity that would lie in two of them."""

    def xml_text(self, answer: Answer) -> str:
        """Look where each of them begins and ends."""
        return re.sub(r"&[#a-z0-9]+;", self.within_a_piece, super().xml_text(answer))

    def within_a_piece(self, entity: re.Match[str]) -> str:
        """The entity, where it is in one piece."""
        pieces = {entity.start() // KIB_4, (entity.end() - 1) // KIB_4}
        return entity[0] if len(pieces) == 1 else ""


class ReadsNoLongAccept(Fault, breaks="xml-where-nothing-else-is-accepted"):
    """Takes an Accept field of more than 128 characters for none."""

    def accepted_type(self, request: Request) -> str | None:
        """Look how long it is."""
        is_long = len(request.header("Accept") or "") > MOST_OF_A_FIELD
        return None if is_long else super().accepted_type(request)
