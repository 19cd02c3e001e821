"""A real Apache httpd as the outer server: TLS and digest authentication by a foreign hand.

Apache ends TLS, checks digest authentication and the caller's address, and passes what is left to
a plain HTTP application. Paths, module names and users are those of Debian's package `apache2`.
"""

import hashlib
import os
import signal
import socket
import subprocess
import time
from contextlib import closing, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Self

PROGRAM = Path("/usr/sbin/apache2")
MODULES = Path("/usr/lib/apache2/modules")
ACCESS = ("authn_core", "authn_file", "authz_core", "authz_host", "authz_user", "auth_digest")
NEEDED = (*ACCESS, "mpm_event", "alias", "env", "proxy", "proxy_http", "ssl")
LOAD = "\n".join(
    f"<IfModule !{name}_module>\nLoadModule {name}_module {MODULES}/mod_{name}.so\n</IfModule>"
    for name in NEEDED
)
ADDRESS = "127.0.0.1"
VERSION = "2.4.9"
REALM = "api"
START_SECONDS = 10.0
# Apache itself gives its workers up to ten seconds before it ends them.
STOP_SECONDS = 15.0

# `Require user no:body` turns the 403 for an unlisted address into a 401: while some user might
# still be let in, Apache asks for one. No user name in a digest file has a colon.
# Apache answers `Expect` itself and gives each body a length, so that an application need not. It
# closes idle connections when threads run short, hence so many. `ProxyPassMatch` keeps the slashes
# at the start of a path, which `ProxyPass` merges. `Redirect` refuses before TRACE is answered.
CONFIGURATION = f"""\
{LOAD}
ServerName {ADDRESS}
PidFile apache.pid
DefaultRuntimeDir .
ErrorLog error.log
CustomLog access.log "%a %s %r"
User nobody
Group nogroup
ServerLimit 1
ThreadLimit 256
ThreadsPerChild 256
MaxRequestWorkers 256
KeepAliveTimeout 60
MaxKeepAliveRequests 0
Listen {ADDRESS}:{{port}}
Listen {ADDRESS}:{{plain_port}}
<VirtualHost {ADDRESS}:{{port}}>
    SSLEngine on
    SSLCertificateFile "{{certificate}}"
    SSLCertificateKeyFile "{{key}}"
    AllowEncodedSlashes NoDecode
    MergeSlashes Off
    ProxyPassMatch ^/(.*)$ http://{ADDRESS}:{{backend_port}}/$1 nocanon disablereuse=On retry=0
    ProxyPreserveHost On
    Proxy100Continue Off
    SetEnv proxy-sendcl 1
    <Location "/">
        AuthType Digest
        AuthName {REALM}
        AuthDigestProvider file
        AuthDigestAlgorithm MD5
        AuthDigestQop auth
        AuthUserFile {{digests}}
        <RequireAny>
            <RequireAll>
                Require ip {ADDRESS}
                Require valid-user
            </RequireAll>
            Require user no:body
        </RequireAny>
    </Location>
</VirtualHost>
<VirtualHost {ADDRESS}:{{plain_port}}>
    AllowEncodedSlashes NoDecode
    Redirect 403 /
</VirtualHost>
"""


class ApacheError(RuntimeError):
    """Apache did not start; the text is what it wrote and logged."""


class Apache:
    """Apache httpd with mod_ssl and mod_auth_digest in front of a plain application on loopback.

    It lets one user in, from 127.0.0.1. Everyone else is answered 401, from another address even
    with the right credentials. Request targets reach the application as they were sent.
    """

    base_url: str
    http_url: str

    def __init__(  # noqa: PLR0913 - each says another thing about the server
        self,
        backend_port: int,
        *,
        username: str,
        password: str,
        directory: Path,
        certificate_pem: Path,
        key_pem: Path,
        port: int = 0,
    ) -> None:
        """Describe a server that keeps its files in `directory`; port 0 stands for any free one."""
        secret = hashlib.md5(f"{username}:{REALM}:{password}".encode(), usedforsecurity=False)
        self._digests = f"{username}:{REALM}:{secret.hexdigest()}\n".encode()
        self._directory = directory.resolve()
        self._port = port
        self._settings = {
            "backend_port": backend_port,
            "certificate": certificate_pem.resolve(),
            "key": key_pem.resolve(),
        }

    @staticmethod
    def missing() -> str | None:
        """Say why Apache cannot run here; None if it can."""
        if not PROGRAM.exists():
            return f"{PROGRAM} is not installed"
        listing = subprocess.check_output([PROGRAM, "-l"], text=True)  # noqa: S603 - a constant
        for name in NEEDED:
            built_in = f"mod_{name}.c" in listing or f" {name.removeprefix('mpm_')}.c" in listing
            if not built_in and not (MODULES / f"mod_{name}.so").exists():
                return f"Apache's module {name} is not installed"
        return None

    def __enter__(self) -> Self:
        """Start Apache and return once it answers; raise ApacheError if it does not."""
        for remaining in (2, 1, 0):
            try:
                self._start()
                break
            except ApacheError as error:
                # Somebody else may take a free port between the look and the start.
                taken = "could not bind to address" in str(error)
                if self._port or not taken or not remaining:
                    raise
        return self

    def __exit__(self, *_: object) -> None:
        """End Apache and its workers."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _start(self) -> None:
        with socket.create_server((ADDRESS, 0)) as one, socket.create_server((ADDRESS, 0)) as two:
            port, plain_port = self._port or one.getsockname()[1], two.getsockname()[1]
        # The workers of a server that root starts are not root and may be unable to enter the
        # directory. They open no file in it but this one, so they inherit its descriptor.
        digests = os.memfd_create("digests")
        ours = {"port": port, "plain_port": plain_port, "digests": f"/proc/self/fd/{digests}"}
        configuration = CONFIGURATION.format(**self._settings, **ours)
        (self._directory / "apache.conf").write_text(configuration)
        console_log = self._directory / "console.log"
        with os.fdopen(digests, "wb", buffering=0) as file, console_log.open("wb") as console:
            file.write(self._digests)
            self._process = subprocess.Popen(  # noqa: S603 - a constant program
                [PROGRAM, "-d", self._directory, "-f", "apache.conf", "-DFOREGROUND"],
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=console,
                env={"LANG": "C", "PATH": os.defpath},
                pass_fds=[digests],
                start_new_session=True,
            )
        try:
            self._wait_until_ready(plain_port)
        except BaseException:
            self.__exit__()
            raise
        self.base_url = f"https://{ADDRESS}:{port}/{VERSION}"
        self.http_url = f"http://{ADDRESS}:{plain_port}/{VERSION}"

    def _wait_until_ready(self, plain_port: int) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self._process.poll() is None and time.monotonic() < deadline:
            connection = HTTPConnection(ADDRESS, plain_port, timeout=1)
            with closing(connection), suppress(OSError, HTTPException):
                connection.request("GET", "/")
                if connection.getresponse().status == HTTPStatus.FORBIDDEN:
                    return
            time.sleep(0.02)
        logs = (self._directory / name for name in ("console.log", "error.log"))
        text = "".join(log.read_text(errors="replace") for log in logs if log.exists())
        message = f"Apache did not start; its exit status is {self._process.poll()}.\n{text}"
        raise ApacheError(message)
