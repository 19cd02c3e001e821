"""A hostile server: what a run has to come through, with an end, a verdict and clean hands.

    from reference.hostile import Hostile, modes

    with Hostile(modes()["gzip-bomb"]) as hostile:
        ...  # a run against hostile.base_url, trusting hostile.ca_file

`modes()` has every `Mode` by its name: `name`, `sentence` (what it does), `family`, `ends_within`
(seconds within which a run against it ends, with `limits.timeout = 2`), `from_start`. A mode lets
the digest challenge and the ping pass and misbehaves at what is asked for afterwards, unless
`from_start` says that not even the first answer is good. Callers without good credentials are
refused as they should be, and plain HTTP is, unless it is there that the mode misbehaves.

`Hostile(mode)` serves it over TLS on the loopback interface, with `base_url`, `http_url` and
`ca_file`; user names and passwords are those of `reference.seed`. Afterwards it tells
`account.harmed` (the records of before that a run changed or deleted: "DELETE customers/1"),
`account.aimed` (those that it tried to, or whole collections), `lured` (the requests that followed
what an answer pointed at), and `proofs` (the digests that callers sent). `Bounds` keep each
connection to 120 seconds and 2 GB.

`python -m reference.hostile` lists the modes, `python -m reference.hostile MODE` serves one.
"""

from . import (
    acting_text,
    altered,
    betrayals,
    broken_off,
    challenges,
    connecting,
    costly,
    creation_lies,
    id_lies,
    paging_lies,
    plain_port,
    protocol,
    redirects,
    size,
    unending,
    unreadable,
    unwell,
    xml_bodies,
)
from .mode import Mode
from .server import Hostile
from .wire import Bounds

__all__ = ["Bounds", "Hostile", "Mode", "modes"]

FAMILIES = (
    connecting.FAMILY,
    unending.FAMILY,
    size.FAMILY,
    xml_bodies.FAMILY,
    protocol.FAMILY,
    challenges.FAMILY,
    redirects.FAMILY,
    acting_text.FAMILY,
    paging_lies.FAMILY,
    id_lies.FAMILY,
    creation_lies.FAMILY,
    unwell.FAMILY,
    broken_off.FAMILY,
    costly.FAMILY,
    betrayals.FAMILY,
    unreadable.FAMILY,
    altered.FAMILY,
    plain_port.FAMILY,
)


def modes() -> dict[str, Mode]:
    """Return every mode by its name, family by family."""
    return {mode.name: mode for family in FAMILIES for mode in family.modes}
