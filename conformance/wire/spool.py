"""Where the bytes of answers are kept: in memory as long as they are few, then in one file."""

from __future__ import annotations

import atexit
import json
import tempfile
import threading
import weakref
from contextlib import suppress
from typing import TYPE_CHECKING, overload

from conformance.verdicts import SetupFailed
from conformance.wire import limits

if TYPE_CHECKING:
    from io import FileIO

FEW_OCTETS = 4096
"""Bytes of an answer that stay in memory where the file takes no more: so a clean-up goes on."""


class NotKept(SetupFailed):
    """An answer has come, and there is no room to keep it."""


class Spool:
    """Keeps bytes for as long as somebody holds what `kept` returns; may be shared by threads.

    The file is made when it is first needed, has no name, and is gone with the process.
    """

    def __init__(self) -> None:
        """Start with nothing kept."""
        self._lock = threading.RLock()  # the garbage collector may call `_forget` at any time
        self._in_memory = 0
        self._in_file = 0
        self._file: FileIO | None = None

    @property
    def in_memory(self) -> int:
        """Bytes that are kept in memory."""
        return self._in_memory

    def kept(self, octets: bytes) -> Kept:
        """Keep bytes, in memory if they still fit there; raises NotKept where they fit nowhere."""
        with self._lock:
            fits = self._in_memory + len(octets) <= limits.MOST_IN_MEMORY
            place = None if fits else self._place_of(octets)
            if place is None:
                self._in_memory += len(octets)
                kept = Kept(self, len(octets), octets, 0)
            else:
                self._in_file += 1
                kept = Kept(self, len(octets), None, place)
        weakref.finalize(
            kept, self._forget, len(octets), in_file=kept.octets is None
        ).atexit = False
        return kept

    def _place_of(self, octets: bytes) -> int | None:
        """Write bytes to the file, and return where they are; None where few find no room there."""
        place = 0
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  (kept open)
            place = self._file.seek(0, 2)
            rest = memoryview(octets)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            if self._file is not None:
                with suppress(OSError):
                    self._file.truncate(place)
            if len(octets) <= FEW_OCTETS:
                return None
            message = f"the directory for temporary files takes no more answers ({error.strerror})"
            raise NotKept(message) from error
        return place

    def read(self, place: int, length: int) -> bytes:
        """Read bytes back from the file."""
        with self._lock:
            if self._file is None:
                message = "nothing was written"
                raise ValueError(message)
            self._file.seek(place)
            return self._file.read(length)

    def close(self) -> None:
        """Give up the file, and what is in it."""
        with self._lock:
            if self._file is not None:
                self._file.close()
            self._file = None

    def _forget(self, length: int, *, in_file: bool) -> None:
        """Count off what nobody holds any more; the file goes once nothing in it is held."""
        with self._lock:
            if not in_file:
                self._in_memory -= length
                return
            self._in_file -= 1
            if not self._in_file:
                self.close()


class Kept:
    """Bytes that a spool keeps."""

    __slots__ = ("__weakref__", "_length", "_place", "_spool", "octets")

    def __init__(self, spool: Spool, length: int, octets: bytes | None, place: int) -> None:
        """Take the bytes, or where in the file of a spool they are."""
        self.octets = octets
        self._spool, self._length, self._place = spool, length, place

    def read(self) -> bytes:
        """Return the bytes."""
        return self._spool.read(self._place, self._length) if self.octets is None else self.octets


Fields = tuple[tuple[str, str], ...]

MOST_UNSPOOLED = 4096
"""Characters of header fields that are few enough to stay where they are."""

SPOOL = Spool()
"""The spool of all answers of this process."""

atexit.register(SPOOL.close)


class Spooled:
    """A field of a frozen dataclass: bytes that are kept in the spool and read when asked for."""

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name under which what is kept is found."""
        self._name = f"_kept_{name}"

    @overload
    def __get__(self, instance: None, owner: type) -> Spooled: ...

    @overload
    def __get__(self, instance: object, owner: type) -> bytes: ...

    def __get__(self, instance: object | None, owner: type) -> Spooled | bytes:
        """Read the bytes; the field of a class has no default."""
        if instance is None:
            raise AttributeError(self._name)
        kept: Kept = instance.__dict__[self._name]
        return kept.read()

    def __set__(self, instance: object, octets: bytes) -> None:
        """Keep the bytes."""
        instance.__dict__[self._name] = SPOOL.kept(octets)


class SpooledFields:
    """A field of a frozen dataclass: header fields, of which many or long ones are spooled."""

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name under which what is kept is found."""
        self._name = f"_kept_{name}"

    @overload
    def __get__(self, instance: None, owner: type) -> SpooledFields: ...

    @overload
    def __get__(self, instance: object, owner: type) -> Fields: ...

    def __get__(self, instance: object | None, owner: type) -> SpooledFields | Fields:
        """Read the header fields; the field of a class has no default."""
        if instance is None:
            raise AttributeError(self._name)
        kept: Kept | Fields = instance.__dict__[self._name]
        if isinstance(kept, Kept):
            return tuple((name, value) for name, value in json.loads(kept.read()))
        return kept

    def __set__(self, instance: object, fields: Fields) -> None:
        """Keep the header fields."""
        kept = fields if are_few(fields) else SPOOL.kept(json.dumps(fields).encode())
        instance.__dict__[self._name] = kept


def are_few(fields: Fields) -> bool:
    """Tell whether header fields are few and short enough to be held in memory."""
    return sum(len(name) + len(value) for name, value in fields) <= MOST_UNSPOOLED
