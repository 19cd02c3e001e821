"""The target: all that a run knows about the server before the first request."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from conformance.config.credentials import OTHER_IN_SHELL, Credentials

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

DEFAULT_TIMEOUT = 30
USERNAME_VARIABLE = "API_USERNAME"
PASSWORD_VARIABLE = "API_PASSWORD"  # noqa: S105  (the name of a variable)
OTHER_USERNAME_VARIABLE = "OTHER_USERNAME"
OTHER_PASSWORD_VARIABLE = "OTHER_PASSWORD"  # noqa: S105  (the name of a variable)


class TargetError(Exception):
    """A setting of the target cannot be used; the message names cause and remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The owner's claims about what the target offers; the run probes what is not claimed.

    `methods` maps the name of a resource to the methods that it offers, `custom_fields` to the
    names of those defined; `json` names the resources that accept JSON bodies; `versions` are those
    offered beside that of the base URL; `pagesize` tells whether the page size can be chosen.
    `required` has, for each resource, the parameters that this account demands of a new record
    beside those of the document, or in place of them: {unique} in a value stands for a text that no
    record has, {number} for ten digits.
    """

    methods: Mapping[str, frozenset[str]] = field(default_factory=dict)
    foreign_customer_id: str | None = None
    versions: tuple[str, ...] = ()
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
        versions=tuple(said.get("versions", ())),
        custom_fields={name: tuple(defined) for name, defined in fields.items()},
        json=frozenset(said["json"]) if "json" in said else None,
        pagesize=said.get("pagesize"),
        required=said.get("required", {}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The maximum number of requests of a run, challenges included, and of seconds to send them in.

    None leaves it unbounded. The clean-up is sent in any case. `requests_per_second` is how many
    requests all callers together begin in a second.
    """

    requests: int | None = None
    seconds: float | None = None
    requests_per_second: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where the server is, who calls it, and what the run may do there.

    `base_url` is an https URL with the version and without a trailing slash; `http_url` is where
    plain HTTP might be answered. `timeout` is in seconds and bounds one whole response. `contact`
    is for the User-Agent; `records_may_stay` permits to leave what cannot be deleted.
    `other_credentials` are those of a second account, which has nothing in common with the first.
    """

    base_url: str
    credentials: Credentials
    http_url: str
    reports: Path
    other_credentials: Credentials | None = None
    ca_bundle: Path | None = None
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


def checked_base_url(url: str) -> str:
    """Return a base URL without its trailing slash.

    Raises TargetError unless it is https, has a host and a version, and has neither credentials,
    query nor fragment.
    """
    if any(char.isspace() for char in url):
        message = f"the base URL {url!r} contains a blank: take it out, or encode it as %20"
        raise TargetError(message)
    parts = _split(url, "base URL")
    if parts.username is not None or parts.password is not None:
        message = (
            "the base URL contains credentials: take them out and set "
            f"{USERNAME_VARIABLE} and {PASSWORD_VARIABLE} instead"
        )
        raise TargetError(message)
    if parts.scheme != "https" or not parts.hostname:
        message = f"the base URL {url!r} is not an https URL: give one like https://host/2.4.9"
        raise TargetError(message)
    if parts.query or parts.fragment:
        message = f"the base URL {url!r} has a query or fragment: end it after the version"
        raise TargetError(message)
    if not parts.path.strip("/"):
        message = f"the base URL {url!r} has no version: give one like {url.rstrip('/')}/2.4.9"
        raise TargetError(message)
    return with_small_scheme(url.rstrip("/"))


def with_small_scheme(url: str) -> str:
    """Return a URL with its scheme in lower case: HTTPS:// is https://."""
    scheme, colon, rest = url.partition(":")
    return f"{scheme.lower()}{colon}{rest}"


def checked_http_url(url: str | None, base_url: str) -> str:
    """Return the URL for plain HTTP: as given, or the same host and path at port 80.

    Raises TargetError for a URL that is not http or contains credentials.
    """
    base = urlsplit(base_url)
    if url is None:
        host = f"[{base.hostname}]" if ":" in (base.hostname or "") else base.hostname
        return f"http://{host}{base.path}"
    parts = _split(url, "URL of plain HTTP")
    if parts.scheme != "http" or not parts.hostname or parts.username is not None:
        message = "the URL of plain HTTP (http_url) is not one like http://host:port"
        raise TargetError(message)
    plain = with_small_scheme(url.rstrip("/"))
    return plain if parts.path.strip("/") else plain + base.path


def checked_address(address: str) -> str | None:
    """Return an IP address as given, None for an empty text; raises TargetError otherwise."""
    if not address:
        return None
    try:
        ipaddress.ip_address(address)
    except ValueError as error:
        message = f"the denied address {address!r} is not an IP address: give one like 192.0.2.7"
        raise TargetError(message) from error
    return address


def checked_file(path: Path, what: str) -> Path:
    """Return the path of an existing file that can be read; raises TargetError otherwise."""
    try:
        if path.is_file():
            with path.open("rb"):
                return path
    except OSError as error:
        message = f"the {what} {str(path)!r} cannot be read ({error.strerror}): permit it"
        raise TargetError(message) from error
    message = f"the {what} {str(path)!r} does not exist: give the path of a file"
    raise TargetError(message)


def checked_ca_bundle(file: str) -> Path | None:
    """Return the path of a PEM file, None for an empty text.

    Raises TargetError where there is no such file, or no certificate in it.
    """
    if not file:
        return None
    path = checked_file(Path(file), "CA bundle")
    try:
        ssl.create_default_context(cafile=path)
    except OSError as error:  # of which ssl.SSLError is one
        message = (
            f"the CA bundle {str(path)!r} holds no certificate that can be read: give a PEM file "
            "of the certificate authorities to trust"
        )
        raise TargetError(message) from error
    return path


def checked_contact(contact: str) -> str:
    """Return a text as given; raises TargetError where it cannot stand in a header field."""
    if not (contact.isascii() and contact.isprintable() and contact.strip()):
        message = f"the contact {contact!r} is not one line of ASCII: give one like me@host.example"
        raise TargetError(message)
    return contact


def checked_directory(directory: str) -> Path:
    """Return the path of a directory, created if missing, that files can be written to.

    Raises TargetError where that fails.
    """
    path = Path(directory)
    try:
        path.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=path):
            pass
    except OSError as error:
        message = (
            f"the directory of the reports {str(path)!r} cannot be written ({error.strerror}): "
            "give another one with --reports"
        )
        raise TargetError(message) from error
    return path


def credentials_from(environ: Mapping[str, str]) -> Credentials:
    """Return the caller's credentials; raises TargetError where a variable is missing or empty."""
    missing = [name for name in (USERNAME_VARIABLE, PASSWORD_VARIABLE) if not environ.get(name)]
    if missing:
        message = (
            f"{' and '.join(missing)} not set: export the account's user name and password as "
            f"{USERNAME_VARIABLE} and {PASSWORD_VARIABLE}"
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


def _split(url: str, what: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  (raises for a port that is no number)
    except ValueError as error:
        message = f"the {what} cannot be read ({error}): give one like https://host/2.4.9"
        raise TargetError(message) from error
    return parts
