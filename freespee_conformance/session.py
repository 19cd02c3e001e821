"""A pytest session of the suite that nothing but the suite and its arguments decide.

It is a process of its own: `python -P -m freespee_conformance.session ARGUMENTS`. The user's
settings of pytest, and plugins that happen to be installed, have no say in it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from freespee_conformance.exit_codes import INTERNAL_ERROR
from freespee_conformance.suite_root import CONFIGURATION, ROOT, expose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PLUGINS = ("hypothesispytest", "metadata", "html")
"""The plugins of others that the suite needs, by the names of their entry points."""

FOREIGN = ("PYTEST_", "PY_COLORS", "HYPOTHESIS_", "PYTHONOPTIMIZE", "PYTHONWARNINGS")
"""How the names of variables begin that would have a say."""

STORAGE = "HYPOTHESIS_STORAGE_DIRECTORY"

ISOLATED = (
    f"--config-file={CONFIGURATION}",
    f"--rootdir={ROOT}",
    f"--confcutdir={ROOT}",
    "-pno:cacheprovider",  # it would write beside the suite
    "-q",
    "-rN",  # the conclusion has its own summary
)


def cleared(environ: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without what would change a session from outside."""
    kept = {name: value for name, value in environ.items() if not name.startswith(FOREIGN)}
    return kept | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "HYPOTHESIS_NO_PLUGINS": "1"}


def start(words: Sequence[str], *, keep_examples: bool) -> int:
    """Become a session with these arguments; where a system cannot do that, start one and wait.

    As the same process it gets every signal by itself. `keep_examples` leaves `.hypothesis` in the
    working directory, as the profile for development needs it. Returns its exit code.
    """
    environ = cleared(os.environ) | ({STORAGE: ".hypothesis"} if keep_examples else {})
    command = [sys.executable, "-P", "-m", "freespee_conformance.session", *words]
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execve(sys.executable, command, environ)  # noqa: S606  (our own program)
    with subprocess.Popen(command, env=environ) as process:  # noqa: S603  (our own program)
        while True:
            with suppress(KeyboardInterrupt):  # the console has told the session, too
                return process.wait()


class NeededPlugins:
    """A plugin that loads the others, and only those, under the names that they are known by."""

    def pytest_addoption(self, pluginmanager: pytest.PytestPluginManager) -> None:
        """Load them before the command line is read, which may switch one of them off."""
        for name in PLUGINS:
            pluginmanager.load_setuptools_entrypoints("pytest11", name=name)


@contextmanager
def storage() -> Iterator[None]:
    """Give Hypothesis a place for what it computes that is gone afterwards, unless it has one."""
    with ExitStack() as stack:
        with suppress(OSError):  # without a place to write it computes once more
            if STORAGE not in os.environ:
                os.environ[STORAGE] = stack.enter_context(
                    TemporaryDirectory(prefix="freespee-", ignore_cleanup_errors=True)
                )
        yield


def main(arguments: Sequence[str]) -> int:
    """Run the session; return its exit code, which is 1 for a broken rule alone."""
    expose()
    plugins = [NeededPlugins()]
    try:
        import_module("conformance.runner.unread_output").drop_what_is_not_read()
        with storage():
            return int(pytest.main([*ISOLATED, *arguments], plugins))
    except Exception:  # noqa: BLE001  (as when pytest cannot begin)
        traceback.print_exc()
        return INTERNAL_ERROR


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
