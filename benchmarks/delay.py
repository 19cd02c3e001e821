"""A round-trip time on the loopback interface: a TCP proxy that passes everything on later.

Bytes go on half of the time later in each direction, in their order and as close to each other as
they came. A connection costs one whole time before its first byte, as a handshake does.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

HOST = "127.0.0.1"
CHUNK = 64 * 1024


class Delay:
    """Listens on a port of its own, and passes on to another one; a context manager."""

    def __init__(self, port: int, seconds: float) -> None:
        """Take the port to pass on to, and the time of one round trip in seconds."""
        self.port = 0
        """Where it listens, once it was entered."""
        self._behind = port
        self._seconds = seconds
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._thread.start()
        listening = asyncio.start_server(self._serve, HOST, 0)
        self._server = asyncio.run_coroutine_threadsafe(listening, self._loop).result()
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop, and drop what is under way."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        if self._server is not None:
            self._server.close()
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self._seconds)
        with contextlib.suppress(OSError):
            caller = writer.get_extra_info("peername")[0]  # an address that is refused stays so
            there_reader, there_writer = await asyncio.open_connection(
                HOST, self._behind, local_addr=(caller, 0)
            )
            await asyncio.gather(
                self._pass_on(reader, there_writer), self._pass_on(there_reader, writer)
            )

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what is read, half of the time later, to the end."""
        later: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        writing = asyncio.create_task(self._write(later, writer))
        try:
            octets = b"begin"
            while octets:
                try:
                    octets = await reader.read(CHUNK)
                except OSError:
                    octets = b""
                later.put_nowait((self._loop.time() + self._seconds / 2, octets))
            await writing
        finally:
            writing.cancel()
            writer.close()

    async def _write(
        self, later: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter
    ) -> None:
        """Write each piece at its time; an empty one is the end."""
        octets = b"begin"
        while octets:
            moment, octets = await later.get()
            await asyncio.sleep(max(0.0, moment - self._loop.time()))
            with contextlib.suppress(OSError):
                writer.write(octets)
                await writer.drain()
