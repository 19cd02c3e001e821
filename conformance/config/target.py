"""The target: all that a run knows about the server before the first request."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from conformance.config.credentials import OTHER_IN_SHELL, Credentials

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SLOW = 0.05
"""Seconds from which on it saves time to wait for several answers at a time."""

DEFAULT_CONCURRENCY = 8
"""How many requests are under way at a time, of those whose order does not matter."""

DEFAULT_TIMEOUT = 30
MOST_RECORDS = 50
"""How many records of a run are alive at once in an account, where nothing else is said."""
USERNAME_VARIABLE = "API_USERNAME"
PASSWORD_VARIABLE = "API_PASSWORD"  # noqa: S105  (the name of a variable)
OTHER_USERNAME_VARIABLE = "OTHER_USERNAME"
OTHER_PASSWORD_VARIABLE = "OTHER_PASSWORD"  # noqa: S105  (the name of a variable)
CREDENTIAL_VARIABLES = (
    USERNAME_VARIABLE,
    PASSWORD_VARIABLE,
    OTHER_USERNAME_VARIABLE,
    OTHER_PASSWORD_VARIABLE,
)


class TargetError(Exception):
    """A setting of the target cannot be used; the message names cause and remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The owner's claims about what the target offers; the run probes what is not claimed.

    `methods` maps the name of a resource to the methods that it offers, `custom_fields` to the
    names of those defined; `json` names the resources that accept JSON bodies; `versions` are those
    offered beside that of the base URL, of which known ones are tried where none is claimed;
    `pagesize` tells whether the page size can be chosen. `required` has, for each resource, the
    parameters that this account demands of a new record beside those of the document, or in place
    of them: {unique} in a value stands for a text that no record has, {number} for ten digits.
    """

    methods: Mapping[str, frozenset[str]] = field(default_factory=dict)
    foreign_customer_id: str | None = None
    versions: tuple[str, ...] | None = None
    custom_fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    json: frozenset[str] | None = None
    pagesize: bool | None = None
    required: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def claims_from(said: Mapping[str, Any]) -> Claims:
    """Return the claims that a target file's table of them makes."""
    fields = said.get("custom_fields", {})
    return Claims(
        methods={name: frozenset(offered) for name, offered in said.get("methods", {}).items()},
        foreign_customer_id=said.get("foreign_customer_id"),
        versions=tuple(said["versions"]) if "versions" in said else None,
        custom_fields={name: tuple(defined) for name, defined in fields.items()},
        json=frozenset(said["json"]) if "json" in said else None,
        pagesize=said.get("pagesize"),
        required=said.get("required", {}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The maximum number of requests of a run, challenges included, and of seconds to send them in.

    None leaves it unbounded. The clean-up is sent in any case. `requests_per_second` is how many
    requests all callers together begin in a second, and `concurrency` how many may be under way at
    a time; `records` is how many records of the run are alive at once in an account, where they can
    be deleted, and `wrong_credentials` how many requests may carry credentials that are not the
    account's.
    """

    requests: int | None = None
    seconds: float | None = None
    requests_per_second: float | None = None
    records: int = MOST_RECORDS
    wrong_credentials: int | None = None
    concurrency: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where the server is, who calls it, and what the run may do there.

    `base_url` is an https URL with the version and without a trailing slash; `http_url` is where
    plain HTTP might be answered. `timeout` is in seconds and bounds one whole response. `contact`
    is for the User-Agent; `records_may_stay` permits to leave what cannot be deleted.
    `most_records` is how many records of the run are alive at once in an account, where they can be
    deleted. `other_credentials` are those of a second account, which has nothing in common with the
    first.
    `proxy` is the URL of an HTTP proxy through which every connection is tunnelled.
    """

    base_url: str
    credentials: Credentials
    http_url: str
    reports: Path
    other_credentials: Credentials | None = None
    ca_bundle: Path | None = None
    proxy: str | None = None
    allow_writes: bool = False
    records_may_stay: bool = False
    denied_address: str | None = None
    digest_over_http: bool = False
    strict_should: bool = False
    contact: str | None = None
    timeout: float = DEFAULT_TIMEOUT
    budget: Budget = field(default_factory=Budget)
    claims: Claims = field(default_factory=Claims)
    embedded: bool = False

    @property
    def without_socket(self) -> bool:
        """Whether this is a reference server that is called directly, as in the fault matrix."""
        return self.embedded and self.ca_bundle is None

    @property
    def workers(self) -> int:
        """How many requests may be under way at a time where their order does not matter.

        One where a rate is given, since that is what bounds the run then, and for a server of our
        own, which waits for nobody.
        """
        if self.without_socket:
            return 1
        one = self.embedded or self.budget.requests_per_second is not None
        return self.budget.concurrency or (1 if one else DEFAULT_CONCURRENCY)

    def cases_at_a_time(self, round_trip: float) -> int:
        """Return how many cases run at a time, unless the user says so as many as `workers`.

        One at a server on this machine that answers within `SLOW`, by the seconds that a request
        and its answer take: what many at a time save is the wait for answers.
        """
        quick = self.on_this_machine and round_trip < SLOW
        return self.budget.concurrency or (1 if quick else self.workers)

    @property
    def host(self) -> str:
        """Host name or address of the base URL."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def on_this_machine(self) -> bool:
        """Whether the base URL names this machine."""
        return is_loopback(self.host)

    @property
    def may_send_digest_over_http(self) -> bool:
        """Whether a digest may be sent unencrypted: to this machine, or where permitted."""
        return self.digest_over_http or is_loopback(urlsplit(self.http_url).hostname or "")

    def is_at(self, url: str) -> bool:
        """Tell whether a URL is at the target's own host and port, over HTTPS."""
        return _origin(url) == _origin(self.base_url)

    def may_bear_credentials(self, url: str) -> bool:
        """Tell whether credentials may go to a URL: to the target's own host and port alone.

        Over plain HTTP only where that is permitted.
        """
        if self.is_at(url):
            return True
        return self.may_send_digest_over_http and _origin(url) == _origin(self.http_url)


@lru_cache(256)
def _origin(url: str) -> tuple[str, str | None, int | None]:
    """Return the scheme, host and port of a URL."""
    parts = urlsplit(url)
    implied = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname, parts.port or implied


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def credentials_from(environ: Mapping[str, str]) -> Credentials:
    """Return the caller's credentials; raises TargetError where a variable is missing or empty."""
    missing = [name for name in (USERNAME_VARIABLE, PASSWORD_VARIABLE) if not environ.get(name)]
    if missing:
        message = (
            f"{' and '.join(missing)} not set: export the account's user name and password as "
            f"{USERNAME_VARIABLE} and {PASSWORD_VARIABLE}, or files that hold them as "
            f"{USERNAME_VARIABLE}_FILE and {PASSWORD_VARIABLE}_FILE"
        )
        raise TargetError(message)
    return Credentials(environ[USERNAME_VARIABLE], environ[PASSWORD_VARIABLE])


def other_credentials_from(environ: Mapping[str, str]) -> Credentials | None:
    """Return the credentials of a second account; None where neither variable is set.

    Raises TargetError where one of the two is missing, or both name the same account.
    """
    names = (OTHER_USERNAME_VARIABLE, OTHER_PASSWORD_VARIABLE)
    missing = [name for name in names if not environ.get(name)]
    if len(missing) == len(names):
        return None
    if missing:
        message = f"{missing[0]} not set: export both of {' and '.join(names)}, or neither"
        raise TargetError(message)
    if environ[names[0]] == environ.get(USERNAME_VARIABLE):
        message = f"{names[0]} and {USERNAME_VARIABLE} name one account: the second is another one"
        raise TargetError(message)
    return Credentials(environ[names[0]], environ[names[1]], OTHER_IN_SHELL)
