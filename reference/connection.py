"""One connection's side of HTTP: from bytes to a request, and from a response to bytes."""

import asyncio
import logging
from http import HTTPStatus
from typing import Final

from aiohttp import web
from multidict import CIMultiDict

from .message import Request, Response
from .server import Reference

BODY_LIMIT: Final = 4 * 1024 * 1024
LINE_LIMIT: Final = 64 * 1024
LOGGER: Final = logging.getLogger("reference")


class Connection(web.RequestHandler):
    """A connection that says in JSON, too, what is no HTTP or could not be answered."""

    server: Reference

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer what could not be parsed, or a failure of ours; then close the connection."""
        del message
        if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            explanation = "The request is not well-formed HTTP, or too long"
            return on_wire(request, self.server.unheard(400, explanation))
        LOGGER.error("failed on %s %s", request.method, request.raw_path, exc_info=exc)
        return on_wire(request, self.server.unheard(500, "The request met a fault of the server"))


class Listener(web.Server):
    """Accepts connections, and answers what comes over them."""

    patience: float = 10.0
    """Seconds that a body may take."""

    def __init__(self, server: Reference) -> None:
        """Answer as `server` does."""
        super().__init__(self.answer, handler_cancellation=True)
        self.server = server

    def __call__(self) -> Connection:
        """Make the handler of one more connection."""
        connection = Connection(
            self,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type]  # None switches it off
            auto_decompress=False,
            lingering_time=self.patience,
            max_line_size=LINE_LIMIT,
            max_field_size=LINE_LIMIT,
        )
        connection.server = self.server
        return connection

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        try:
            async with asyncio.timeout(self.patience):  # a broken body may have no end
                body = await read(request)
        except (web.RequestPayloadError, TimeoutError):
            body = None
        if body is None:
            explanation = f"The body is broken, late, or larger than {BODY_LIMIT} bytes"
            response = self.server.unheard(400, explanation)
        else:
            response = self.server.respond(arrived(request, body))
            await asyncio.sleep(response.delay)
        if response.hangs_up and request.transport is not None:
            request.transport.abort()
        LOGGER.info("%s %s %d", request.method, ascii(request.raw_path)[1:-1], response.status)
        return on_wire(request, response)

    def drop_connections(self) -> None:
        """Close all connections at once, whatever is going on there."""
        for connection in self.connections:
            if connection.transport is not None:
                connection.transport.abort()


async def read(request: web.BaseRequest) -> bytes | None:
    """The body of a request; None when it is too large."""
    if request.headers.get("Expect", "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0  # nothing of the response itself has been sent
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


def arrived(request: web.BaseRequest, body: bytes) -> Request:
    """A request, without anything decoded or normalised."""
    return Request(
        method=request.method,
        target=request.raw_path,
        headers=tuple((text(name), text(value)) for name, value in request.raw_headers),
        body=body,
        client=request.remote or "",
        secure=request.secure,
        http_version=f"{request.version.major}.{request.version.minor}",
    )


def text(octets: bytes) -> str:
    """The text of a header field, from which its bytes can be told again."""
    return octets.decode("utf-8", "surrogateescape")


def on_wire(request: web.BaseRequest, response: Response) -> web.Response:
    """A response, ready to be sent."""
    ready = web.Response(
        status=response.status, headers=CIMultiDict(response.headers), body=response.body
    )
    if response.close:
        ready.force_close()
    if response.chunked and request.version.minor:
        ready.enable_chunked_encoding()
    return ready
