"""records.jsonl: what a run is about to make, has made and has deleted, on disk before it happens.

One JSON object a line. A line is on disk before the creation that it announces is sent, so that
whatever becomes of the run, its records can be found again and deleted.
"""

from __future__ import annotations

import json
import os
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from conformance.clients.creations import SentCreation
from conformance.clients.unique_values import texts_with
from conformance.spec.addressing import Identity
from conformance.spec.resources import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NAME = "records.jsonl"
NAME_OF_OTHER = "other-account.jsonl"
"""The log of what was made in the second account."""

FORMAT_VERSION = 1

_BY_NAME = {resource.name: resource for resource in RESOURCES}


class RecordLogError(Exception):
    """A record log cannot be used; the message names cause and remedy."""


class RecordLog:
    """Writes the log of one run; the file is made with the first line."""

    def __init__(self, path: Path, run: Mapping[str, object]) -> None:
        """Take the path, and what the first line says of the run: its prefix, its base URL."""
        self._path = path
        self._run = {"event": "run", "format": FORMAT_VERSION, **run}
        self._lock = threading.Lock()
        self._descriptor: int | None = None
        self._is_cut = False
        self.failure = ""
        """Why a line could not be written, the first time; "" as long as each could."""

    def intend(self, resource: str, values: Mapping[str, str]) -> None:
        """Announce a creation; on disk when this returns. Raises OSError where that fails."""
        self._append({"event": "intent", "resource": resource, "values": dict(values)}, sync=True)

    def note_made(self, identity: Identity) -> None:
        """Note the id that a record has got."""
        self._write({"event": "made", **_named(identity)})

    def note_sent(self, identity: Identity, values: Mapping[str, str]) -> None:
        """Note the values that were sent to a record, by which it is known again."""
        self._write({"event": "sent", **_named(identity), "values": dict(values)})

    def note_deleted(self, identity: Identity) -> None:
        """Note that a record is gone."""
        self._write({"event": "deleted", **_named(identity)})

    def note_clean(self) -> None:
        """Note that nothing is left: the log is not needed any more."""
        if self._descriptor is not None:
            self._write({"event": "clean"})

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._descriptor is not None:
                os.close(self._descriptor)
                self._descriptor = None

    def _write(self, event: Mapping[str, object]) -> None:
        """Add a line, if that can be done: what is on the target is deleted in any case."""
        with suppress(OSError):
            self._append(event)

    def _append(self, event: Mapping[str, object], *, sync: bool = False) -> None:
        """Add a line; keeps why that failed, and raises OSError then."""
        with self._lock:
            try:
                if self._descriptor is None:
                    self._descriptor = self._begun()
                self._put(self._descriptor, _line(event))
                if sync:
                    os.fsync(self._descriptor)
            except OSError as error:
                failure = f"{self._path.name} could not be written: {error.strerror}"
                self.failure = self.failure or failure
                raise

    def _begun(self) -> int:
        """Return the descriptor of the file with its first line, which is on disk by then."""
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            self._put(descriptor, _line(self._run))
            _sync_directory(self._path.parent)
        except OSError:
            os.close(descriptor)
            self._path.unlink(missing_ok=True)  # without its first line it is no log
            raise
        return descriptor

    def _put(self, descriptor: int, line: bytes) -> None:
        """Write a line to its end; one that was cut off before stands by itself."""
        rest = memoryview(b"\n" + line if self._is_cut else line)
        self._is_cut = True
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        self._is_cut = False


@dataclass(slots=True)
class Logged:
    """What a log says of a run: its first line, and the records that may be left of it.

    `unanswered` is the creation that was announced last, where nothing came after it: the name of
    the resource and the values. `sent` are the last values that records were sent. It `is_clean`
    where the run has deleted everything, and made nothing since. `announced` are all creations.
    """

    run: dict[str, Any]
    unanswered: tuple[str, dict[str, str]] | None = None
    sent: dict[Identity, dict[str, str]] = field(default_factory=dict)
    made: dict[Identity, None] = field(default_factory=dict)
    announced: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    is_clean: bool = False

    @property
    def prefix(self) -> str:
        """How the texts of that run began that only it sent."""
        return str(self.run["prefix"])

    @property
    def unsettled(self) -> list[SentCreation]:
        """Return the creations that were announced, and that no record is known to come from."""
        known = [values.items() for values in self.sent.values()]
        own = texts_with(self.prefix)
        return [
            SentCreation(_BY_NAME[name], frozenset(own.findall(" ".join(values.values()))))
            for name, values in self.announced
            if not any(values.items() <= each for each in known)
        ]


def set_aside(path: Path) -> None:
    """Rename the log of an earlier run that may have left something."""
    if not path.is_file():
        return
    try:
        logged = read_record_log(path)
    except RecordLogError:
        path.rename(path.with_name(f"{path.stem}-unreadable-{os.getpid()}.jsonl"))
        return
    if logged.is_clean:
        path.unlink()
    else:
        path.rename(path.with_name(f"{path.stem}-{logged.prefix.strip('-')}.jsonl"))


def logs_of_other_in(directory: Path) -> list[Path]:
    """Return the logs in a directory of what was made in a second account."""
    return sorted(directory.glob("other-account*.jsonl"))


def logs_in(directory: Path) -> list[Path]:
    """Return the logs in a directory of what was made in the account itself."""
    return sorted(directory.glob("records*.jsonl"))


def read_record_log(path: Path) -> Logged:
    """Return what a log says. A last line that was cut off is left out.

    Raises RecordLogError where the file is missing or no log.
    """
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        message = (
            f"there is no record log {str(path)!r} ({error.strerror}): name the directory of the "
            "reports of a run that was permitted to write"
        )
        raise RecordLogError(message) from error
    events = list(_events(lines))
    if not events or events[0].get("event") != "run" or not events[0].get("prefix"):
        message = f"{str(path)!r} is no record log: its first line does not name a run"
        raise RecordLogError(message)
    logged = Logged(events[0])
    for event in events[1:]:
        logged.unanswered = None
        logged.is_clean = event["event"] == "clean"
        if event["event"] == "intent":
            logged.unanswered = (event["resource"], event["values"])
            logged.announced.append(logged.unanswered)
        elif event["event"] == "sent":
            logged.sent.setdefault(_identity(event), {}).update(event["values"])
        elif event["event"] == "made":
            logged.made.setdefault(_identity(event))
        elif event["event"] == "deleted":
            logged.made.pop(_identity(event), None)
    return logged


def _events(lines: list[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue  # cut off by whatever ended the run
        if isinstance(event, dict) and "event" in event:
            yield event


def _identity(event: Mapping[str, str]) -> Identity:
    return Identity(_BY_NAME[event["resource"]], event["id"], event.get("parent"))


def _named(identity: Identity) -> dict[str, object]:
    named: dict[str, object] = {"resource": identity.resource.name, "id": identity.id}
    return named if identity.parent_id is None else {**named, "parent": identity.parent_id}


def _sync_directory(directory: Path) -> None:
    """Have the name of a new file in a directory on disk, where the system knows of that."""
    with suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _line(event: Mapping[str, object]) -> bytes:
    return json.dumps(event).encode() + b"\n"
