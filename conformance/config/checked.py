"""What a user says about a target, checked, one setting at a time."""

from __future__ import annotations

import ipaddress
import ssl
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from conformance.config.target import PASSWORD_VARIABLE, USERNAME_VARIABLE, TargetError

if TYPE_CHECKING:
    from urllib.parse import SplitResult


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


def checked_proxy(url: str) -> str | None:
    """Return the URL of an HTTP proxy, None for an empty text.

    Raises TargetError unless it is http, with a port, and without credentials, path or query.
    """
    if not url:
        return None
    parts = _split(url, "URL of the proxy")
    if parts.scheme != "http" or not parts.hostname or parts.port is None:
        message = f"the proxy {url!r} is not one like http://host:3128: only such are supported"
        raise TargetError(message)
    if parts.username is not None or parts.path.strip("/") or parts.query or parts.fragment:
        message = "the URL of the proxy has more than host and port: proxies that ask for a "
        message += "password are not supported"
        raise TargetError(message)
    return with_small_scheme(url.rstrip("/"))


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
    fact = "is a directory" if path.is_dir() else "does not exist"
    message = f"the {what} {str(path)!r} {fact}: give the path of a file"
    raise TargetError(message)


def checked_ca_bundle(file: str) -> Path | None:
    """Return the absolute path of a PEM file, None for an empty text.

    Scripts name it, and are pasted into a shell of any directory. Raises TargetError where there is
    no such file, or no certificate in it.
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
    return path.resolve()


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


def _split(url: str, what: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  (raises for a port that is no number)
    except ValueError as error:
        message = f"the {what} cannot be read ({error}): give one like https://host/2.4.9"
        raise TargetError(message) from error
    return parts


def with_small_scheme(url: str) -> str:
    """Return a URL with its scheme in lower case: HTTPS:// is https://."""
    scheme, colon, rest = url.partition(":")
    return f"{scheme.lower()}{colon}{rest}"
