"""Right digests in all the ways in which they may be written: who is locked out with which."""

from __future__ import annotations

import itertools
from http import HTTPStatus
from typing import TYPE_CHECKING

from conformance.spec import digest_writings
from conformance.verdicts import SetupFailed
from conformance.wire.digest import may_answer_again, usable_challenge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from conformance.clients.manual_digest import ManualDigest
    from conformance.spec.addressing import Options
    from conformance.spec.digest_writings import Writing
    from conformance.wire.digest import Chosen
    from conformance.wire.responses import Response

PATH = "/customers"
PLAINLY = digest_writings.Writing("as the standard writes it")
REFUSED = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED})
"""The status codes of credentials that are not taken."""


class RightCaller:
    """The right caller, who writes digests in one way or another.

    As clients do, it uses a nonce again, and answers the challenge of a server that does not take
    it any more.
    """

    def __init__(self, digest: ManualDigest) -> None:
        """Get a challenge; raises SetupFailed where there is none."""
        self._digest = digest
        self._challenge, self._count = digest.challenge(PATH), 0

    def require_entry(self) -> None:
        """Raise SetupFailed where a digest as the standard writes it is refused, too."""
        status = self.ask("GET", PATH, PLAINLY).status_code
        if status in REFUSED:
            message = f"{PATH} is answered {status} to any right digest"
            raise SetupFailed(message)

    def ask(
        self, method: str, path: str, writing: Writing, data: Mapping[str, str] | None = None
    ) -> Response:
        """Send a request with a right digest, and once more where only its nonce was at fault."""
        used_before = self._count > 0
        for sent in itertools.count(1):
            response = self._sent(method, path, writing, data)
            offered = response.all("WWW-Authenticate")
            renewed = usable_challenge(offered)
            if response.status_code != HTTPStatus.UNAUTHORIZED or renewed is None:
                break
            self._challenge, self._count = renewed, 0
            is_stale = renewed.stale and may_answer_again(offered, sent)
            if not is_stale and not (used_before and sent == 1):
                break
        return response

    def _sent(
        self, method: str, path: str, writing: Writing, data: Mapping[str, str] | None
    ) -> Response:
        self._count += 1
        chosen: Chosen = {"count": self._count}
        if writing.cnonce:
            chosen["cnonce"] = writing.cnonce
        fields = self._digest.fields(self._challenge, method, path, **chosen)
        options: Options = {"headers": {writing.field: writing.written(fields)}}
        if data is not None:
            options["data"] = data
        return self._digest.request(method, path, **options)


def locked_out(
    caller: RightCaller,
    writings: Iterable[Writing],
    method: str,
    path: str,
    name: Callable[[], str] | None = None,
) -> list[str]:
    """Return the writings of a right digest with which a request is refused, and how.

    Each sends a name of its own, if any: an update that changes nothing may be refused. Of several
    together, those that are refused by themselves. Raises SetupFailed where the same caller is then
    refused with any.
    """
    found: list[str] = []
    for writing in writings:
        data = None if name is None else {"name": name()}
        status = caller.ask(method, path, writing, data).status_code
        if status in REFUSED:
            caller.require_entry()
            alone = locked_out(caller, writing.parts, method, path, name)
            found += alone or [f"{method} with a right digest ({writing.name}): {status}"]
    return list(dict.fromkeys(found))


def refused_queries(caller: RightCaller) -> list[str]:
    """Return the queries with which a right digest is refused; of many characters, those at fault.

    They are refused with 401; or with 400, though they are served with characters that mean nothing
    by themselves percent-encoded, or with the digits of their escapes in capitals.
    """
    found: list[str] = []
    for query, parts in digest_writings.TOGETHER.items():
        status = caller.ask("GET", f"{PATH}?{query}", PLAINLY).status_code
        if status in REFUSED:
            alone = [each for each in parts if _is_refused(caller, each)]
            found += alone or ([query] if status == HTTPStatus.UNAUTHORIZED else [])
    return found


def _is_refused(caller: RightCaller, query: str) -> bool:
    """Tell whether a digest is refused for the query of its target."""
    status = caller.ask("GET", f"{PATH}?{query}", PLAINLY).status_code
    is_plain = digest_writings.is_plain_query(query)
    usual = digest_writings.with_escapes(query) if is_plain else digest_writings.in_capitals(query)
    if status == HTTPStatus.BAD_REQUEST and usual != query:
        return caller.ask("GET", f"{PATH}?{usual}", PLAINLY).ok
    if status == HTTPStatus.UNAUTHORIZED:
        caller.require_entry()
    return status == HTTPStatus.UNAUTHORIZED
