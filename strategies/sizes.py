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
    "4096": (4096,),
    "up to 8192": (8192, 5000, 8191),
    "up to 16384": (12288, 16384, 8193, 16000),
    "up to 65536": (32768, 65536, 16385, 65000),
    "beyond": (131072, 65537, 70000, 100000),
}
"""Bytes of a form."""

OVERRIDING_LENGTHS: Final = {"up to 65536": (20480, 40000, 65536)}
"""Bytes of a form whose method is overridden."""

LONG_TEXT: Final = "åäö" * 4
"""Behind a fresh text of ASCII it stays below every documented length; URL-encoded it is thrice
as long.
"""
