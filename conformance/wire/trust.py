"""Which certificate authorities are trusted: those of the system, and those of a file on top.

The system's are what its owner has made them, with a company's own authority where there is one. On
macOS and Windows the system itself judges a certificate (truststore); elsewhere its authorities are
read from where OpenSSL, or the distribution, has them. A system that has none, as a small
container, gets those of certifi.
"""

from __future__ import annotations

import ssl
import sys
from functools import lru_cache
from pathlib import Path

import truststore
from requests.utils import DEFAULT_CA_BUNDLE_PATH

SYSTEM = "system"
"""What stands for the authorities of the system, in place of a file's path."""

PLACES = (
    "/etc/ssl/cert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/cert.pem",
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/ssl/ca-bundle.pem",
)
"""Where distributions keep their authorities, for a Python that was built for another one."""


@lru_cache(maxsize=16)
def trusting(authorities: str) -> ssl.SSLContext:
    """Return the TLS settings of all callers; reading the authorities takes its time."""
    context = _system()
    if authorities != SYSTEM:
        context.load_verify_locations(cafile=authorities)
    context.hostname_checks_common_name = False
    context.set_alpn_protocols(["http/1.1"])
    return context


def _system() -> ssl.SSLContext:
    """Return TLS settings that trust what the system trusts."""
    if sys.platform in ("darwin", "win32"):
        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    known = ssl.get_default_verify_paths()  # of OpenSSL; SSL_CERT_FILE and SSL_CERT_DIR move them
    if known.cafile or (known.capath and any(Path(known.capath).glob("*.0"))):
        return ssl.create_default_context()
    files = [place for place in PLACES if Path(place).is_file()]
    return ssl.create_default_context(cafile=next(iter(files), DEFAULT_CA_BUNDLE_PATH))
