"""How much of what a target sends is read: the target is hostile input."""

from __future__ import annotations

from typing import Final

LONGEST_WAIT: Final = 60.0
"""Seconds for one whole answer where the caller names none."""

LONGEST_BODY: Final = 8 * 1024 * 1024
"""Bytes of a body, before its content coding is decoded and after."""

MOST_CODINGS: Final = 3
"""Content codings of one body."""

MOST_MEMBERS: Final = 1000
"""Members of one compressed body: gzip may be in parts, of which each costs work."""

LONGEST_LINE: Final = 64 * 1024
"""Bytes of a status line, of a header field, of a trailer field."""

MOST_FIELDS: Final = 1000
"""Header fields of one answer, and as many trailer fields."""

LONGEST_HEAD: Final = 1024 * 1024
"""Bytes of all header fields of one answer together, interim answers included."""

MOST_INTERIM: Final = 100
"""Interim answers (1xx) before one answer."""

LONGEST_CHUNK_LINE: Final = 16 * 1024
"""Bytes of the line that begins a chunk, its extensions included."""

LONGEST_CHALLENGE: Final = 16 * 1024
"""Characters of all WWW-Authenticate fields of one answer that are read."""

MOST_CHALLENGES: Final = 20
"""Challenges of one answer that are read."""

DEEPEST: Final = 100
"""How deep JSON and XML may be nested."""

MOST_VALUES: Final = 500_000
"""Values of one JSON text, elements of one XML document."""

MOST_IN_MEMORY: Final = 32 * 1024 * 1024
"""Bytes of all answers of a run that are held in memory; what comes on top goes to a file."""
