"""`freespee-conformance`, or `python -m freespee_conformance`."""

from __future__ import annotations

import sys
import traceback
from importlib import import_module

from freespee_conformance.exit_codes import INTERNAL_ERROR
from freespee_conformance.suite_root import expose


def main() -> int:
    """Do what the command line asks for; return the exit code."""
    expose()
    try:
        import_module("conformance.runner.unread_output").drop_what_is_not_read()
        command = import_module("freespee_conformance.command")
    except Exception:  # noqa: BLE001  (an exit code of 1 would say that a server is not conformant)
        traceback.print_exc()
        return INTERNAL_ERROR
    return int(command.run(sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(main())
