"""Lengths around powers of two, at which a server may end a buffer."""

from __future__ import annotations

from typing import Final

URL_LENGTHS: Final = {
    "up to 256": (250, 255, 256, 257),
    "up to 1024": (511, 512, 513, 1000, 1023, 1024, 1025),
    "up to 2048": (2000, 2047, 2048, 2049, 2083),
    "up to 4096": (3000, 4000, 4095, 4096, 4097),
}
"""Characters of a query: longer ones are refused by many servers in front of an application."""

FORM_LENGTHS: Final = {
    "up to 4096": (1000, 2048, 4000),
    "up to 8192": (4096, 5000, 8000),
    "up to 16384": (8192, 9000, 16000),
    "up to 65536": (16384, 33000, 65000),
    "beyond": (65536, 70000, 100000),
}
"""Bytes that stand before the last field of a form."""

LONG_TEXT: Final = "åäö" * 4
"""Behind a fresh text of ASCII it stays below every documented length; URL-encoded it is thrice
as long.
"""
